package io.tidewatch.playground.sim;

import java.util.List;
import java.util.Map;

/** The conditions that KEDA 2.20 writes on a ScaledObject; none of them says since when, or for which generation. */
final class KedaStatus {
    private static final String INACTIVE = "Scaling is not performed because triggers are not active";

    private KedaStatus() {}

    static List<Object> ready(TriggerState trigger, boolean paused) {
        return List.of(
                trigger == TriggerState.FAILING
                        ? condition(
                                "Ready",
                                "False",
                                "TriggerError",
                                "Triggers defined in ScaledObject are not working correctly")
                        : condition(
                                "Ready",
                                "True",
                                "ScaledObjectReady",
                                "ScaledObject is defined correctly and is ready for scaling"),
                trigger == TriggerState.ACTIVE
                        ? condition(
                                "Active", "True", "ScalerActive", "Scaling is performed because triggers are active")
                        : condition("Active", "False", "ScalerNotActive", INACTIVE),
                fallback(),
                paused(paused),
                trigger == TriggerState.FAILING
                        ? condition("HPAActive", "False", "FailedGetExternalMetric", "HPA is not actively scaling")
                        : condition("HPAActive", "True", "HPAActive", "HPA is actively scaling"));
    }

    /** The conditions of a ScaledObject that cannot be reconciled: the HPA stays as it is, and the triggers are unknown. */
    static List<Object> failed(String why) {
        return List.of(
                condition("Ready", "False", "ScaledObjectCheckFailed", why),
                condition("Active", "Unknown", "UnknownState", "ScaledObject check failed"),
                fallback(),
                paused(false));
    }

    private static Map<String, Object> paused(boolean paused) {
        return paused
                ? condition("Paused", "True", "ScaledObjectPaused", "ScaledObject is paused")
                : Fields.tree("status", "False", "type", "Paused");
    }

    private static Map<String, Object> fallback() {
        return condition("Fallback", "False", "NoFallbackFound", "No fallbacks are active on this scaled object");
    }

    private static Map<String, Object> condition(String type, String status, String reason, String message) {
        return Fields.tree("message", message, "reason", reason, "status", status, "type", type);
    }
}
