package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.cluster.watch.ClusterCaches;
import io.tidewatch.cluster.watch.Readers;
import io.tidewatch.definition.DefinitionReader;
import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Faults;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.preflight.Preflight;
import io.tidewatch.model.preflight.Preflights;
import io.tidewatch.model.preflight.Raise;
import io.tidewatch.model.report.Pass;
import io.tidewatch.observe.ObjectReader;
import io.tidewatch.playground.api.PlaygroundApiServer;
import io.tidewatch.playground.api.RequestLog;
import io.tidewatch.schedule.DesiredStates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** In which namespaces quotas and failed schedulings are watched. */
class WatchRaisesStageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Readers READERS = new Readers(
            ObjectReader::scaledObject,
            ObjectReader::hpa,
            ObjectReader::rollout,
            ObjectReader::deployment,
            ObjectReader::statefulSet,
            ObjectReader::scaleTarget,
            ObjectReader::replicaSet,
            ObjectReader::pod,
            (raw, seenAt) -> ObjectReader.event(raw),
            (raw, seenAt) -> ObjectReader.controller(raw),
            (raw, seenAt) -> ObjectReader.lease(raw),
            (raw, seenAt) -> ObjectReader.quota(raw),
            (raw, seenAt) -> ObjectReader.limitRange(raw),
            (raw, seenAt) -> ObjectReader.budget(raw));

    @Test
    void namespacesWithARaiseInItsPreflightAreWatched() {
        assertThat(WatchRaisesStage.namespaces(raising("shop/checkout", "shop/cart", "bank/ledger")))
                .containsExactlyInAnyOrder("shop", "bank");
        assertThat(WatchRaisesStage.namespaces(raising())).isEmpty();
    }

    @Test
    void theStageWatchesThemFromThePassOnAndChangesNothingInIt() {
        try (PlaygroundApiServer server = PlaygroundApiServer.start(Clock.systemUTC());
                KubernetesClient client = server.client();
                ClusterCaches caches = new ClusterCaches(client, READERS, Clock.systemUTC(), () -> {}, line -> {})) {
            WatchRaisesStage stage = new WatchRaisesStage(caches);
            Pass quiet = raising();
            Pass raising = raising("shop/checkout");

            assertThat(stage.watch(quiet)).isSameAs(quiet);
            assertThat(listed(server)).isEmpty();
            assertThat(stage.watch(raising)).isSameAs(raising);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (listed(server).size() < 3) {
                assertThat(System.nanoTime()).as("%s", listed(server)).isLessThan(end);
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            assertThat(listed(server)).isEqualTo(Set.of("events", "limitranges", "resourcequotas"));
        }
    }

    @Test
    void budgetsAreWatchedWhereAScheduleMayRestartARollout() {
        assertThat(WatchRaisesStage.restarts(scheduled("NudgeReplicaSets"))).isEmpty();
        try (PlaygroundApiServer server = PlaygroundApiServer.start(Clock.systemUTC());
                KubernetesClient client = server.client();
                ClusterCaches caches = new ClusterCaches(client, READERS, Clock.systemUTC(), () -> {}, line -> {})) {
            new WatchRaisesStage(caches).watch(scheduled("RestartRollout"));

            long end = System.nanoTime() + PATIENCE.toNanos();
            while (listed(server).isEmpty()) {
                assertThat(System.nanoTime()).isLessThan(end);
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            assertThat(listed(server)).isEqualTo(Set.of("poddisruptionbudgets"));
        }
    }

    private static Pass scheduled(String remedy) {
        TreeMap<String, String> files = new TreeMap<>(Map.of("night.yaml", """
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: peaks, namespace: shop}
                spec:
                  scaledObjectRef: {name: checkout}
                  timeZone: Asia/Seoul
                  baseline: {minReplicas: 2}
                  windows: [{name: peak, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 4}]
                  remedies: [{type: %s}]
                """.formatted(remedy)));
        Checkout checkout =
                new Checkout(new Commit("shop", "c1", "Dana", Instant.EPOCH, "a commit"), files, files.keySet());
        Definitions definitions =
                new Definitions(List.of(new DefinitionReader().read(checkout, Optional.empty(), PastTexts.NONE)));
        return Pass.begin(definitions, DesiredStates.at(definitions, PassOf.NOON), Diagnoses.NONE);
    }

    private static Set<String> listed(PlaygroundApiServer server) {
        Set<String> resources = new TreeSet<>();
        server.requests().entries().stream()
                .filter(entry -> entry.verb().equals("list"))
                .map(RequestLog.Entry::path)
                .filter(path -> path.contains("/namespaces/shop/"))
                .forEach(path -> resources.add(path.replaceFirst("\\?.*", "").replaceFirst(".*/", "")));
        return resources;
    }

    private static Pass raising(String... targets) {
        TreeMap<Target, Preflight> preflights = new TreeMap<>();
        for (String target : targets) {
            String[] parts = target.split("/");
            preflights.put(
                    new Target(parts[0], parts[1]),
                    new Preflight(
                            new Raise(5, 7, Optional.of("peak"), PassOf.NOON.plusSeconds(600)),
                            List.of(),
                            List.of(),
                            List.of()));
        }
        return Pass.begin(
                        Definitions.NONE,
                        new DesiredState(PassOf.NOON, new TreeMap<>(), new TreeSet<>()),
                        Diagnoses.NONE)
                .with(new Preflights(preflights, new TreeMap<>(), Optional.empty(), Faults.NONE));
    }
}
