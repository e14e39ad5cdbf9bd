package io.tidewatch.playground.sim;

import io.tidewatch.playground.clock.PlaygroundClock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;

/**
 * Writes Kubernetes Events the two ways in which the real controllers do: the newer recorders (KEDA, the scheduler)
 * fill {@code eventTime}, the older ones {@code count} and {@code lastTimestamp}.
 */
final class EventWriter {
    private static final Set<String> NEW_STYLE = Set.of("keda-operator", "default-scheduler");

    /** API servers reject an eventTime with more or fewer digits than six. */
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSX").withZone(ZoneOffset.UTC);

    private final PlaygroundClock clock;
    private final ClusterDoor door;
    private long written;

    EventWriter(PlaygroundClock clock, ClusterDoor door) {
        this.clock = clock;
        this.door = door;
    }

    void write(Write.Announce announce, String component) {
        Instant now = clock.instant();
        written++;
        Write.Regarding regarding = announce.regarding();
        Map<String, Object> event = Fields.tree(
                "apiVersion", Kind.EVENT.apiVersion(),
                "kind", Kind.EVENT.kindName(),
                "metadata",
                        Fields.tree(
                                "name",
                                "%s.%016x%04x".formatted(regarding.key().name(), now.toEpochMilli(), written & 0xffff),
                                "namespace",
                                regarding.key().namespace()),
                "involvedObject",
                        Fields.tree(
                                "apiVersion", regarding.kind().apiVersion(),
                                "kind", regarding.kind().kindName(),
                                "name", regarding.key().name(),
                                "namespace", regarding.key().namespace(),
                                "uid", regarding.uid()),
                "type", announce.type(),
                "reason", announce.reason(),
                "message", announce.message(),
                "reportingComponent", component);
        if (NEW_STYLE.contains(component)) {
            event.put("eventTime", MICROSECONDS.format(now));
            event.put("action", announce.reason());
            event.put("reportingInstance", component + "-playground");
        } else {
            String second = now.truncatedTo(ChronoUnit.SECONDS).toString();
            event.put("count", 1);
            event.put("firstTimestamp", second);
            event.put("lastTimestamp", second);
            event.put("source", Map.of("component", component));
        }
        door.send(new Write.Create(Kind.EVENT, regarding.key().namespace(), event), component);
    }
}
