package io.tidewatch.diagnose.chain;

import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.HpaView;
import java.util.Optional;
import java.util.Set;

/**
 * KEDA's annotations that stop it. They are trusted rather than the condition Paused, which paused-scale-in sets too
 * (KEDA 2.20), and which stays as it was while the operator is down.
 */
public final class KedaPause {

    private static final String PAUSED = "autoscaling.keda.sh/paused";
    private static final String PAUSED_REPLICAS = "autoscaling.keda.sh/paused-replicas";
    private static final String PAUSED_SCALE_IN = "autoscaling.keda.sh/paused-scale-in";

    private static final String PAUSED_SCALE_OUT = "autoscaling.keda.sh/paused-scale-out";

    /** What Go's ParseBool reads as false; KEDA takes whatever is no boolean for true. */
    private static final Set<String> OFF = Set.of("0", "f", "F", "false", "False", "FALSE");

    private KedaPause() {}

    /** The HPA is deleted, and a minimum does nothing. */
    public static boolean isFull(Chain chain) {
        return has(chain, PAUSED_REPLICAS) || isOn(chain, PAUSED);
    }

    /** The number at which KEDA keeps the Rollout; what is no number KEDA passes over. */
    public static Optional<String> at(Chain chain) {
        return chain.scaledObject()
                .flatMap(found -> found.meta().annotation(PAUSED_REPLICAS))
                .filter(replicas -> replicas.matches("\\d{1,9}"));
    }

    /** The minimum follows; the HPA never scales down, by KEDA's annotation or by its own behaviour. */
    static boolean isScaleIn(Chain chain) {
        return isOn(chain, PAUSED_SCALE_IN)
                || chain.hpa().filter(HpaView::scaleDownDisabled).isPresent();
    }

    /** Nothing but KEDA scales up from zero, and for a trigger that is active it then does not. */
    public static boolean isStuckAtZero(Chain chain) {
        boolean active =
                chain.scaledObjectCondition("Active").filter(Condition::isTrue).isPresent();
        return isOn(chain, PAUSED_SCALE_OUT)
                && active
                && chain.workload().isPresent()
                && chain.replicas() == 0
                && chain.minimum().counts() > 0;
    }

    private static boolean has(Chain chain, String key) {
        return chain.scaledObject()
                .flatMap(found -> found.meta().annotation(key))
                .isPresent();
    }

    private static boolean isOn(Chain chain, String key) {
        return chain.scaledObject()
                .flatMap(found -> found.meta().annotation(key))
                .filter(value -> !OFF.contains(value))
                .isPresent();
    }
}
