package io.tidewatch.cluster.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListMetaBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.impl.ListerWatcher;
import io.tidewatch.cluster.Kinds;
import io.tidewatch.cluster.heartbeat.ApiServerProbe.Answer;
import io.tidewatch.cluster.heartbeat.Heartbeat;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A watch and the heartbeat beside it; the test plays the API server and moves the clock. */
class NamespaceWatchTest {

    private static final Instant BEGIN = Instant.parse("2026-11-29T22:00:00Z");

    private final ManualScheduler time = new ManualScheduler();
    private final Clock clock =
            InstantSource.offset(InstantSource.fixed(BEGIN), Duration.ZERO).withZone(ZoneOffset.UTC);
    private final List<String> reported = new ArrayList<>();
    private boolean away;
    private boolean servesWatches = true;
    private Optional<Throttled> listsThrottled = Optional.empty();
    private Optional<Throttled> watchesThrottled = Optional.empty();
    private final List<Integer> listedAt = new ArrayList<>();
    private final List<Integer> watchedAt = new ArrayList<>();
    private final Throttling throttling = new Throttling(time::nanos);

    private record Throttled(int code, String retryAfter) {}

    private final WatchErrors errors =
            new WatchErrors("https://api:6443/", line -> reported.add(time.seconds() + " s " + line));

    private final NamespaceWatch<String> watch = new NamespaceWatch<>(
            Kinds.DEPLOYMENT,
            "keda",
            new WatchRequests(objects(), 0),
            new KindCache<>((raw, seenAt) -> "", object -> Map.of(), clock, () -> {}),
            new WatchContext(
                    null,
                    throttling,
                    object -> Map.of(),
                    clock,
                    time::nanos,
                    WatchTimes.DEFAULT,
                    () -> {},
                    errors,
                    time));

    private final Heartbeat heartbeat =
            new Heartbeat(this::readyz, Heartbeat.Pace.DEFAULT, time::nanos, time, new Heartbeat.Listener() {
                @Override
                public void outageBegan(Throwable error) {
                    reported.add(time.seconds() + " s lost");
                    errors.outage(error);
                }

                @Override
                public void outageEnded() {
                    reported.add(time.seconds() + " s reachable again");
                    watch.resume();
                }

                @Override
                public void answered(Answer answer) {}

                @Override
                public void ticked() {}
            });

    /** It was told, up to a second before the outage was: "cannot be opened, though the API server answers". */
    @Test
    void watchThatIsShutBecauseTheServerIsAwayIsNotReportedAsShutByAServerThatAnswers() {
        away = true;
        watch.start();
        pass(60);

        assertThat(reported)
                .containsExactly(
                        "0 s https://api:6443/ does not answer: Connection refused; trying again", "11 s lost");
        assertThat(watch.isClosed()).isTrue();

        away = false;
        pass(10);

        assertThat(reported).hasSize(3).last().asString().endsWith(" s reachable again");
        assertThat(watch.isListed()).isTrue();
    }

    @Test
    void watchThatIsShutByAServerThatAnswersIsReportedAfterTenSeconds() {
        servesWatches = false;
        watch.start();
        pass(60);

        assertThat(reported)
                .containsExactly("10 s the watch of Deployments in keda cannot be opened, though"
                        + " https://api:6443/ answers: Connection refused; trying again");
    }

    /** A single failure is no outage yet, and no proof that the server answers either. */
    @Test
    void watchThatIsShutIsReportedAtTheNextAnswerOfAServerInDoubt() {
        servesWatches = false;
        watch.start();
        pass(4);
        away = true;
        pass(7);
        assertThat(reported).isEmpty();

        away = false;
        pass(2);
        assertThat(reported)
                .singleElement()
                .asString()
                .startsWith("11 s the watch of Deployments in keda cannot be opened");
    }

    /** It was opened again after 0.2, 1, 2 and 4 s, and reported after 10 s. */
    @Test
    void throttledWatchWaitsForItsRetryAfterAndIsReportedAtItsFourthAnswer() {
        watchesThrottled = Optional.of(new Throttled(429, "20"));
        watch.start();
        pass(60);

        assertThat(watchedAt).containsExactly(0, 20, 40);
        assertThat(reported).isEmpty();
        assertThat(watch.isClosed()).isTrue();

        pass(10);
        assertThat(watchedAt).endsWith(40, 60);
        assertThat(reported)
                .containsExactly(
                        "60 s the watch of Deployments in keda cannot be opened, though https://api:6443/ answers:"
                                + " too many requests; trying again");

        watchesThrottled = Optional.empty();
        pass(20);
        assertThat(watchedAt).endsWith(60, 80);
        assertThat(watch.isOpen()).isTrue();
    }

    /** It was reported at the first answer. */
    @Test
    void throttledListWaitsForItsRetryAfterAndIsReportedAtItsFourthAnswer() {
        listsThrottled = Optional.of(new Throttled(503, "5"));
        watch.start();
        pass(15);

        assertThat(listedAt).containsExactly(0, 5, 10);
        assertThat(reported).isEmpty();

        pass(1);
        assertThat(reported)
                .containsExactly(
                        "15 s https://api:6443/ answers 503 to the watch of Deployments in keda: too many requests; trying"
                                + " again",
                        "15 s the watch of Deployments in keda cannot be opened, though https://api:6443/ answers: too many"
                                + " requests; trying again");

        listsThrottled = Optional.empty();
        pass(5);
        assertThat(listedAt).containsExactly(0, 5, 10, 15, 20);
        assertThat(watch.isListed()).isTrue();
    }

    @Test
    void retryAfterIsBounded() {
        watchesThrottled = Optional.of(new Throttled(429, "86400"));
        watch.start();
        pass(130);

        assertThat(watchedAt).containsExactly(0, 60, 120);
    }

    /** An outage ends the growing pauses, and not the wait that the API server asked for. */
    @Test
    void throttledWatchWaitsForItsRetryAfterWhenAnOutageEndsToo() {
        watchesThrottled = Optional.of(new Throttled(429, "60"));
        watch.start();
        pass(1);
        away = true;
        pass(20);
        away = false;
        pass(20);

        assertThat(reported)
                .containsExactly(
                        "11 s lost",
                        "11 s https://api:6443/ does not answer: Connection refused; trying again",
                        "22 s reachable again");
        assertThat(watchedAt).containsExactly(0);
    }

    private Answer readyz() {
        rejectIf(away);
        return Answer.SERVES;
    }

    private void rejectIf(boolean refused) {
        if (refused) {
            throw new KubernetesClientException("Operation: failed", new ConnectException("Connection refused"));
        }
    }

    /** What a client makes of a kind in a namespace, with the two calls that a watch needs of it. */
    @SuppressWarnings("unchecked")
    private FilterWatchListDeletable<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            objects() {
        return (FilterWatchListDeletable<
                        GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {FilterWatchListDeletable.class, ListerWatcher.class},
                        (proxy, method, arguments) -> switch (method.getName()) {
                            case "list" -> list();
                            case "submitWatch" -> open();
                            default -> throw new UnsupportedOperationException(method.toString());
                        });
    }

    private void throttle(Optional<Throttled> answer) {
        answer.ifPresent(throttled -> {
            throttling.record("/apis/apps/v1/namespaces/keda/deployments", throttled.code(), throttled.retryAfter());
            throw new KubernetesClientException(new StatusBuilder()
                    .withCode(throttled.code())
                    .withMessage("too many requests")
                    .build());
        });
    }

    private GenericKubernetesResourceList list() {
        listedAt.add(time.seconds());
        throttle(listsThrottled);
        rejectIf(away);
        GenericKubernetesResourceList none = new GenericKubernetesResourceList();
        none.setMetadata(new ListMetaBuilder().withResourceVersion("1").build());
        none.setItems(List.of());
        return none;
    }

    private CompletableFuture<Watch> open() {
        watchedAt.add(time.seconds());
        throttle(watchesThrottled);
        rejectIf(away || !servesWatches);
        return CompletableFuture.completedFuture(() -> {});
    }

    private void pass(int seconds) {
        for (int tick = 0; tick < 2 * seconds; tick++) {
            time.runDue();
            heartbeat.tick();
            watch.tick(heartbeat.state());
            time.passHalfSecond();
        }
    }
}
