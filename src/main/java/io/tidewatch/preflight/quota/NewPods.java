package io.tidewatch.preflight.quota;

import io.tidewatch.model.cluster.DeploymentView;
import io.tidewatch.model.cluster.PodNeeds;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.RolloutView.Strategy;
import io.tidewatch.model.cluster.ScaleTargetView;
import io.tidewatch.model.cluster.StatefulSetView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.cluster.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The pods that a raise creates. While an update is in flight, the ReplicaSets of both revisions grow in proportion, so the surge of the
 * update grows with them.
 */
public final class NewPods {

    private NewPods() {}

    /** @param minimum after the raise; a workload that has as many pods already, because of load, gets none */
    public static List<Demand> of(TargetObservation seen, int minimum) {
        return seen.workload()
                .filter(workload -> workload.desiredReplicas() < minimum)
                .map(workload -> workload.accept(new Created(seen.replicaSets(), minimum)))
                .orElse(List.of());
    }

    /** By the kind of the workload. Of a kind whose pods are not followed nothing is known. */
    private record Created(List<ReplicaSetView> sets, int minimum) implements Workload.Visitor<List<Demand>> {

        @Override
        public List<Demand> rollout(RolloutView rollout) {
            return of(rollout, sets, minimum);
        }

        /** While an update is in flight, the controller scales all ReplicaSets with pods in proportion. */
        @Override
        public List<Demand> deployment(DeploymentView deployment) {
            int now = deployment.desiredReplicas();
            List<ReplicaSetView> scaled =
                    sets.stream().filter(set -> set.specReplicas() > 0).toList();
            if (now == 0 || scaled.size() <= 1) {
                return List.of(new Demand(needs(scaled.stream().findFirst()), minimum - now));
            }
            return scaled.stream()
                    .map(set -> new Demand(needs(Optional.of(set)), inProportion(set, now, minimum)))
                    .filter(demand -> demand.count() > 0)
                    .toList();
        }

        @Override
        public List<Demand> statefulSet(StatefulSetView statefulSet) {
            return List.of(new Demand(
                    statefulSet.pod().orElseGet(() -> unknown("the template of the StatefulSet was not read")),
                    minimum - statefulSet.desiredReplicas()));
        }

        @Override
        public List<Demand> scaleTarget(ScaleTargetView target) {
            return List.of();
        }
    }

    private static List<Demand> of(RolloutView rollout, List<ReplicaSetView> sets, int minimum) {
        int now = rollout.desiredReplicas();
        Optional<ReplicaSetView> current = set(sets, rollout.status().currentPodHash());
        if (!rollout.isUpdating() || now == 0) {
            return List.of(new Demand(needs(current), minimum - now));
        }
        Optional<ReplicaSetView> stable = set(sets, rollout.status().stableRS());
        return Stream.of(current, stable)
                .flatMap(Optional::stream)
                .map(set -> new Demand(needs(Optional.of(set)), growth(rollout, set, now, minimum)))
                .filter(demand -> demand.count() > 0)
                .toList();
    }

    /** The preview of a blue-green update may have a number of its own, which does not grow. */
    private static int growth(RolloutView rollout, ReplicaSetView set, int now, int minimum) {
        boolean isFixed = rollout.strategy() instanceof Strategy.BlueGreen blueGreen
                && blueGreen.previewReplicaCount().isPresent()
                && set.podHash().equals(rollout.status().currentPodHash());
        return isFixed ? 0 : inProportion(set, now, minimum);
    }

    private static int inProportion(ReplicaSetView set, int now, int minimum) {
        long after = ((long) set.specReplicas() * minimum + now - 1) / now;
        return (int) Math.min(Integer.MAX_VALUE, after - set.specReplicas());
    }

    private static Optional<ReplicaSetView> set(List<ReplicaSetView> sets, String hash) {
        return sets.stream().filter(set -> set.podHash().equals(hash)).findFirst();
    }

    private static PodNeeds needs(Optional<ReplicaSetView> set) {
        return set.flatMap(ReplicaSetView::pod)
                .orElseGet(() -> unknown("no ReplicaSet with pods shows what a pod asks for"));
    }

    private static PodNeeds unknown(String why) {
        return new PodNeeds(List.of(), List.of(), Map.of(), false, Optional.empty(), false, Optional.of(why));
    }
}
