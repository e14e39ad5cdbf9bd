package io.tidewatch.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.playground.Operator;
import io.tidewatch.playground.api.PlaygroundApiServer;
import io.tidewatch.wire.Fate;
import io.tidewatch.wire.Weather;
import io.tidewatch.wire.WireRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three real processes as replicas of one instance, one with a wall clock that is ahead and one with a wall clock that is behind.
 * At each edge of a window something happens to the leader. Who wrote what, in which term, is proved from the API server's log.
 */
@Tag("full")
class ReplicasTest {

    private static final int TARGETS = 5;
    private static final int EDGES = Integer.getInteger("tidewatch.replicas.edges", 8);
    private static final long SEED = Long.getLong("tidewatch.replicas.seed", 20_261_130);

    /** From one edge to the next: a takeover, the end of the trouble, and a quiet moment. */
    private static final Duration APART = Duration.ofSeconds(55);

    /** A Lease, five seconds, the clock that is behind, and a loaded machine. */
    private static final Duration TAKEOVER = Duration.ofSeconds(25 + 5 + 3 + 7);

    private static final Duration TROUBLE = Duration.ofSeconds(32);
    private static final Duration OFF = Duration.ofSeconds(3);

    @TempDir
    private Path folder;

    private final PlaygroundApiServer server = PlaygroundApiServer.start(Clock.systemUTC());
    private final StandingTargets targets = new StandingTargets(server.url(), "shop");
    private final List<Replica> replicas = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(SEED);

    /** What happens to a leader at an edge. */
    private enum Trouble {
        KILLED,
        KILLED_WITH_ITS_NODE,
        STOPPED,
        CUT_OFF,
        REQUESTS_HELD,
        SLOW_API_SERVER,
        ENDED
    }

    @Test
    @Timeout(value = 12, unit = TimeUnit.HOURS)
    void everyEdgeIsCarriedOutByOneLeaderWhateverHappensToItsPredecessor() throws IOException {
        StandingApplication.createNamespaces(server, List.of("shop"));
        targets.create(TARGETS);
        Instant first = Instant.now().plusSeconds(60);
        try (Operator operator = Operator.start(folder, "Dana");
                KubernetesClient client = server.client();
                WrittenTerms written = WrittenTerms.watch(client, "shop")) {
            operator.commit(
                    "a schedule",
                    Map.of("web.yaml", StandingTargets.manifests("shop", TARGETS), "night.yaml", schedule(first)));
            Map<String, String> files = Map.of(
                    "sources.yaml",
                    "sources: [{name: shop, url: '" + operator.url() + "', ref: " + operator.ref()
                            + ", interval: 5s, apply: none}]\n",
                    "alerts.yaml",
                    "receivers: []\n");
            replicas.add(new Replica("replica-a", folder, server.port(), files, Duration.ZERO));
            replicas.add(new Replica("replica-b", folder, server.port(), files, OFF));
            replicas.add(new Replica("replica-c", folder, server.port(), files, OFF.negated()));
            replicas.forEach(Replica::start);
            for (int edge = 0; edge < EDGES; edge++) {
                play(client, edge, first.plus(APART.multipliedBy(edge)));
            }
            written.assertOneWriterInEachTerm(server.requests().entries());
            written.assertNoLateWriteStood();
        } finally {
            replicas.forEach(Replica::close);
            server.close();
        }
    }

    private void play(KubernetesClient client, int edge, Instant at) {
        int wanted = edge % 2 == 0 ? 2 : 1;
        Trouble trouble = Trouble.values()[random.nextInt(Trouble.values().length)];
        Instant strikes = at.plusMillis(random.nextInt(-2_500, 3_500));
        sleepUntil(strikes);
        Replica leader = await("a leader", client, edge);
        String what = "edge " + edge + " of seed " + SEED + ": " + leader.name() + " " + trouble;
        System.out.println(what + " at " + Duration.between(at, Instant.now()).toMillis() + " ms");
        Runnable ending = strike(leader, trouble);
        await(what, at.plus(TAKEOVER), () -> minimums().stream().allMatch(minimum -> minimum == wanted));
        sleepUntil(strikes.plus(TROUBLE));
        ending.run();
        sleepUntil(strikes.plus(TROUBLE).plusSeconds(3));
        assertThat(minimums()).as(what + ", after it had ended").containsOnly(wanted);
    }

    /** @return what ends the trouble */
    private Runnable strike(Replica leader, Trouble trouble) {
        switch (trouble) {
            case KILLED, KILLED_WITH_ITS_NODE -> {
                leader.process().kill();
                return () -> leader.restart(trouble == Trouble.KILLED_WITH_ITS_NODE);
            }
            case STOPPED -> {
                leader.process().signal("STOP");
                return () -> leader.process().signal("CONT");
            }
            case ENDED -> {
                leader.process().stop();
                leader.process().kill();
                return () -> leader.restart(false);
            }
            case CUT_OFF -> {
                leader.wire().changeWeather(before(Fate.of(Fate.Kind.RESET)));
                return () -> leader.wire().changeWeather(Weather.FAIR);
            }
            case REQUESTS_HELD -> {
                leader.wire().changeWeather(before(Fate.late(Duration.ofSeconds(15 + random.nextInt(10)))));
                return () -> leader.wire().changeWeather(Weather.FAIR);
            }
            case SLOW_API_SERVER -> {
                replicas.forEach(replica -> replica.wire().changeWeather(before(Fate.late(Duration.ofMillis(300)))));
                return () -> replicas.forEach(replica -> replica.wire().changeWeather(Weather.FAIR));
            }
            default -> throw new IllegalStateException(trouble.name());
        }
    }

    private static Weather before(Fate fate) {
        return new Weather() {

            @Override
            public Fate before(WireRequest request) {
                return fate;
            }

            @Override
            public Fate after(WireRequest request) {
                return Fate.PASS;
            }
        };
    }

    private Replica await(String what, KubernetesClient client, int edge) {
        Optional<Replica> found = leader(client);
        Instant until = Instant.now().plusSeconds(30);
        while (found.isEmpty()) {
            assertThat(Instant.now())
                    .as("%s before edge %d; %s", what, edge, said())
                    .isBefore(until);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            found = leader(client);
        }
        return found.get();
    }

    private Optional<Replica> leader(KubernetesClient client) {
        Lease lease = client.leases()
                .inNamespace("default")
                .withName("tidewatch-tidewatch")
                .get();
        return Optional.ofNullable(lease)
                .map(known -> known.getSpec().getHolderIdentity())
                .flatMap(holder -> replicas.stream()
                        .filter(replica -> replica.isHolder(holder))
                        .findFirst());
    }

    private List<Integer> minimums() {
        List<Integer> minimums = new ArrayList<>();
        for (int i = 1; i <= TARGETS; i++) {
            minimums.add(targets.minimum("t-" + i));
        }
        return minimums;
    }

    private void await(String what, Instant until, BooleanSupplier there) {
        while (!there.getAsBoolean()) {
            assertThat(Instant.now())
                    .as("%s; minimums %s; %s", what, minimums(), said())
                    .isBefore(until);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private String said() {
        StringBuilder all = new StringBuilder();
        replicas.forEach(replica -> all.append(replica.name())
                .append(" said ")
                .append(replica.said())
                .append(" and logged ")
                .append(replica.process().errors())
                .append('\n'));
        return all.toString();
    }

    /** The edges are instants of real time. */
    private static void sleepUntil(Instant then) {
        while (Instant.now().isBefore(then)) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static String schedule(Instant first) {
        StringBuilder text = new StringBuilder("""
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: night, namespace: shop}
                spec:
                  scaledObjectSelector: {matchLabels: {tier: web}}
                  timeZone: UTC
                  preflight: "0"
                  windows:
                """);
        for (int edge = 0; edge < EDGES; edge += 2) {
            text.append("    - {name: w%d, from: \"%s\", until: \"%s\", minReplicas: 2}%n"
                    .formatted(edge, first.plus(APART.multipliedBy(edge)), first.plus(APART.multipliedBy(edge + 1L))));
        }
        return text.toString();
    }
}
