package io.tidewatch.model.definition;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Bounds;
import io.tidewatch.model.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A declared ScaledObject or HorizontalPodAutoscaler, as far as schedules need it.
 *
 * @param idle spec.idleReplicaCount; absent for a HorizontalPodAutoscaler
 * @param measuresPods whether all triggers or metrics measure the load of pods, so that the last pod is never scaled away
 * @param targetGroup the API group of spec.scaleTargetRef, without its version; apps where it is absent, as in KEDA
 * @param targetKind of spec.scaleTargetRef; Deployment where it is absent, as in KEDA
 * @param mistake what is wrong with the bounds of a HorizontalPodAutoscaler, which is checked only where a schedule refers to it
 */
public record AutoscalerSpec(
        AutoscalerKind kind,
        Target target,
        Origin origin,
        Map<?, ?> labels,
        OptionalInt min,
        OptionalInt max,
        OptionalInt idle,
        boolean measuresPods,
        String targetGroup,
        String targetKind,
        String targetName,
        Optional<String> mistake) {

    private static final Set<String> TRIGGERS_OF_PODS = Set.of("cpu", "memory");

    private static final String APPS = "apps";

    /** Types of a HorizontalPodAutoscaler's metrics that are known without a pod. */
    private static final Set<String> METRICS_WITHOUT_PODS = Set.of("External", "Object");

    /** @return empty for an object of another kind */
    public static Optional<AutoscalerSpec> of(Manifest manifest) {
        return AutoscalerKind.of(manifest.key().kind()).map(kind -> of(kind, manifest));
    }

    private static AutoscalerSpec of(AutoscalerKind kind, Manifest manifest) {
        Map<?, ?> spec = object(manifest.content(), "spec");
        Map<?, ?> ref = object(spec, "scaleTargetRef");
        return new AutoscalerSpec(
                kind,
                new Target(manifest.key().namespace(), manifest.key().name()),
                manifest.origin(),
                object(object(manifest.content(), "metadata"), "labels"),
                number(spec, kind.minimum()),
                number(spec, kind.maximum()),
                kind == AutoscalerKind.SCALED_OBJECT ? number(spec, "idleReplicaCount") : OptionalInt.empty(),
                kind == AutoscalerKind.SCALED_OBJECT ? hasTriggersOfPods(spec) : hasMetricsOfPods(spec),
                group(ref),
                ref.get("kind") instanceof String target ? target : "Deployment",
                ref.get("name") instanceof String name ? name : "",
                mistake(kind, spec));
    }

    /** A HorizontalPodAutoscaler without it finds nothing; the group that was meant is taken, for that is another mistake. */
    private static String group(Map<?, ?> ref) {
        return ref.get("apiVersion") instanceof String version
                ? version.substring(0, Math.max(0, version.indexOf('/')))
                : APPS;
    }

    /** The bounds of a HorizontalPodAutoscaler that the API server would reject; absent where there are none, and for a ScaledObject. */
    private static Optional<String> mistake(AutoscalerKind kind, Map<?, ?> spec) {
        if (kind != AutoscalerKind.HPA) {
            return Optional.empty();
        }
        if (spec.containsKey(kind.minimum()) && number(spec, kind.minimum()).orElse(-1) < 0) {
            return Optional.of("spec." + kind.minimum() + " is no whole number from 0 on");
        }
        return number(spec, kind.maximum()).orElse(0) < 1
                ? Optional.of("spec." + kind.maximum() + " is no whole number from 1 on, or is missing")
                : Optional.empty();
    }

    /** As people read it: {@code ScaledObject shop/checkout}. */
    public String id() {
        return kind.kind() + " " + target;
    }

    /** The declared minimum and maximum, with the defaults for what is not declared. */
    public Bounds bounds() {
        return new Bounds(min.orElse(kind.defaultMinimum()), max.orElse(Bounds.DEFAULT_MAX));
    }

    /** Whether a trigger of this type measures the load of pods, which is known only while there is a pod. */
    public static boolean isOfPods(String triggerType) {
        return TRIGGERS_OF_PODS.contains(triggerType);
    }

    private static boolean hasTriggersOfPods(Map<?, ?> spec) {
        return spec.get("triggers") instanceof List<?> triggers
                && !triggers.isEmpty()
                && triggers.stream()
                        .allMatch(trigger -> trigger instanceof Map<?, ?> fields
                                && fields.get("type") instanceof String type
                                && isOfPods(type));
    }

    /** Without metrics, a HorizontalPodAutoscaler measures the CPU of its pods. */
    private static boolean hasMetricsOfPods(Map<?, ?> spec) {
        return !(spec.get("metrics") instanceof List<?> metrics
                && metrics.stream()
                        .anyMatch(metric -> metric instanceof Map<?, ?> fields
                                && fields.get("type") instanceof String type
                                && METRICS_WITHOUT_PODS.contains(type)));
    }

    /** As KEDA judges it: a minimum of 0 counts as 1. */
    public boolean idleForbids(int minimum) {
        return idle.isPresent() && idle.getAsInt() >= Math.max(1, minimum);
    }

    public static Map<?, ?> object(Map<?, ?> content, String name) {
        return content.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }

    public static OptionalInt number(Map<?, ?> content, String name) {
        return content.get(name) instanceof Integer number ? OptionalInt.of(number) : OptionalInt.empty();
    }
}
