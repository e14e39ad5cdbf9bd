package io.tidewatch.playground.sim;

import java.util.Optional;

/**
 * What KEDA itself scales, beside the HPA: between 0, or idleReplicaCount, and the minimum (KEDA,
 * {@code pkg/scaling/executor/scale_scaledobjects.go}). The cooldown is left out.
 */
final class KedaScaling {
    private KedaScaling() {}

    static Optional<Write> of(Live scaledObject, ScaleTarget ref, Live target, TriggerState trigger) {
        int now = target.integerOr(1, "spec", "replicas");
        int desired = desired(scaledObject, now, trigger);
        return desired == now ? Optional.empty() : Optional.of(ref.scaledTo(desired));
    }

    private static int desired(Live scaledObject, int now, TriggerState trigger) {
        int min = scaledObject.integer("spec", "minReplicaCount");
        Optional<Integer> idle = scaledObject.at("spec", "idleReplicaCount").map(Fields::integer);
        return switch (trigger) {
            case ACTIVE -> now <= idle.orElse(0) ? Math.max(1, min) : now;
            case INACTIVE -> inactive(now, min, idle);
            case FAILING -> now;
        };
    }

    private static int inactive(int now, int min, Optional<Integer> idle) {
        if (idle.isPresent()) {
            return Math.min(now, idle.get());
        }
        if (min == 0) {
            return 0;
        }
        return now == 0 ? min : now;
    }
}
