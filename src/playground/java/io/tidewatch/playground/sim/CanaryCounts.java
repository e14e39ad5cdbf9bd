package io.tidewatch.playground.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How many pods the new and the stable ReplicaSet of a canary should have now: argo-rollouts,
 * {@code utils/replicaset/canary.go}, {@code CalculateReplicaCountsForBasicCanary} and {@code …ForTrafficRoutedCanary}.
 */
record CanaryCounts(int fresh, int stable) {
    private static final int FULL = 100;

    static CanaryCounts of(RolloutState state) {
        return state.rollout().isTrafficRouted()
                ? routed(state.rollout())
                : of(state.rollout(), state.fresh(), state.stable(), state.others());
    }

    /** A router sends the traffic, so the stable one stays whole unless it is told to shrink with its share. */
    private static CanaryCounts routed(RolloutView rollout) {
        int desired = rollout.replicas();
        int weight = rollout.steps().weight();
        if (!rollout.scalesStableDynamically()) {
            return new CanaryCounts(share(desired, weight), desired);
        }
        int routed = rollout.live().integerOr(FULL, "status", "canary", "weights", "stable", "weight");
        return new CanaryCounts(share(desired, weight), share(desired, Math.max(FULL - weight, routed)));
    }

    private static int share(int of, int weight) {
        return (int) Math.ceil(of * weight / (double) FULL);
    }

    static CanaryCounts of(
            RolloutView rollout, Optional<RsCopy> newRs, Optional<RsCopy> stableRs, List<RsCopy> others) {
        int desired = rollout.replicas();
        boolean apart = !stableRs.map(RsCopy::name).equals(newRs.map(RsCopy::name));
        Optional<RsCopy> stable = stableRs.filter(one -> apart);
        CanaryCounts due = stable.isPresent()
                ? approximately(desired, rollout.steps().weight(), rollout.maxSurge())
                : new CanaryCounts(desired, 0);
        int freshSize = newRs.map(RsCopy::size).orElse(0);
        int stableSize = stable.map(RsCopy::size).orElse(0);
        int othersSize = others.stream().mapToInt(RsCopy::size).sum();
        int ceiling = desired + rollout.maxSurge();

        int room = Math.max(0, ceiling - freshSize - stableSize - othersSize);
        int grown =
                stable.isPresent() && stableSize < due.stable ? Math.min(due.stable, stableSize + room) : stableSize;
        room -= grown - stableSize;
        int fresh = newRs.isPresent() && freshSize < due.fresh ? Math.min(due.fresh, freshSize + room) : freshSize;
        if (othersSize > 0) {
            return new CanaryCounts(fresh, grown);
        }
        int least = desired - rollout.maxUnavailable();
        boolean increasing = newRs.isEmpty() || due.fresh >= freshSize;
        int serving = newRs.map(one -> counting(one, !increasing)).orElse(0)
                + stableRs.map(one -> counting(one, increasing)).orElse(0);
        if (serving <= least) {
            return new CanaryCounts(fresh, grown);
        }
        int surplus = serving - least;
        if (!increasing) {
            int drained = Math.max(due.fresh, freshSize - surplus);
            return within(newRs, stableRs, drained, grown, ceiling, least);
        }
        if (stable.isEmpty()) {
            return new CanaryCounts(fresh, 0);
        }
        int drained = stableSize > due.stable ? Math.max(due.stable, stableSize - surplus) : grown;
        CanaryCounts swapped = within(stable, newRs, drained, fresh, ceiling, least);
        return new CanaryCounts(/* fresh= */ swapped.stable, /* stable= */ swapped.fresh);
    }

    /** The split that comes closest to the weight, with one pod more than wanted if a surge allows it. */
    private static CanaryCounts approximately(int desired, int weight, int surge) {
        if (desired == 0 || weight >= FULL) {
            return new CanaryCounts(desired, 0);
        }
        if (weight == 0) {
            return new CanaryCounts(0, desired);
        }
        int high = (int) Math.ceil(desired * weight / (double) FULL);
        int low = desired * weight / FULL;
        boolean zeroAllowed = desired == 1 && surge == 0;
        List<CanaryCounts> options = new ArrayList<>();
        for (int total = desired; total <= (surge > 0 ? desired + 1 : desired); total++) {
            boolean tied = 2 * total * weight % (2 * FULL) == FULL;
            if (total > desired || high < desired || zeroAllowed) {
                options.add(new CanaryCounts(high, total - high));
            }
            if (!tied && (low != 0 || zeroAllowed)) {
                options.add(new CanaryCounts(low, total - low));
            }
        }
        return options.stream()
                .min(Comparator.comparingDouble(option -> option.distance(weight)))
                .orElse(new CanaryCounts(0, desired));
    }

    private double distance(int weight) {
        return Math.abs(fresh * FULL / (double) (fresh + stable) - weight);
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
            int least) {
        if (adjustedRs.isEmpty()) {
            return new CanaryCounts(drained, adjusted);
        }
        int available = adjustedRs.get().available();
        int fitted = adjusted - Math.max(0, adjusted + drained - ceiling);
        int total = drainedRs.map(one -> Math.min(one.available(), drained)).orElse(0) + Math.min(available, fitted);
        int missing = Math.max(0, least - total);
        int restored = fitted + Math.min(Math.max(0, available - fitted), missing);
        return new CanaryCounts(drained - Math.max(0, restored + drained - ceiling), restored);
    }
}
