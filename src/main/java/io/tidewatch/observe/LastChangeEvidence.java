package io.tidewatch.observe;

import static io.tidewatch.observe.Fields.instant;
import static io.tidewatch.observe.Fields.list;
import static io.tidewatch.observe.Fields.map;
import static io.tidewatch.observe.Fields.text;

import io.tidewatch.model.cluster.EventView;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * When an object of a dump last changed, as far as the dump proves it.
 *
 * <p>Each trace is the time of a change, so the newest is the earliest instant since when the object can have stood
 * still. A ReplicaSet has few traces of its own: its pods' transitions and the Events of its scaling are added.
 */
final class LastChangeEvidence {
    private static final Set<String> SCALING = Set.of("SuccessfulCreate", "SuccessfulDelete");

    private final Map<String, Instant> newestPodOfOwner = new HashMap<>();
    private final Map<String, Instant> newestScalingOf = new HashMap<>();

    LastChangeEvidence(Iterable<Map<String, Object>> objects) {
        objects.forEach(object -> {
            switch (text(object, "kind")) {
                case "Pod" ->
                    MetaReader.bare(object, Instant.EPOCH)
                            .owner()
                            .ifPresent(owner -> own(object)
                                    .forEach(time -> newestPodOfOwner.merge(owner, time, LastChangeEvidence::later)));
                case "Event" -> {
                    if (SCALING.contains(text(object, "reason"))) {
                        scaling(ObjectReader.event(object));
                    }
                }
                default -> {}
            }
        });
    }

    private void scaling(EventView event) {
        if (event.involvedKind().equals("ReplicaSet")) {
            event.last().ifPresent(time -> newestScalingOf.merge(event.involvedUid(), time, LastChangeEvidence::later));
        }
    }

    Instant of(Map<String, Object> object) {
        return own(object).max(Instant::compareTo).orElse(Instant.EPOCH);
    }

    Instant ofReplicaSet(Map<String, Object> replicaSet) {
        String uid = text(map(replicaSet, "metadata"), "uid");
        return Stream.of(
                        of(replicaSet),
                        newestPodOfOwner.getOrDefault(uid, Instant.EPOCH),
                        newestScalingOf.getOrDefault(uid, Instant.EPOCH))
                .reduce(Instant.EPOCH, LastChangeEvidence::later);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** Every instant of an object, an Event's included, at which something happened. */
    static Stream<Instant> all(Map<String, Object> object) {
        return text(object, "kind").equals("Event") ? ObjectReader.lastOf(object).stream() : own(object);
    }

    private static Stream<Instant> own(Map<String, Object> object) {
        Map<String, Object> meta = map(object, "metadata");
        Map<String, Object> annotations = map(meta, "annotations");
        Stream<Instant> fields =
                list(meta, "managedFields").stream().flatMap(entry -> instant(map(entry), "time").stream());
        Stream<Instant> conditions = list(map(object, "status"), "conditions").stream()
                .map(Fields::map)
                .flatMap(condition -> Stream.concat(
                        instant(condition, "lastTransitionTime").stream(),
                        instant(condition, "lastUpdateTime").stream()));
        Stream<Instant> others = Stream.of(
                        instant(meta, "creationTimestamp"),
                        instant(map(object, "status"), "lastScaleTime"),
                        instant(map(object, "spec"), "renewTime"),
                        instant(annotations, "tidewatch.io/applied-at"),
                        instant(annotations, "tidewatch.io/nudged-at"))
                .flatMap(java.util.Optional::stream);
        return Stream.of(fields, conditions, others).flatMap(found -> found);
    }
}
