package io.tidewatch.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.cluster.EventView;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * An Event reads the same in both APIs. An API server keeps each Event once and serves it as v1 and as events.k8s.io/v1: the other API
 * has other names for the same fields.
 */
class EventReaderTest {

    private static final Instant BEGAN = Instant.parse("2026-11-22T13:00:00Z");

    @Test
    void anEventReadsTheSameInBothApis() {
        SplittableRandom random = new SplittableRandom(20261122);
        for (int i = 0; i < 2_000; i++) {
            Map<String, Object> core = event(random);
            assertThat(ObjectReader.event(NewerEvents.of(core)))
                    .as(core.toString())
                    .isEqualTo(ObjectReader.event(core));
        }
    }

    @Test
    void aSeriesOfTheNewerApiIsCountedFromItsFirstTimeToItsLast() {
        EventView event = ObjectReader.event(Map.of(
                "apiVersion", "events.k8s.io/v1",
                "kind", "Event",
                "metadata", Map.of("name", "one", "namespace", "shop"),
                "eventTime", "2026-11-22T13:00:00.000000Z",
                "series", Map.of("count", 9, "lastObservedTime", "2026-11-22T13:05:00.000000Z"),
                "regarding", Map.of("kind", "Pod", "namespace", "shop", "name", "web-1", "uid", "u1"),
                "reason", "Unhealthy",
                "note", "Readiness probe failed",
                "reportingController", "kubelet"));

        assertThat(event.involvedName()).isEqualTo("web-1");
        assertThat(event.message()).isEqualTo("Readiness probe failed");
        assertThat(event.reporter()).isEqualTo("kubelet");
        assertThat(event.count()).isEqualTo(9);
        assertThat(event.first()).contains(BEGAN);
        assertThat(event.last()).contains(BEGAN.plusSeconds(300));
    }

    /** Both lists in one folder: an Event that counted twice would prove twice as many rescales. */
    @Test
    void anEventThatBothApisListedCountsOnce() {
        Map<String, Object> core = event(new SplittableRandom(1));

        Dump dump = Dump.of(
                List.of(new Dump(List.of(core), List.of()), new Dump(List.of(NewerEvents.of(core)), List.of())));

        assertThat(dump.problems()).isEmpty();
        assertThat(dump.read(BEGAN).events()).containsExactly(ObjectReader.event(core));
    }

    private static Map<String, Object> event(SplittableRandom random) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("apiVersion", "v1");
        event.put("kind", "Event");
        event.put("metadata", Map.of("namespace", "shop", "name", "web.17", "resourceVersion", "12"));
        event.put("involvedObject", Map.of("kind", "Pod", "namespace", "shop", "name", "web-1", "uid", "u1"));
        event.put("reason", "Unhealthy");
        event.put("message", "failed " + random.nextInt(9));
        event.put("type", "Warning");
        maybe(random, event, "reportingComponent", "kubelet");
        maybe(random, event, "source", Map.of("component", "kubelet", "host", "n1"));
        maybe(random, event, "count", 1 + random.nextInt(20));
        maybe(random, event, "firstTimestamp", time(random));
        maybe(random, event, "lastTimestamp", time(random));
        maybe(random, event, "eventTime", time(random));
        maybe(random, event, "series", Map.of("count", random.nextInt(20), "lastObservedTime", time(random)));
        return event;
    }

    private static void maybe(SplittableRandom random, Map<String, Object> event, String key, Object value) {
        if (random.nextBoolean()) {
            event.put(key, value);
        }
    }

    private static String time(SplittableRandom random) {
        return BEGAN.plusSeconds(random.nextInt(600)).toString();
    }
}
