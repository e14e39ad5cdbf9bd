package io.tidewatch.diagnose.chain;

import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.ScaledObjectView;
import java.util.Optional;

/**
 * KEDA's conditions of a ScaledObject, separated by their subject: the ScaledObject or the metrics of its HPA.
 *
 * <p>Versions 2.20.0 and 2.20.1 report in Ready that the HPA gets no metrics, as it does for a while after each rollout
 * (keda#7669). From 2.20.2 on the condition HPAActive reports it, and Ready speaks of the ScaledObject alone (keda#7914).
 */
public final class KedaConditions {

    private KedaConditions() {}

    /** Ready=False that speaks of the ScaledObject or its triggers. */
    public static Optional<Condition> notReady(Chain chain) {
        return chain.scaledObject().flatMap(ScaledObjectView::notReady);
    }

    /** What KEDA reports of the HPA's metrics where that is a failure; at zero the HPA is disabled, which is none. */
    public static Optional<Condition> hpaInactive(Chain chain) {
        return chain.scaledObjectCondition("HPAActive")
                .or(() -> chain.scaledObjectCondition("Ready").filter(ScaledObjectView::isAboutHpa))
                .filter(Condition::isFalse)
                .filter(inactive -> !inactive.reason().endsWith("ScalingDisabled"));
    }
}
