package io.tidewatch.report;

import io.tidewatch.model.Moment;
import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.DeploymentView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.ScaleTargetView;
import io.tidewatch.model.cluster.StatefulSetView;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.report.Ledger.Update;
import io.tidewatch.report.UpdateReport.Ending;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a commit's change of a Deployment or StatefulSet has ended, by what its controller wrote since. A Deployment has a progress
 * deadline, after which it counts as failed; a StatefulSet has none.
 */
record WorkloadUpdate(Update update, Optional<Diagnosis> diagnosis, Moment now)
        implements Workload.Visitor<Optional<Ending>> {

    /** The precision of times in conditions. */
    private static final Duration TO_THE_SECOND = Duration.ofSeconds(1);

    /** What tells the revisions of a workload apart; empty where there is none. */
    static String revision(Workload workload) {
        return workload.accept(new Workload.Visitor<>() {
            @Override
            public String rollout(RolloutView rollout) {
                return rollout.status().currentPodHash();
            }

            @Override
            public String deployment(DeploymentView deployment) {
                return deployment.revision();
            }

            @Override
            public String statefulSet(StatefulSetView statefulSet) {
                return statefulSet.updateRevision();
            }

            @Override
            public String scaleTarget(ScaleTargetView target) {
                return "";
            }
        });
    }

    /** Rollouts are followed by {@link UpdateReport} itself. */
    @Override
    public Optional<Ending> rollout(RolloutView rollout) {
        return Optional.empty();
    }

    @Override
    public Optional<Ending> deployment(DeploymentView deployment) {
        if (!deployment.isObserved()) {
            return Optional.empty();
        }
        Optional<Condition> progressing =
                Optional.ofNullable(deployment.conditions().get("Progressing"));
        boolean begun = !deployment.revision().equals(update.fromHash());
        if (begun && isServing() && progressing.filter(Condition::isTrue).isPresent()) {
            return Optional.of(finished(update.what()));
        }
        return progressing
                .filter(condition -> begun && condition.isFalse() && isSince(condition))
                .map(condition -> new Ending(
                        "update-failed",
                        "failed after",
                        now.instant(),
                        condition.reason() + ": " + condition.message()));
    }

    @Override
    public Optional<Ending> statefulSet(StatefulSetView set) {
        if (!set.isObserved() || set.updateRevision().equals(update.fromHash())) {
            return Optional.empty();
        }
        if (set.update().onDelete()) {
            return Optional.of(new Ending(
                    "update-ended",
                    "is applied after",
                    now.instant(),
                    "each pod gets it when somebody deletes the pod (updateStrategy OnDelete)"));
        }
        int updated = set.counters().updatedReplicas();
        int last = set.firstOrdinal() + set.desiredReplicas();
        int toUpdate =
                Math.max(0, Math.min(set.desiredReplicas(), last - set.update().partition()));
        return isServing() && updated >= toUpdate
                ? Optional.of(finished(
                        toUpdate < set.desiredReplicas()
                                ? update.what() + " (ordinals from "
                                        + set.update().partition() + " on)"
                                : update.what()))
                : Optional.empty();
    }

    @Override
    public Optional<Ending> scaleTarget(ScaleTargetView target) {
        return Optional.empty();
    }

    private Ending finished(String what) {
        return new Ending("update-finished", "finished in", now.instant(), what);
    }

    /** A StatefulSet with a partition stays in the middle of an update on purpose. */
    private boolean isServing() {
        return diagnosis.filter(found -> found.state().isConverged()).isPresent();
    }

    private boolean isSince(Condition condition) {
        return Stream.of(condition.lastTransition(), condition.lastUpdate())
                .flatMap(Optional::stream)
                .anyMatch(at -> !at.plus(TO_THE_SECOND).isBefore(update.since()));
    }
}
