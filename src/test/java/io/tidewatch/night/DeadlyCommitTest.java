package io.tidewatch.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.playground.Operator;
import io.tidewatch.playground.Playground;
import io.tidewatch.playground.api.RequestLog;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A commit of one source that takes all memory while it is read, in a process that is started again each time. */
@Tag("full")
class DeadlyCommitTest {

    private static final Instant BEGINS = Instant.parse("2026-11-22T13:00:00Z");
    private static final Instant OPENS = Instant.parse("2026-11-22T13:30:00Z");
    private static final Instant ENDS = Instant.parse("2026-11-22T17:00:00Z");
    private static final Duration ON_TIME = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void itKillsTwiceAtMostAndTheOthersEdgesAreOnTimeFromThen() throws IOException {
        Path evilFolder = Files.createDirectories(folder.resolve("evil"));
        try (Playground playground =
                        Playground.start(folder, BEGINS, 1, "Dana", SimulationOptions.of(RolloutsVersion.V1_9_1));
                Operator eve = Operator.start(evilFolder, "Eve")) {
            configure(playground, eve);
            playground.operator().commit("the night", Map.of("shop.yaml", schedule("shop")));
            eve.commit("harmless", Map.of("evil.yaml", schedule("evil")));
            String harmless;
            try (ReconcilerProcess first = started(playground)) {
                await(
                        "both sources are read",
                        () -> read(first, "evil").isPresent()
                                && read(first, "good").isPresent());
                harmless = read(first, "evil").orElseThrow();
                eve.commit("deadly", Map.of(ReconcilerMain.DEADLY, "deadly"));
                assertThat(first.awaitEnd()).as("out of memory").isEqualTo(3);
            }
            try (ReconcilerProcess second = started(playground)) {
                assertThat(second.awaitEnd()).as("and once more").isEqualTo(3);
                assertThat(second.said())
                        .as("it was read before all else")
                        .noneMatch(line -> line.contains("commit-read"));
            }
            try (ReconcilerProcess third = started(playground)) {
                await(
                        "the commit is set aside",
                        () -> said(third, "was being read when Tidewatch died, twice")
                                .isPresent());
                await("the other source is read", () -> read(third, "good").isPresent());
                await(
                        "and what was read of this one before",
                        () -> read(third, "evil").isPresent());
                assertThat(read(third, "evil")).contains(harmless);
                await(
                        "it is an incident",
                        () -> said(third, "incident: source evil").isPresent());

                for (Instant edge : List.of(OPENS, ENDS)) {
                    playground.clock().jumpTo(edge.minusSeconds(5));
                    third.time(playground.clock());
                    await("the edge of " + edge, () -> written(playground, edge).isPresent());
                    assertThat(written(playground, edge).orElseThrow()).isBefore(edge.plus(ON_TIME));
                }

                eve.commit("harmless again", Map.of(ReconcilerMain.DEADLY, "harmless"));
                await(
                        "another commit ends it",
                        () -> said(third, "source evil is read again").isPresent());
            }
        }
    }

    private ReconcilerProcess started(Playground playground) {
        ReconcilerProcess process = ReconcilerProcess.spawn();
        process.awaitReady();
        process.go(folder, playground.cluster().config().getMasterUrl(), playground.clock());
        return process;
    }

    /** When the minimum of shop/checkout was written after an edge. */
    private static Optional<Instant> written(Playground playground, Instant edge) {
        return playground.cluster().requests().entries().stream()
                .filter(request -> request.verb().equals("patch")
                        && request.code() < 300
                        && !request.dryRun()
                        && request.path().endsWith("/namespaces/shop/scaledobjects/checkout"))
                .map(RequestLog.Entry::at)
                .filter(at -> !at.isBefore(edge))
                .findFirst();
    }

    private static Optional<String> read(ReconcilerProcess process, String source) {
        return said(process, " of " + source + " (")
                .map(line -> line.replaceFirst(".*commit-read: commit (\\w+) of .*", "$1"));
    }

    private static Optional<String> said(ReconcilerProcess process, String words) {
        return process.said().stream().filter(line -> line.contains(words)).findFirst();
    }

    private void configure(Playground playground, Operator eve) throws IOException {
        Files.writeString(
                folder.resolve("application.properties"),
                "tidewatch.state.directory = " + folder.resolve("state") + "\ntidewatch.http.address = 127.0.0.1:0\n");
        Files.writeString(folder.resolve("sources.yaml"), """
                sources:
                  - {name: evil, url: '%s', ref: %s, interval: 2s, namespaces: [evil]}
                  - {name: good, url: '%s', ref: %s, interval: 2s, namespaces: [shop]}
                """.formatted(
                        eve.url(),
                        eve.ref(),
                        playground.operator().url(),
                        playground.operator().ref()));
        Files.writeString(
                folder.resolve("alerts.yaml"),
                "receivers: [{name: chat, type: slack, webhookUrl: '"
                        + playground.slack().webhookUrl() + "'}]\ndefault: [chat]\n");
    }

    private static String schedule(String namespace) {
        return """
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: checkout, namespace: %1$s}
                spec: {scaleTargetRef: {name: checkout}, minReplicaCount: 5, triggers: [{type: cpu, metadata: {value: "60"}}]}
                ---
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: night, namespace: %1$s}
                spec:
                  scaledObjectRef: {name: checkout}
                  timeZone: Asia/Seoul
                  windows:
                    - {name: peak, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 7}
                """.formatted(namespace);
    }

    private static void await(String what, BooleanSupplier there) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!there.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
