package io.tidewatch.night;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.playground.Operator;
import io.tidewatch.playground.api.PlaygroundApiServer;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
    private static final int EDGES = Integer.getInteger("tidewatch.replicas.edges", 6);
    private static final long SEED = Long.getLong("tidewatch.replicas.seed", 20_261_246);

    /** From the start of the replicas to the first edge, for the commit with the schedule. */
    private static final Duration LEAD = Duration.ofSeconds(25);

    /** From one edge to the next: a takeover, the end of the trouble, and a quiet moment. */
    private static final Duration APART = Duration.ofSeconds(55);

    /** A window that ends before another replica can lead, so that a write that was held for so long is wrong when it arrives. */
    private static final Duration SHORT = Duration.ofSeconds(12);

    /** After the trouble, for what is late. */
    private static final Duration QUIET = Duration.ofSeconds(3);

    private static final Duration OFF = Duration.ofSeconds(3);

    @TempDir
    private Path folder;

    private final PlaygroundApiServer server = PlaygroundApiServer.start(Clock.systemUTC());
    private final StandingTargets targets = new StandingTargets(server.url(), "shop");
    private final SplittableRandom random = new SplittableRandom(SEED);

    /**
     * A minimum changes, and something happens.
     *
     * @param strikes after the edge; negative: before it
     */
    private record Edge(int number, Instant at, Trouble trouble, Duration strikes) {

        boolean isRaise() {
            return number % 2 == 0;
        }

        /** Whether the raise is taken back before another replica leads. */
        boolean isShort() {
            return isRaise() && trouble == Trouble.REQUESTS_FROZEN;
        }

        Instant closes() {
            return at.plus(isShort() ? SHORT : APART);
        }
    }

    @Test
    @Timeout(value = 12, unit = TimeUnit.HOURS)
    void everyEdgeIsCarriedOutByOneLeaderWhateverHappensToItsPredecessor() throws IOException {
        StandingApplication.createNamespaces(server, List.of("shop"));
        targets.create(TARGETS);
        try (Operator operator = Operator.start(folder, "Dana");
                KubernetesClient client = server.client();
                WrittenTerms written = WrittenTerms.watch(client, "shop");
                ReplicaGroup group = new ReplicaGroup(client, random, Optional.empty())) {
            operator.commit("targets", Map.of("web.yaml", StandingTargets.manifests("shop", TARGETS)));
            Map<String, String> files = Map.of(
                    "sources.yaml",
                    "sources: [{name: shop, url: '" + operator.url() + "', ref: " + operator.ref()
                            + ", interval: 5s, apply: none}]\n",
                    "alerts.yaml",
                    "receivers: []\n");
            List<Duration> clocks = List.of(Duration.ZERO, OFF, OFF.negated());
            for (int i = 0; i < clocks.size(); i++) {
                group.add(new Replica(
                        "replica-" + "abc".charAt(i), folder, server.port(), Optional.empty(), files, clocks.get(i)));
            }
            group.start();
            List<Edge> edges = edges(Instant.now().plus(LEAD));
            operator.commit("a schedule", Map.of("night.yaml", schedule(edges)));
            edges.forEach(edge -> play(group, edges, edge));
            written.assertOneWriterInEachTerm(server.requests().entries());
            written.assertNoLateWriteStood(now -> wanted(edges, now));
        } finally {
            server.close();
        }
    }

    private List<Edge> edges(Instant first) {
        List<Edge> edges = new ArrayList<>();
        for (int number = 0; number < EDGES; number++) {
            Trouble trouble = Trouble.OF_THE_CLUSTER.get(random.nextInt(Trouble.OF_THE_CLUSTER.size()));
            Edge any = new Edge(
                    number,
                    first.plus(APART.multipliedBy(number)),
                    trouble,
                    Duration.ofMillis(random.nextInt(-2_500, 3_500)));
            edges.add(any.isShort() ? new Edge(number, any.at(), trouble, Duration.ofMillis(-500)) : any);
        }
        return edges;
    }

    private void play(ReplicaGroup group, List<Edge> edges, Edge edge) {
        ReplicaGroup.sleepUntil(edge.at().plus(edge.strikes()));
        Replica leader = group.awaitLeader("edge " + edge.number());
        Duration after = Duration.between(edge.at(), Instant.now());
        String what = "edge " + edge.number() + " of seed " + SEED + ": " + leader.name() + " " + edge.trouble();
        System.out.println(what + " at " + after.toMillis() + " ms");
        Runnable ending = group.strike(leader, edge.trouble());
        CompletableFuture<Void> over = CompletableFuture.runAsync(() -> {
            group.awaitOver(leader, edge.trouble(), what);
            ending.run();
        });
        Instant struck = after.isNegative() ? edge.at() : edge.at().plus(after);
        ReplicaGroup.sleepUntil(edge.at());
        group.await(what, struck.plus(edge.trouble().atMost()), () -> isRight(edges));
        ReplicaGroup.join(what, over);
        ReplicaGroup.sleepUntil(Instant.now().plus(QUIET));
        group.await(what + ", after it had ended", Instant.now().plus(QUIET), () -> isRight(edges));
    }

    /** By the schedule of this moment: a process may have taken so long to start that the next edge has come. */
    private boolean isRight(List<Edge> edges) {
        int wanted = wanted(edges, Instant.now());
        return minimums().stream().allMatch(minimum -> minimum == wanted);
    }

    private List<Integer> minimums() {
        List<Integer> minimums = new ArrayList<>();
        for (int i = 1; i <= TARGETS; i++) {
            minimums.add(targets.minimum("t-" + i));
        }
        return minimums;
    }

    private static int wanted(List<Edge> edges, Instant now) {
        boolean isOpen = edges.stream()
                .anyMatch(edge -> edge.isRaise() && !now.isBefore(edge.at()) && now.isBefore(edge.closes()));
        return isOpen ? 2 : 1;
    }

    private static String schedule(List<Edge> edges) {
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
        edges.stream()
                .filter(Edge::isRaise)
                .forEach(edge -> text.append("    - {name: w%d, from: \"%s\", until: \"%s\", minReplicas: 2}%n"
                        .formatted(edge.number(), edge.at(), edge.at().plus(edge.isShort() ? SHORT : APART))));
        return text.toString();
    }
}
