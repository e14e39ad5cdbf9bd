package io.tidewatch.schedule;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.LabelIndex;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.ScaleSchedule.TargetSelector;
import io.tidewatch.model.definition.SourceDefinitions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The ScaledObjects that a source declares, as far as a schedule needs them: names, labels and baselines. */
final class ScaledObjects {

    private static final String KIND = "ScaledObject";

    private final Map<Target, Manifest> byTarget;
    private final LabelIndex<Target> byLabel = new LabelIndex<>();

    private ScaledObjects(Map<Target, Manifest> byTarget) {
        this.byTarget = byTarget;
        byTarget.forEach((target, manifest) ->
                byLabel.add(target.namespace(), child(child(manifest.content(), "metadata"), "labels"), target));
    }

    static ScaledObjects of(SourceDefinitions source) {
        Map<Target, Manifest> found = new TreeMap<>();
        for (Manifest manifest : source.manifests()) {
            if (manifest.key().kind().equals(KIND)) {
                found.putIfAbsent(
                        new Target(manifest.key().namespace(), manifest.key().name()), manifest);
            }
        }
        return new ScaledObjects(found);
    }

    /** By name: that one, declared or not. By labels: those declared, in the order of their names. */
    List<Target> namedBy(ScaleSchedule schedule) {
        if (schedule.targets() instanceof TargetSelector.ByName named) {
            return List.of(new Target(schedule.namespace(), named.name()));
        }
        return byLabel.find(schedule.namespace(), ((TargetSelector.ByLabels) schedule.targets()).matchLabels());
    }

    Optional<Manifest> manifest(Target target) {
        return Optional.ofNullable(byTarget.get(target));
    }

    /** What the schedule writes wins; what it leaves out, the manifest says; what that leaves out, KEDA's default. */
    Optional<Bounds> baseline(ScaleSchedule schedule, Target target) {
        Optional<Bounds> declared = declared(target);
        return schedule.baseline()
                .map(written -> new Bounds(
                        written.minReplicas(),
                        written.maxReplicas().orElse(declared.map(Bounds::max).orElse(Bounds.DEFAULT_MAX))))
                .or(() -> declared);
    }

    Optional<Bounds> declared(Target target) {
        return manifest(target)
                .map(m -> new Bounds(
                        number(m, "minReplicaCount").orElse(Bounds.DEFAULT_MIN),
                        number(m, "maxReplicaCount").orElse(Bounds.DEFAULT_MAX)));
    }

    /** A number of a manifest's spec; absent also where something else is written there. */
    static OptionalInt number(Manifest manifest, String field) {
        return child(manifest.content(), "spec").get(field) instanceof Number number
                ? OptionalInt.of(number.intValue())
                : OptionalInt.empty();
    }

    private static Map<?, ?> child(Map<?, ?> parent, String name) {
        return parent.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }
}
