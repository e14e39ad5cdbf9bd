package io.tidewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each warning of a CronJob in the namespace of a target that lagged woke a pass over all targets. */
class KindCacheTest {

    private final AtomicInteger told = new AtomicInteger();
    private final KindCache<Optional<String>> cache = new KindCache<>(
            (raw, seenAt) -> Optional.of(String.valueOf(raw.get("about"))).filter("Pod"::equals),
            object -> Map.of("about", object.getMetadata().getLabels().get("about")),
            Clock.fixed(Instant.parse("2026-11-25T14:39:00Z"), ZoneOffset.UTC),
            told::incrementAndGet);

    @Test
    void ofWhatNothingIsKeptTheKeyIsKnownAndNobodyIsTold() {
        cache.onAdd(event("CronJob", "1"));
        cache.onUpdate(event("CronJob", "1"), event("CronJob", "2"));
        assertThat(cache.knows(Stream.of("shop/event"))).isTrue();

        cache.onDelete(event("CronJob", "2"), false);

        assertThat(cache.knows(Stream.of("shop/event"))).isFalse();
        assertThat(told).hasValue(0);
    }

    @Test
    void whatIsKeptIsToldAtEachVersionAndAtItsEnd() {
        cache.onAdd(event("Pod", "1"));
        cache.onUpdate(event("Pod", "1"), event("Pod", "2"));
        cache.onUpdate(event("Pod", "2"), event("Pod", "2"));
        assertThat(told).hasValue(2);

        cache.onDelete(event("Pod", "2"), false);
        assertThat(told).hasValue(3);
    }

    @Test
    void whatIsNotKeptAnyMoreIsTold() {
        cache.onAdd(event("Pod", "1"));
        cache.onUpdate(event("Pod", "1"), event("CronJob", "2"));
        assertThat(told).hasValue(2);

        cache.onUpdate(event("CronJob", "2"), event("CronJob", "3"));
        assertThat(told).hasValue(2);
    }

    private static GenericKubernetesResource event(String about, String version) {
        GenericKubernetesResource event = new GenericKubernetesResource();
        event.setMetadata(new ObjectMetaBuilder()
                .withNamespace("shop")
                .withName("event")
                .withResourceVersion(version)
                .withLabels(Map.of("about", about))
                .build());
        return event;
    }
}
