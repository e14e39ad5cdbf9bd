package io.tidewatch.preflight.check;

import io.tidewatch.model.cluster.DeploymentView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.ScaleTargetView;
import io.tidewatch.model.cluster.StatefulSetView;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.model.diagnosis.Note;
import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Risk;
import java.util.List;
import java.util.Optional;

/**
 * An update of the workload is under way, so a part of the new pods is of the new revision; all of them may be, if that revision is
 * broken. Whether it is broken, the diagnosis and a Rollout's phase say.
 */
final class RevisionInFlight implements Check {

    /** The name of the new revision, and what shows that it is on its way. */
    private record Update(String revision, List<Evidence> evidence) {}

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation
                .seen()
                .workload()
                .flatMap(workload ->
                        workload.accept(new ByKind(situation)).map(update -> of(situation, workload, update)));
    }

    private static Finding of(Situation situation, Workload workload, Update update) {
        boolean isBroken = situation.diagnosis().notes().contains(Note.BROKEN_REVISION_TAKES_CAPACITY)
                || situation
                        .rollout()
                        .filter(rollout -> rollout.status().phase().equals("Degraded"))
                        .isPresent();
        String name = workload.kind() + " " + workload.meta().name();
        return isBroken
                ? new Finding(
                        Risk.BROKEN_REVISION,
                        "revision " + update.revision() + " is being rolled out and its pods do not come up;"
                                + " it would take the capacity of the raise",
                        (workload instanceof RolloutView ? "abort" : "undo") + " the update of " + name
                                + ", or revert its commit",
                        update.evidence())
                : new Finding(
                        Risk.UPDATE_IN_FLIGHT,
                        "revision " + update.revision()
                                + " is being rolled out, and a part of the new pods would be of it",
                        workload instanceof RolloutView
                                ? "promote or abort the update of " + name + ", or set freezeRollouts"
                                : "let the update of " + name + " end before the raise, or set freezeRollouts",
                        update.evidence());
    }

    private record ByKind(Situation situation) implements Workload.Visitor<Optional<Update>> {

        @Override
        public Optional<Update> rollout(RolloutView rollout) {
            String current = rollout.status().currentPodHash();
            return Optional.of(new Update(
                            current,
                            List.of(
                                    Situation.of(rollout, "status.currentPodHash", current),
                                    Situation.of(
                                            rollout,
                                            "status.stableRS",
                                            rollout.status().stableRS()),
                                    Situation.of(
                                            rollout,
                                            "status.phase",
                                            rollout.status().phase()))))
                    .filter(update -> rollout.isUpdating());
        }

        @Override
        public Optional<Update> deployment(DeploymentView deployment) {
            return Optional.of(new Update(
                            deployment.revision(),
                            deployment.former(situation.seen().replicaSets()).stream()
                                    .map(former -> new Evidence(
                                            "ReplicaSet " + former.meta().name(),
                                            "spec.replicas",
                                            String.valueOf(former.specReplicas())))
                                    .toList()))
                    .filter(update -> situation.seen().hasUpdateInFlight());
        }

        @Override
        public Optional<Update> statefulSet(StatefulSetView statefulSet) {
            String name = "StatefulSet " + statefulSet.meta().name();
            return Optional.of(new Update(
                            statefulSet.updateRevision(),
                            List.of(
                                    new Evidence(name, "status.updateRevision", statefulSet.updateRevision()),
                                    new Evidence(name, "status.currentRevision", statefulSet.currentRevision()))))
                    .filter(update -> situation.seen().hasUpdateInFlight());
        }

        @Override
        public Optional<Update> scaleTarget(ScaleTargetView target) {
            return Optional.empty();
        }
    }
}
