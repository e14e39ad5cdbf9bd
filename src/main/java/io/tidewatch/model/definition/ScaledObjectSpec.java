package io.tidewatch.model.definition;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A declared ScaledObject, as far as schedules need it.
 *
 * @param measuresPods whether all triggers measure the load of pods, so that the last pod is never scaled away
 * @param targetKind of spec.scaleTargetRef; Deployment where it is absent, as in KEDA
 */
public record ScaledObjectSpec(
        Target target,
        Origin origin,
        Map<?, ?> labels,
        OptionalInt min,
        OptionalInt max,
        OptionalInt idle,
        boolean measuresPods,
        String targetKind,
        String targetName) {

    private static final String KIND = "ScaledObject";
    private static final Set<String> TRIGGERS_OF_PODS = Set.of("cpu", "memory");

    public static Optional<ScaledObjectSpec> of(Manifest manifest) {
        if (!manifest.key().kind().equals(KIND)) {
            return Optional.empty();
        }
        Map<?, ?> spec = object(manifest.content(), "spec");
        Map<?, ?> ref = object(spec, "scaleTargetRef");
        return Optional.of(new ScaledObjectSpec(
                new Target(manifest.key().namespace(), manifest.key().name()),
                manifest.origin(),
                object(object(manifest.content(), "metadata"), "labels"),
                number(spec, "minReplicaCount"),
                number(spec, "maxReplicaCount"),
                number(spec, "idleReplicaCount"),
                measuresPods(spec),
                ref.get("kind") instanceof String kind ? kind : "Deployment",
                ref.get("name") instanceof String name ? name : ""));
    }

    /** The declared minimum and maximum, with the defaults of KEDA for what is not declared. */
    public Bounds bounds() {
        return new Bounds(min.orElse(Bounds.DEFAULT_MIN), max.orElse(Bounds.DEFAULT_MAX));
    }

    /** Whether a trigger of this type measures the load of pods, which is known only while there is a pod. */
    public static boolean isOfPods(String triggerType) {
        return TRIGGERS_OF_PODS.contains(triggerType);
    }

    private static boolean measuresPods(Map<?, ?> spec) {
        return spec.get("triggers") instanceof List<?> triggers
                && !triggers.isEmpty()
                && triggers.stream()
                        .allMatch(trigger -> trigger instanceof Map<?, ?> fields
                                && fields.get("type") instanceof String type
                                && isOfPods(type));
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
