package io.tidewatch.model.cluster;

import io.tidewatch.model.Moment;
import io.tidewatch.model.plan.Action.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is read of an object's metadata.
 *
 * @param generation 0 where the kind has none (HorizontalPodAutoscaler)
 * @param annotations of those that carry our prefix only the ones that our field manager owns, where managedFields say who
 *     does, and those of a hold, which anybody may place
 * @param owner uid of the controlling owner
 * @param writers who wrote the object and when, newest last; empty where managedFields were not given
 * @param seenAt since when this version is known: live, when it reached us; in a dump, the newest proof of time in it
 */
public record ObjectMeta(
        String namespace,
        String name,
        String uid,
        String resourceVersion,
        long generation,
        Optional<Instant> created,
        boolean deleting,
        Map<String, String> labels,
        Map<String, String> annotations,
        Optional<String> owner,
        List<FieldWriter> writers,
        Instant seenAt) {

    public ObjectMeta {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        writers = List.copyOf(writers);
    }

    /** The state of the object that a write is decided on. */
    public Version version() {
        return new Version(uid, resourceVersion);
    }

    public Optional<String> annotation(String key) {
        return Optional.ofNullable(annotations.get(key));
    }

    /** The instant that an annotation states; absent where there is no such annotation or it states none. */
    public Optional<Instant> instant(String key) {
        return annotation(key).flatMap(Annotations::instant);
    }

    /** Until when a person holds this object; absent if there is no hold, or it has expired. */
    public Optional<Instant> heldUntil(Instant now) {
        return heldUntil(new Moment(now));
    }

    /** The same, and the moment notes when the hold expires. */
    public Optional<Instant> heldUntil(Moment now) {
        return instant(Annotations.HOLD_UNTIL).filter(now::isBefore);
    }

    /** Whether somebody else owns an annotation with our prefix, as after a restore of saved YAML. */
    public boolean hasForeignAnnotations() {
        return writers.stream()
                .anyMatch(writer -> !writer.manager().equals(FieldManagers.TIDEWATCH)
                        && !Annotations.HOLD.containsAll(writer.annotations()));
    }

    public Optional<String> label(String key) {
        return Optional.ofNullable(labels.get(key));
    }
}
