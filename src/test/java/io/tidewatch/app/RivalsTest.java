package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.playground.Playground;
import io.tidewatch.playground.api.RequestLog;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * "Whose value stands" by the application as it runs: real server-side apply, and rivals that write with names of their
 * own. One night, a target for each row of the table.
 */
class RivalsTest {

    private static final Instant BEGINS = Instant.parse("2026-11-22T06:00:00Z");
    private static final Instant OPENS = Instant.parse("2026-11-22T13:30:00Z");
    private static final Instant ENDS = Instant.parse("2026-11-22T17:00:00Z");
    private static final List<String> TARGETS = List.of("adopt", "report", "force", "hand", "high", "anew", "small");
    private static final int QUESTIONS = 2 * TARGETS.size() - 1;
    private static final String ARGO = "argocd-controller";
    private static final String RULE =
            "to fix it: in the Argo CD Application write ignoreDifferences: [{group: keda.sh,"
                    + " kind: ScaledObject, jsonPointers: [/spec/minReplicaCount]}] and syncOptions:"
                    + " [RespectIgnoreDifferences=true]";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final double SPEED = 20;

    @TempDir
    private Path folder;

    private final HeardDiary diary = new HeardDiary(PATIENCE);

    @Test
    void eachRowOfTheTableStandsThroughOneNight() throws InterruptedException {
        try (Playground playground =
                        Playground.start(folder, BEGINS, SPEED, "Dana", SimulationOptions.of(RolloutsVersion.V1_9_1));
                KubernetesClient rival = PlayedCluster.client(playground, "rival");
                KubernetesClient ours = PlayedCluster.client(playground, "tidewatch")) {
            TARGETS.forEach(name -> {
                PlayedCluster.apply(rival, ARGO, PlayedCluster.rollout(name, 5));
                PlayedCluster.apply(rival, ARGO, PlayedCluster.scaledObject(name, 5, name.equals("small") ? 6 : 20));
            });
            playground.operator().commit("schedules", Map.of("schedules.yaml", schedules()));
            try (Reconciler running = PlayedCluster.start(playground, folder, ours, diary)) {
                assertThat(running.camel().isStarted()).isTrue();
                byDay(playground);
                PlayedCluster.leap(playground, OPENS.minusSeconds(5));
                theWindowOpens(rival);
                fights(playground, rival);
                PlayedCluster.leap(playground, ENDS.minusSeconds(5));
                theWindowEnds(playground, rival);
            }
        }
    }

    /** Who is in the way of 22:30 is said when the commit arrives, once for each target, and by dry runs alone. */
    private void byDay(Playground playground) throws InterruptedException {
        diary.await(
                "what is ahead",
                () -> TARGETS.stream().allMatch(name -> ahead(name).isPresent()));

        assertThat(ahead("adopt").orElseThrow().code()).isEqualTo("ownership");
        assertThat(ahead("adopt").orElseThrow().text())
                .isEqualTo(
                        ARGO + " owns spec.minReplicaCount: Tidewatch will take it over once when peak opens at 22:30"
                                + " (minimum 5 → 7); a second time is a Conflict; " + RULE);
        assertThat(ahead("report").orElseThrow().code()).isEqualTo("conflict-ahead");
        assertThat(ahead("report").orElseThrow().text())
                .isEqualTo(
                        ARGO + " owns spec.minReplicaCount: Conflict when peak opens at 22:30, minimum 5 → 7 will not"
                                + " be written; " + RULE);
        assertThat(ahead("force").orElseThrow().text())
                .contains("take it over when peak opens at 22:30 (minimum 5 → 7) and whenever it is changed");
        assertThat(ahead("high").orElseThrow().text())
                .startsWith(ARGO + " owns spec.maxReplicaCount and spec.minReplicaCount")
                .contains("[/spec/maxReplicaCount, /spec/minReplicaCount]");
        assertThat(writes(playground)).as("nothing was written").isEmpty();
        assertThat(dryRuns(playground))
                .as("each was asked once, and once more with force where it may be taken over")
                .hasSize(QUESTIONS);
        assertThat(ahead("small").orElseThrow().code()).isEqualTo("refusal-ahead");
        assertThat(ahead("small").orElseThrow().text())
                .startsWith("the API server will reject the write when peak opens at 22:30 (minimum 5 → 7): (422) ")
                .contains("minReplicaCount must be less than or equal to maxReplicaCount");
        diary.await(
                "one message about the conflict ahead",
                () -> !playground.slack().messages().isEmpty());
        assertThat(playground.slack().messages())
                .singleElement()
                .asString()
                .contains("2 targets will not be written at their next edge, the first is shop/report: " + ARGO
                        + " owns spec.minReplicaCount: Conflict when peak opens at 22:30")
                .contains("shop/small: the API server will reject the write");
    }

    private void theWindowOpens(KubernetesClient rival) throws InterruptedException {
        diary.await(
                "what may be taken over is",
                () -> List.of("adopt", "force", "hand", "high", "anew").stream()
                        .allMatch(name -> minimum(rival, name) == 7));
        assertThat(maximum(rival, "high")).isEqualTo(30);
        assertThat(maximum(rival, "adopt")).isEqualTo(20);
        String conflict = "incident: " + ARGO + " keeps the minimum at 5, desired is 7; " + RULE;
        diary.await(
                "a conflict is an incident",
                () -> diary.saidOf("report", "incident-opened").contains(conflict));
        assertThat(diary.saidOf("report", "incident-opened"))
                .as("the warning of the preflight, and the conflict that continues it")
                .satisfiesExactly(
                        warning -> assertThat(warning).startsWith("incident: " + ARGO + " owns the minimum"),
                        incident -> assertThat(incident).isEqualTo(conflict));
        assertThat(minimum(rival, "report")).isEqualTo(5);
    }

    private void fights(Playground playground, KubernetesClient rival) throws InterruptedException {
        PlayedCluster.apply(rival, ARGO, PlayedCluster.scaledObject("adopt", 5, 20));
        diary.await("taken back once", () -> minimum(rival, "adopt") == 7);
        assertThat(annotation(rival, "adopt", "tidewatch.io/takeovers")).isEqualTo("1");
        PlayedCluster.apply(rival, ARGO, PlayedCluster.scaledObject("adopt", 5, 20));
        diary.await(
                "a second time is a conflict",
                () -> !diary.saidOf("adopt", "incident-opened").isEmpty());
        long writesToAdopt = writesTo(playground, "adopt");

        for (int i = 0; i < 2; i++) {
            PlayedCluster.apply(rival, ARGO, PlayedCluster.scaledObject("force", 5, 20));
            diary.await("forced", () -> minimum(rival, "force") == 7);
        }

        diary.await(
                "and said so",
                () -> diary.saidOf("force", "minimum-set").stream()
                                .filter(line -> line.startsWith("forced back: minimum 5 → 7"))
                                .count()
                        == 2);

        edit(rival, "hand", 9);
        diary.await(
                "left, and said", () -> !diary.saidOf("hand", "raised-by-hand").isEmpty());
        assertThat(minimum(rival, "hand")).isEqualTo(9);

        String before = uid(rival, "anew");
        delete(rival, "anew");
        PlayedCluster.apply(rival, ARGO, PlayedCluster.scaledObject("anew", 5, 20));
        diary.await("a new object is decided anew", () -> minimum(rival, "anew") == 7);
        assertThat(uid(rival, "anew")).isNotEqualTo(before);
        assertThat(annotation(rival, "anew", "tidewatch.io/takeovers")).isEmpty();

        assertThat(minimum(rival, "adopt")).isEqualTo(5);
        assertThat(writesTo(playground, "adopt"))
                .as("silent until the next edge")
                .isEqualTo(writesToAdopt);
        assertThat(diary.saidOf("adopt", "incident-opened"))
                .singleElement()
                .isEqualTo("incident: " + ARGO + " keeps the minimum at 5, desired is 7; " + RULE);
    }

    private void theWindowEnds(Playground playground, KubernetesClient rival) throws InterruptedException {
        diary.await(
                "what we hold goes back",
                () -> List.of("force", "high", "anew").stream().allMatch(name -> minimum(rival, name) == 5));
        diary.await(
                "the conflicts are over",
                () -> !diary.saidOf("adopt", "incident-ended").isEmpty()
                        && diary.saidOf("report", "incident-ended").size() == 2);

        assertThat(maximum(rival, "high")).as("the maximum comes back too").isEqualTo(20);
        assertThat(minimum(rival, "hand")).as("raised by hand is left").isEqualTo(9);
        assertThat(diary.saidOf("adopt", "incident-opened")).hasSize(1);
        assertThat(diary.saidOf("adopt", "incident-ended")).hasSize(1);
        assertThat(diary.saidOf("report", "incident-opened"))
                .as("the warning of the preflight, and the conflict")
                .hasSize(2);
        assertThat(diary.saidOf("report", "incident-ended")).hasSize(2);
        assertThat(dryRuns(playground)).as("not one more question all night").hasSize(QUESTIONS);
        assertThat(diary.entries().filter(entry -> entry.code().equals("refused")))
                .allMatch(entry -> entry.target().orElseThrow().name().equals("small"));
        assertThat(diary.saidOf("small", "incident-opened"))
                .as("the warning of the preflight, and the rejection")
                .satisfiesExactly(
                        warning -> assertThat(warning)
                                .startsWith("incident: the minimum 7 is above the ScaledObject's maximum 6"),
                        incident -> assertThat(incident)
                                .startsWith("incident: the API server rejected the change (422): "));
    }

    private Optional<DiaryEntry> ahead(String name) {
        List<DiaryEntry> lines = diary.entries()
                .filter(entry -> HeardDiary.isAbout(entry, name))
                .filter(entry ->
                        List.of("ownership", "conflict-ahead", "refusal-ahead").contains(entry.code()))
                .toList();
        assertThat(lines).hasSizeLessThanOrEqualTo(1);
        return lines.stream().findFirst();
    }

    private static List<RequestLog.Entry> patches(Playground playground) {
        return playground.cluster().requests().entries().stream()
                .filter(entry ->
                        entry.verb().equals("patch") && entry.userAgent().equals("tidewatch"))
                .toList();
    }

    private static List<RequestLog.Entry> writes(Playground playground) {
        return patches(playground).stream().filter(entry -> !entry.dryRun()).toList();
    }

    private static List<RequestLog.Entry> dryRuns(Playground playground) {
        return patches(playground).stream().filter(RequestLog.Entry::dryRun).toList();
    }

    private static long writesTo(Playground playground, String name) {
        return writes(playground).stream()
                .filter(entry -> entry.path().endsWith("/scaledobjects/" + name))
                .count();
    }

    private static void edit(KubernetesClient rival, String name, int minimum) {
        rival.genericKubernetesResources(PlayedCluster.kind("ScaledObject"))
                .inNamespace("shop")
                .withName(name)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager("kubectl-edit")
                                .build(),
                        "{\"spec\":{\"minReplicaCount\":" + minimum + "}}");
    }

    private void delete(KubernetesClient rival, String name) throws InterruptedException {
        rival.genericKubernetesResources(PlayedCluster.kind("ScaledObject"))
                .inNamespace("shop")
                .withName(name)
                .delete();
        diary.await(
                "it is gone",
                () -> rival.genericKubernetesResources(PlayedCluster.kind("ScaledObject"))
                                .inNamespace("shop")
                                .withName(name)
                                .get()
                        == null);
    }

    private static GenericKubernetesResource live(KubernetesClient rival, String name) {
        return rival.genericKubernetesResources(PlayedCluster.kind("ScaledObject"))
                .inNamespace("shop")
                .withName(name)
                .get();
    }

    private static int minimum(KubernetesClient rival, String name) {
        return count(live(rival, name), "minReplicaCount");
    }

    private static int maximum(KubernetesClient rival, String name) {
        return count(live(rival, name), "maxReplicaCount");
    }

    private static int count(GenericKubernetesResource object, String field) {
        return object.getAdditionalProperties().get("spec") instanceof Map<?, ?> spec
                        && spec.get(field) instanceof Number number
                ? number.intValue()
                : -1;
    }

    private static String annotation(KubernetesClient rival, String name, String key) {
        return Optional.ofNullable(live(rival, name).getMetadata().getAnnotations())
                .map(all -> all.getOrDefault(key, ""))
                .orElse("");
    }

    private static String uid(KubernetesClient rival, String name) {
        return live(rival, name).getMetadata().getUid();
    }

    private static String schedules() {
        Map<String, String> policies = new LinkedHashMap<>();
        TARGETS.forEach(name -> policies.put(name, "Adopt"));
        policies.put("report", "Report");
        policies.put("force", "Force");
        StringBuilder text = new StringBuilder();
        policies.forEach((name, policy) -> text.append("""
                ---
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: %1$s, namespace: shop}
                spec:
                  scaledObjectRef: {name: %1$s}
                  timeZone: Asia/Seoul
                  baseline: {minReplicas: 5%2$s}
                  windows:
                    - {name: peak, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 7%3$s}
                  onConflict: %4$s
                """.formatted(
                        name,
                        name.equals("high") ? ", maxReplicas: 20" : "",
                        name.equals("high") ? ", maxReplicas: 30" : "",
                        policy)));
        return text.toString();
    }
}
