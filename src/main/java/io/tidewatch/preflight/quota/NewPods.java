package io.tidewatch.preflight.quota;

import io.tidewatch.model.cluster.PodNeeds;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.RolloutView.Strategy;
import io.tidewatch.model.cluster.TargetObservation;
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

    /** @param minimum after the raise; a Rollout that has as many pods already, because of load, gets none */
    public static List<Demand> of(TargetObservation seen, int minimum) {
        return seen.rollout()
                .filter(rollout -> rollout.desiredReplicas() < minimum)
                .map(rollout -> of(rollout, seen.replicaSets(), minimum))
                .orElse(List.of());
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
        long after = ((long) set.specReplicas() * minimum + now - 1) / now;
        return isFixed ? 0 : (int) Math.min(Integer.MAX_VALUE, after - set.specReplicas());
    }

    private static Optional<ReplicaSetView> set(List<ReplicaSetView> sets, String hash) {
        return sets.stream().filter(set -> set.podHash().equals(hash)).findFirst();
    }

    private static PodNeeds needs(Optional<ReplicaSetView> set) {
        return set.flatMap(ReplicaSetView::pod)
                .orElseGet(() -> new PodNeeds(
                        List.of(),
                        List.of(),
                        Map.of(),
                        false,
                        Optional.empty(),
                        false,
                        Optional.of("no ReplicaSet with pods shows what a pod asks for")));
    }
}
