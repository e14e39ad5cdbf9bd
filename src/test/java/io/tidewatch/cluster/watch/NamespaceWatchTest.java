package io.tidewatch.cluster.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListMetaBuilder;
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
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** One watch and the heartbeat beside it, with an API server that is a line of this test and seconds that pass in the hand. */
class NamespaceWatchTest {

    private static final Instant BEGIN = Instant.parse("2026-11-29T22:00:00Z");

    private final ManualScheduler time = new ManualScheduler();
    private final Clock clock =
            InstantSource.offset(InstantSource.fixed(BEGIN), Duration.ZERO).withZone(ZoneOffset.UTC);
    private final List<String> said = new ArrayList<>();
    private boolean away;
    private boolean servesWatches = true;

    private final WatchErrors errors =
            new WatchErrors("https://api:6443/", line -> said.add(time.seconds() + " s " + line));

    private final NamespaceWatch<String> watch = new NamespaceWatch<>(
            Kinds.DEPLOYMENT,
            "keda",
            new WatchRequests(objects()),
            new KindCache<>((raw, seenAt) -> "", object -> Map.of(), clock, () -> {}),
            new WatchContext(null, object -> Map.of(), clock, time::nanos, WatchTimes.DEFAULT, () -> {}, errors, time));

    private final Heartbeat heartbeat =
            new Heartbeat(this::readyz, Heartbeat.Pace.DEFAULT, time::nanos, time, new Heartbeat.Listener() {
                @Override
                public void outageBegan(Throwable error) {
                    said.add(time.seconds() + " s lost");
                    errors.outage(error);
                }

                @Override
                public void outageEnded() {
                    said.add(time.seconds() + " s reachable again");
                    watch.resume();
                }

                @Override
                public void answered(Answer answer) {}

                @Override
                public void ticked() {}
            });

    /** It was told, up to a second before the outage was: "cannot be opened, though the API server answers". */
    @Test
    void watchThatIsShutBecauseTheServerIsAwayFromTheStartIsNotSaidToBeShutByAServerThatAnswers() {
        away = true;
        watch.start();
        pass(60);

        assertThat(said)
                .containsExactly(
                        "0 s https://api:6443/ does not answer: Connection refused; trying again", "11 s lost");
        assertThat(watch.isClosed()).isTrue();

        away = false;
        pass(10);

        assertThat(said).hasSize(3).last().asString().endsWith(" s reachable again");
        assertThat(watch.isListed()).isTrue();
    }

    @Test
    void watchThatIsShutByAServerThatAnswersIsReportedAfterTenSeconds() {
        servesWatches = false;
        watch.start();
        pass(60);

        assertThat(said)
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
        assertThat(said).isEmpty();

        away = false;
        pass(2);
        assertThat(said)
                .singleElement()
                .asString()
                .startsWith("11 s the watch of Deployments in keda cannot be opened");
    }

    private Answer readyz() {
        refuseIf(away);
        return Answer.SERVES;
    }

    private void refuseIf(boolean refused) {
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

    private GenericKubernetesResourceList list() {
        refuseIf(away);
        GenericKubernetesResourceList none = new GenericKubernetesResourceList();
        none.setMetadata(new ListMetaBuilder().withResourceVersion("1").build());
        none.setItems(List.of());
        return none;
    }

    private CompletableFuture<Watch> open() {
        refuseIf(away || !servesWatches);
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
