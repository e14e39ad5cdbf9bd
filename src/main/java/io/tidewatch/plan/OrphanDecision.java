package io.tidewatch.plan;

import io.tidewatch.model.Action;
import io.tidewatch.model.Action.Ceiling;
import io.tidewatch.model.Action.Version;
import io.tidewatch.model.Annotations;
import io.tidewatch.model.Bounds;
import io.tidewatch.model.Definitions;
import io.tidewatch.model.FieldManagers;
import io.tidewatch.model.Manifest;
import io.tidewatch.model.ScaledObjectView;
import io.tidewatch.model.Target;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what becomes of a ScaledObject that carries our annotations and that no schedule names any more: it gets its
 * baseline back and is then nobody's. A removal counts once every source has been read, and the one that is named on
 * the object without an error.
 */
record OrphanDecision(Definitions definitions, String instance, Instant now) {

    /** @param manifest of a source that applies it */
    Decided decide(Target target, ScaledObjectView live, Optional<Manifest> manifest) {
        Optional<Bounds> applied = live.meta().annotation(Annotations.APPLIED).flatMap(Bounds::parse);
        if (!isOurs(live) || applied.isEmpty() || !counts(live) || live.meta().deleting()) {
            return Decided.NOTHING;
        }
        Optional<Decided> handsOff = new HandsOff(target, live, instance, now).decided();
        if (handsOff.isPresent()) {
            return handsOff.get();
        }
        Bounds left = isAsWeLeftIt(live, applied.get())
                ? manifest.map(written -> written(written, live)).orElseGet(() -> baseline(live))
                : live.bounds();
        return Decided.act(new Action.SetMinReplicas(
                target,
                new Version(live.meta().uid(), live.meta().resourceVersion()),
                live.minReplicaCount(),
                left.min(),
                ownsCeiling(live) ? Ceiling.between(live.bounds().max(), left.max()) : Optional.empty(),
                Bodies.scaledObject(target, manifest, left, ownsCeiling(live), Map.of()),
                true,
                reason(live)));
    }

    /** Whether it carries our name. */
    boolean isOurs(ScaledObjectView live) {
        return live.meta()
                .annotation(Annotations.INSTANCE)
                .filter(instance::equals)
                .isPresent();
    }

    private boolean counts(ScaledObjectView live) {
        Optional<String> source = live.meta().annotation(Annotations.SOURCE);
        return definitions.unread().isEmpty()
                && definitions.sources().stream()
                        .anyMatch(read -> source.equals(Optional.of(read.source())) && !read.hasErrors());
    }

    /** What somebody else wrote since stays. */
    private static boolean isAsWeLeftIt(ScaledObjectView live, Bounds applied) {
        return live.bounds().min() == applied.min();
    }

    /** A bound that we wrote is never released: where the manifest is silent, KEDA's default is written. */
    private static Bounds written(Manifest manifest, ScaledObjectView live) {
        Map<?, ?> spec = manifest.content().get("spec") instanceof Map<?, ?> map ? map : Map.of();
        return new Bounds(
                spec.get("minReplicaCount") instanceof Number min ? min.intValue() : Bounds.DEFAULT_MIN,
                spec.get("maxReplicaCount") instanceof Number max
                        ? max.intValue()
                        : ownsCeiling(live) ? Bounds.DEFAULT_MAX : live.bounds().max());
    }

    private static boolean ownsCeiling(ScaledObjectView live) {
        return live.meta().writers().stream()
                .anyMatch(writer -> writer.ownsCeiling() && writer.manager().equals(FieldManagers.TIDEWATCH));
    }

    private static Bounds baseline(ScaledObjectView live) {
        return live.meta()
                .annotation(Annotations.BASELINE)
                .flatMap(Bounds::parse)
                .orElseGet(live::bounds);
    }

    private static String reason(ScaledObjectView live) {
        String schedule = live.meta().annotation(Annotations.SCHEDULE).orElse("its schedule");
        return "schedule " + schedule + " was removed";
    }
}
