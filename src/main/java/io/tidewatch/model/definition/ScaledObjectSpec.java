package io.tidewatch.model.definition;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Target;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A declared ScaledObject, as far as schedules need it.
 *
 * @param targetKind of spec.scaleTargetRef; Deployment where it is absent, as in KEDA
 */
public record ScaledObjectSpec(
        Target target,
        Origin origin,
        Map<?, ?> labels,
        OptionalInt min,
        OptionalInt max,
        OptionalInt idle,
        String targetKind,
        String targetName) {

    private static final String KIND = "ScaledObject";

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
                ref.get("kind") instanceof String kind ? kind : "Deployment",
                ref.get("name") instanceof String name ? name : ""));
    }

    /** The declared minimum and maximum, with the defaults of KEDA for what is not declared. */
    public Bounds bounds() {
        return new Bounds(min.orElse(Bounds.DEFAULT_MIN), max.orElse(Bounds.DEFAULT_MAX));
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
