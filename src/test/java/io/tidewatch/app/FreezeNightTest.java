package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.playground.Playground;
import io.tidewatch.playground.api.RequestLog;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights with a freeze: what comes in it is written after it, and a trailer lets it through. */
@Tag("full")
class FreezeNightTest {

    private static final Instant BEGINS = Instant.parse("2026-11-22T13:00:00Z");
    private static final Instant OPENS = Instant.parse("2026-11-22T13:30:00Z");
    private static final Instant CLOSES = Instant.parse("2026-11-22T14:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final double SPEED = 20;

    @TempDir
    private Path folder;

    private final HeardDiary diary = new HeardDiary(PATIENCE);

    /** The process ends in the freeze, and its mirror is lost; then a file breaks, and another commit overtakes the held one. */
    @Test
    void heldCommitIsWrittenOnceTheEndOfTheWindowWasFollowed() throws InterruptedException, IOException {
        try (Playground playground = playground();
                KubernetesClient ours = PlayedCluster.client(playground, "tidewatch")) {
            try (Reconciler first = start(playground, ours)) {
                ready(first, playground, ours);
                PlayedCluster.leap(playground, OPENS.minus(Duration.ofMinutes(4)));
                playground.operator().commit("a feature", rollout("a:2"));
                diary.await("held before the window", () -> diary.said("frozen").size() == 1);
            }
            int before = patches(playground).size();
            delete(folder.resolve("state/git"));
            try (Reconciler second = start(playground, ours)) {
                assertThat(second.camel().isStarted()).isTrue();
                diary.await("still held", () -> diary.said("frozen").size() == 2);
                PlayedCluster.leap(playground, OPENS.minusSeconds(5));
                diary.await("four pods", () -> PlayedCluster.readyPods(ours) == 4);
                playground.operator().commit("a mistake", Map.of("rollout.yaml", "kind: [\n"));
                diary.await("the mistake", () -> !diary.said("not-yaml").isEmpty());
                playground.operator().commit("a better feature", rollout("a:3"));
                diary.await("the next one is held", () -> diary.said("frozen").size() == 3);

                PlayedCluster.leap(playground, CLOSES.minusSeconds(5));
                diary.await("released", () -> image(ours).equals("a:3"));
                diary.await("told", () -> !released().isEmpty());
            }
            assertThat(rolloutPatches(patches(playground).stream().skip(before).toList()))
                    .as("one write, and none while it was held")
                    .singleElement()
                    .satisfies(patch -> assertThat(patch.at()).isAfter(CLOSES));
            List<String> paths = patches(playground).stream()
                    .map(RequestLog.Entry::path)
                    .filter(path -> path.endsWith("/checkout"))
                    .toList();
            assertThat(paths.subList(paths.size() - 2, paths.size()))
                    .as("first the minimum, then the template")
                    .satisfiesExactly(
                            path -> assertThat(path).contains("scaledobjects"),
                            path -> assertThat(path).contains("rollouts"));
            assertThat(diary.said("frozen"))
                    .allMatch(line ->
                            line.startsWith("freezeRollouts holds back commit ") && line.contains(" by Dana until "));
            assertThat(released())
                    .singleElement()
                    .asString()
                    .startsWith("Rollout checkout applied: containers[0].image a:1 → a:3 (")
                    .contains("Dana), held back by freezeRollouts for ");
            diary.await("the Events", () -> events(ours).containsAll(List.of("RevisionHeld", "RevisionReleased")));
        }
    }

    @Test
    void trailerLetsACommitThrough() throws InterruptedException {
        try (Playground playground = playground();
                KubernetesClient ours = PlayedCluster.client(playground, "tidewatch");
                Reconciler only = start(playground, ours)) {
            ready(only, playground, ours);
            PlayedCluster.leap(playground, OPENS.minusSeconds(5));
            diary.await("four pods", () -> PlayedCluster.readyPods(ours) == 4);
            playground.operator().commit("a feature", rollout("a:2"));
            diary.await("held", () -> diary.said("frozen").size() == 1);
            assertThat(image(ours)).isEqualTo("a:1");

            playground.operator().commit("a fix\n\nTidewatch-Override: payments fail", rollout("a:3"));

            diary.await("through", () -> image(ours).equals("a:3"));
            assertThat(playground.clock().instant()).isBefore(CLOSES);
            diary.await("told", () -> !released().isEmpty());
            assertThat(released())
                    .singleElement()
                    .asString()
                    .contains("a:1 → a:3, despite freezeRollouts, by Tidewatch-Override of Dana (")
                    .contains("): payments fail");
        }
    }

    private Playground playground() {
        Playground playground =
                Playground.start(folder, BEGINS, SPEED, "Dana", SimulationOptions.of(RolloutsVersion.V1_9_1));
        playground
                .operator()
                .commit(
                        "the definitions",
                        Map.of(
                                "rollout.yaml", rollout("a:1").get("rollout.yaml"),
                                "scaled.yaml", PlayedCluster.scaledObject("checkout", 2, 20),
                                "schedule.yaml", SCHEDULE));
        return playground;
    }

    private Reconciler start(Playground playground, KubernetesClient ours) {
        return PlayedCluster.startApplying(playground, folder, ours, diary);
    }

    private void ready(Reconciler reconciler, Playground playground, KubernetesClient ours)
            throws InterruptedException {
        assertThat(reconciler.camel().isStarted()).isTrue();
        diary.await("two pods", () -> PlayedCluster.readyPods(ours) == 2);
        diary.await("the HPA is observed", () -> playground.clock().instant().isAfter(BEGINS.plusSeconds(60)));
    }

    private List<String> released() {
        return diary.said("applied").stream()
                .filter(line -> line.contains("held back by freezeRollouts"))
                .toList();
    }

    private static Map<String, String> rollout(String image) {
        return Map.of("rollout.yaml", PlayedCluster.rollout("checkout", 2).replace("a:1", image));
    }

    private static String image(KubernetesClient client) {
        return client.genericKubernetesResources(PlayedCluster.kind("Rollout"))
                .inNamespace("shop")
                .withName("checkout")
                .get()
                .get("spec", "template", "spec", "containers", 0, "image");
    }

    private static List<String> events(KubernetesClient client) {
        return client.events().v1().events().inNamespace("shop").list().getItems().stream()
                .map(event -> event.getReason())
                .toList();
    }

    private static List<RequestLog.Entry> patches(Playground playground) {
        return playground.cluster().requests().entries().stream()
                .filter(entry ->
                        entry.verb().equals("patch") && entry.userAgent().equals("tidewatch") && !entry.dryRun())
                .toList();
    }

    private static List<RequestLog.Entry> rolloutPatches(List<RequestLog.Entry> patches) {
        return patches.stream()
                .filter(entry -> entry.path().contains("/rollouts/"))
                .toList();
    }

    private static void delete(Path directory) throws IOException {
        assertThat(directory).isDirectory();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static final String SCHEDULE = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: checkout-midnight, namespace: shop}
            spec:
              scaledObjectRef: {name: checkout}
              timeZone: Asia/Seoul
              windows:
                - {name: midnight-peak, start: "30 22 * * *", end: "0 23 * * *", minReplicas: 4}
              preflight: 5m
              freezeRollouts: true
            """;
}
