package io.tidewatch.playground.sim;

import java.util.List;
import java.util.Optional;

/**
 * How many pods the new and the stable ReplicaSet of a basic canary without steps should have now: argo-rollouts,
 * {@code utils/replicaset/canary.go}, {@code CalculateReplicaCountsForBasicCanary} at weight 100.
 */
record CanaryCounts(int fresh, int stable) {

    static CanaryCounts of(
            RolloutView rollout, Optional<RsCopy> newRs, Optional<RsCopy> stableRs, List<RsCopy> others) {
        int wanted = rollout.replicas();
        boolean apart = !stableRs.map(RsCopy::name).equals(newRs.map(RsCopy::name));
        Optional<RsCopy> stable = stableRs.filter(one -> apart);
        int freshSize = newRs.map(RsCopy::size).orElse(0);
        int stableSize = stable.map(RsCopy::size).orElse(0);
        int othersSize = others.stream().mapToInt(RsCopy::size).sum();
        int ceiling = wanted + rollout.maxSurge();

        int fresh = freshSize;
        int room = ceiling - freshSize - stableSize - othersSize;
        if (newRs.isPresent() && freshSize < wanted && room > 0) {
            fresh = Math.min(wanted, freshSize + room);
        }
        if (othersSize > 0) {
            return new CanaryCounts(fresh, stableSize);
        }
        int floor = wanted - rollout.maxUnavailable();
        boolean increasing = newRs.isEmpty() || wanted >= freshSize;
        int serving = newRs.map(one -> counting(one, !increasing)).orElse(0)
                + stableRs.map(one -> counting(one, increasing)).orElse(0);
        if (serving <= floor) {
            return new CanaryCounts(fresh, stableSize);
        }
        int surplus = serving - floor;
        if (!increasing) {
            int drained = Math.max(wanted, freshSize - surplus);
            return within(newRs, stableRs, drained, stableSize, ceiling, floor);
        }
        if (stable.isEmpty()) {
            return new CanaryCounts(fresh, 0);
        }
        int drained = Math.max(0, stableSize - surplus);
        CanaryCounts swapped = within(stable, newRs, drained, fresh, ceiling, floor);
        return new CanaryCounts(/* fresh= */ swapped.stable, /* stable= */ swapped.fresh);
    }

    private static int counting(RsCopy rs, boolean ignoreAvailability) {
        return rs.size() < rs.available() || ignoreAvailability ? rs.size() : rs.available();
    }

    /** {@code adjustReplicaWithinLimits}: (drained, adjusted) as (fresh, stable). */
    private static CanaryCounts within(
            Optional<RsCopy> drainedRs,
            Optional<RsCopy> adjustedRs,
            int drained,
            int adjusted,
            int ceiling,
            int floor) {
        if (adjustedRs.isEmpty()) {
            return new CanaryCounts(drained, adjusted);
        }
        int available = adjustedRs.get().available();
        int fitted = adjusted - Math.max(0, adjusted + drained - ceiling);
        int total = drainedRs.map(one -> Math.min(one.available(), drained)).orElse(0) + Math.min(available, fitted);
        int missing = Math.max(0, floor - total);
        int restored = fitted + Math.min(Math.max(0, available - fitted), missing);
        return new CanaryCounts(drained - Math.max(0, restored + drained - ceiling), restored);
    }
}
