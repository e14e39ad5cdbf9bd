package io.tidewatch.cluster.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
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
    void ofAnObjectThatIsNotKeptTheKeyIsKnownAndNoListenerIsCalled() {
        cache.keep(event("CronJob", "1"));
        cache.keep(event("CronJob", "2"));
        assertThat(cache.all()).containsExactly(Optional.empty());

        cache.drop(event("CronJob", "2"));

        assertThat(cache.all()).isEmpty();
        assertThat(told).hasValue(0);
    }

    @Test
    void listenersAreCalledAtEachVersionOfAKeptObjectAndAtItsEnd() {
        cache.keep(event("Pod", "1"));
        cache.keep(event("Pod", "2"));
        cache.keep(event("Pod", "2"));
        assertThat(told).hasValue(2);

        cache.drop(event("Pod", "2"));
        assertThat(told).hasValue(3);
    }

    @Test
    void listenersAreCalledWhenAnObjectIsNotKeptAnyMore() {
        cache.keep(event("Pod", "1"));
        cache.keep(event("CronJob", "2"));
        assertThat(told).hasValue(2);

        cache.keep(event("CronJob", "3"));
        assertThat(told).hasValue(2);
    }

    @Test
    void aListReplacesAllObjectsAndCallsListenersOnce() {
        cache.keep(event("Pod", "1"));
        list(event("other", "Pod", "3"), event("third", "Pod", "4"));

        assertThat(cache.all()).hasSize(2);
        assertThat(told).hasValue(2);
        list(event("other", "Pod", "3"), event("third", "Pod", "4"));
        assertThat(told).as("nothing new").hasValue(2);
        list();
        assertThat(told).hasValue(3);
    }

    @Test
    void aListCountsOnceItIsComplete() {
        cache.keep(event("Pod", "1"));
        cache.beginList();
        cache.list(List.of(event("other", "Pod", "3")));
        cache.list(List.of(event("third", "Pod", "4")));
        assertThat(cache.all()).hasSize(1);
        assertThat(told).hasValue(1);

        cache.endList();
        assertThat(cache.all()).hasSize(2);
        assertThat(told).hasValue(2);
    }

    @Test
    void aListThatWasGivenUpIsForgotten() {
        cache.beginList();
        cache.list(List.of(event("other", "Pod", "3")));
        list(event("third", "Pod", "4"));

        assertThat(cache.all()).hasSize(1);
    }

    private void list(GenericKubernetesResource... all) {
        cache.beginList();
        cache.list(List.of(all));
        cache.endList();
    }

    private static GenericKubernetesResource event(String about, String version) {
        return event("event", about, version);
    }

    private static GenericKubernetesResource event(String name, String about, String version) {
        GenericKubernetesResource event = new GenericKubernetesResource();
        event.setMetadata(new ObjectMetaBuilder()
                .withNamespace("shop")
                .withName(name)
                .withResourceVersion(version)
                .withLabels(Map.of("about", about))
                .build());
        return event;
    }
}
