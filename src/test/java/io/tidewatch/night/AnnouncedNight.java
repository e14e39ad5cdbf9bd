package io.tidewatch.night;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.journal.server.PostgresServer;
import io.tidewatch.night.Announcements.Strike;
import io.tidewatch.playground.Operator;
import io.tidewatch.playground.api.PlaygroundApiServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Replicas as real processes, with a receiver on loopback. Nobody carries a minimum on to the HPAs, so in each window all targets have an
 * incident that opens 2 s after its edge.
 */
final class AnnouncedNight implements AutoCloseable {

    private static final String NAMESPACE = "shop";
    private static final Duration OFF = Duration.ofSeconds(3);

    /** For a message that waits for others, and for the claim of a process that died. */
    private static final Duration MESSAGE = Duration.ofMinutes(3);

    private final Path folder;
    private final int targets;
    private final Optional<PostgresServer> journal;
    private final PlaygroundApiServer server = PlaygroundApiServer.start(Clock.systemUTC());
    private final NightWebhook webhook = NightWebhook.start();
    private final List<Strike> strikes = new CopyOnWriteArrayList<>();
    private final StandingTargets standing = new StandingTargets(server.url(), NAMESPACE);
    private final Operator operator;
    private final KubernetesClient client;
    private final WrittenTerms written;
    private final ReplicaGroup group;

    /** @param journal what the replicas share; absent: each has a file of its own */
    AnnouncedNight(Path folder, int targets, Optional<PostgresServer> journal, SplittableRandom random)
            throws IOException {
        this.folder = folder;
        this.targets = targets;
        this.journal = journal;
        StandingApplication.createNamespaces(server, List.of(NAMESPACE));
        standing.create(targets);
        operator = Operator.start(folder, "Dana");
        client = server.client();
        written = WrittenTerms.watch(client, NAMESPACE);
        group = new ReplicaGroup(client, random, journal);
    }

    /** Replicas with clocks that differ. */
    void start(int replicas) throws IOException {
        commit(List.of());
        for (int i = 0; i < replicas; i++) {
            String name = "replica-" + "abc".charAt(i);
            Duration ahead = OFF.multipliedBy(i == 2 ? -1 : i);
            group.add(new Replica(name, folder, server.port(), journal.map(PostgresServer::port), files(name), ahead));
        }
        group.start();
        group.awaitLeader("the first window");
    }

    ReplicaGroup group() {
        return group;
    }

    /** What people were told so far. */
    Announcements announcements() {
        return new Announcements(webhook.log(), List.copyOf(strikes));
    }

    List<String> targets() {
        return IntStream.rangeClosed(1, targets)
                .mapToObj(i -> NAMESPACE + "/t-" + i)
                .toList();
    }

    void assertOneWriterInEachTerm(List<Episode> episodes) {
        written.assertOneWriterInEachTerm(server.requests().entries());
        written.assertNoLateWriteStood(now -> episodes.stream().anyMatch(episode -> episode.isOpen(now)) ? 2 : 1);
    }

    private Map<String, String> files(String replica) {
        return Map.of(
                "sources.yaml",
                "sources: [{name: shop, url: '" + operator.url() + "', ref: " + operator.ref()
                        + ", interval: 10s, apply: none}]\n",
                "alerts.yaml",
                "receivers: [{name: people, type: slack, webhookUrl: '" + webhook.url(replica)
                        + "'}]\ndefault: [people]\n");
    }

    /** A schedule with the windows of these episodes. */
    void commit(List<Episode> episodes) {
        String schedule = """
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: night, namespace: shop}
                spec:
                  scaledObjectSelector: {matchLabels: {tier: web}}
                  timeZone: UTC
                  preflight: "0"
                  checks: {follow: 2s, timeout: 5s}
                  baseline: {minReplicas: 1}
                  windows:
                """ + episodes.stream().map(Episode::window).collect(Collectors.joining());
        operator.commit(
                "a schedule of " + episodes.size() + " windows",
                episodes.isEmpty()
                        ? Map.of("web.yaml", StandingTargets.manifests(NAMESPACE, targets))
                        : Map.of("night.yaml", schedule));
    }

    /** Both edges of the window are carried out, and what happens meanwhile has ended. */
    void play(Episode episode) {
        CompletableFuture<Void> happening = CompletableFuture.runAsync(() -> happen(episode));
        awaitMinimum(episode, episode.opens(), 2);
        awaitMinimum(episode, episode.closes(), 1);
        ReplicaGroup.join(episode.toString(), happening);
    }

    private void awaitMinimum(Episode episode, Instant edge, int minimum) {
        ReplicaGroup.sleepUntil(edge);
        group.await(
                episode + ", minimum " + minimum,
                edge.plus(episode.trouble().atMost()),
                () -> IntStream.rangeClosed(1, targets).allMatch(i -> standing.minimum("t-" + i) == minimum));
    }

    private void happen(Episode episode) {
        ReplicaGroup.sleepUntil(episode.strikes());
        if (!episode.moment().isDelivery()) {
            Replica leader = group.awaitLeader(episode.toString());
            struck(episode, leader, Instant.now(), group.strike(leader, episode.trouble()));
            return;
        }
        CompletableFuture<Runnable> ending = new CompletableFuture<>();
        CompletableFuture<Replica> sender = new CompletableFuture<>();
        Instant from = Instant.now();
        webhook.ambush(episode::isAnnouncement, episode.answer(), name -> {
            Replica found = group.named(name);
            ending.complete(group.strike(found, episode.trouble()));
            sender.complete(found);
        });
        try {
            group.await(episode + ": a message", Instant.now().plus(MESSAGE), sender::isDone);
        } finally {
            webhook.callOff();
        }
        struck(episode, sender.join(), from, ending.join());
    }

    private void struck(Episode episode, Replica leader, Instant from, Runnable ending) {
        System.out.println(episode + ", " + leader.name() + ", at " + Instant.now());
        group.awaitOver(leader, episode.trouble(), episode.toString());
        if (episode.keepsFromRecording()) {
            strikes.add(new Strike(from, Instant.now(), episode.trouble().isOfJournal() ? "" : leader.name()));
        }
        ending.run();
    }

    @Override
    public void close() {
        group.close();
        written.close();
        client.close();
        operator.close();
        webhook.close();
        server.close();
    }
}
