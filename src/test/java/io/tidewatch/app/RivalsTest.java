package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.tidewatch.app.config.Configuration;
import io.tidewatch.app.config.ConfigurationReader;
import io.tidewatch.app.config.ConfigurationResult;
import io.tidewatch.model.DiaryEntry;
import io.tidewatch.playground.Playground;
import io.tidewatch.playground.api.RequestLog;
import io.tidewatch.playground.clock.PlaygroundClock;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
    private static final List<String> TARGETS = List.of("adopt", "report", "force", "hand", "high", "anew");
    private static final String ARGO = "argocd-controller";
    private static final String RULE =
            "to end it: in the Argo CD Application write ignoreDifferences: [{group: keda.sh,"
                    + " kind: ScaledObject, jsonPointers: [/spec/minReplicaCount]}] and syncOptions:"
                    + " [RespectIgnoreDifferences=true]";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final double SPEED = 20;

    @TempDir
    private Path folder;

    private final List<DiaryEntry> diary = new CopyOnWriteArrayList<>();
    private final BlockingQueue<DiaryEntry> news = new LinkedBlockingQueue<>();

    @Test
    void eachRowOfTheTableStandsThroughOneNight() throws InterruptedException {
        try (Playground playground =
                        Playground.start(folder, BEGINS, SPEED, "Dana", SimulationOptions.of(RolloutsVersion.V1_9_1));
                KubernetesClient rival = client(playground, "rival");
                KubernetesClient ours = client(playground, "tidewatch")) {
            TARGETS.forEach(name -> {
                apply(rival, ARGO, rollout(name));
                apply(rival, ARGO, scaledObject(name, 5));
            });
            playground.operator().commit("schedules", Map.of("schedules.yaml", schedules()));
            try (Reconciler running = Reconciler.start(
                    configuration(playground),
                    ours,
                    timeline(playground.clock()),
                    Path.of("").toAbsolutePath(),
                    RunMode.ACT,
                    this::hear)) {
                assertThat(running.camel().isStarted()).isTrue();
                byDay(playground);
                leap(playground, OPENS);
                theWindowOpens(rival);
                fights(playground, rival);
                leap(playground, ENDS);
                theWindowEnds(playground, rival);
            }
        }
    }

    /** Who is in the way of 22:30 is said when the commit arrives, once for each target, and by dry runs alone. */
    private void byDay(Playground playground) throws InterruptedException {
        await(
                "what is ahead",
                () -> TARGETS.stream().allMatch(name -> ahead(name).isPresent()));

        assertThat(ahead("adopt").orElseThrow().code()).isEqualTo("ownership");
        assertThat(ahead("adopt").orElseThrow().text())
                .isEqualTo(
                        ARGO + " owns spec.minReplicaCount: taken over once when peak opens at 22:30 (minimum 5 → 7),"
                                + " a second time is a Conflict; " + RULE);
        assertThat(ahead("report").orElseThrow().code()).isEqualTo("conflict-ahead");
        assertThat(ahead("report").orElseThrow().text())
                .isEqualTo(
                        ARGO + " owns spec.minReplicaCount: Conflict when peak opens at 22:30, minimum 5 → 7 will not"
                                + " be written; " + RULE);
        assertThat(ahead("force").orElseThrow().text())
                .contains("taken over when peak opens at 22:30 (minimum 5 → 7), and whenever it is changed");
        assertThat(ahead("high").orElseThrow().text())
                .startsWith(ARGO + " owns spec.maxReplicaCount and spec.minReplicaCount")
                .contains("[/spec/maxReplicaCount, /spec/minReplicaCount]");
        assertThat(writes(playground)).as("nothing was written").isEmpty();
        assertThat(dryRuns(playground)).as("each was asked once").hasSize(TARGETS.size());
        await(
                "one message about the conflict ahead",
                () -> !playground.slack().messages().isEmpty());
        assertThat(playground.slack().messages())
                .singleElement()
                .asString()
                .contains("shop/report: " + ARGO + " owns spec.minReplicaCount: Conflict when peak opens at 22:30");
    }

    private void theWindowOpens(KubernetesClient rival) throws InterruptedException {
        await(
                "what may be taken over is",
                () -> List.of("adopt", "force", "hand", "high", "anew").stream()
                        .allMatch(name -> minimum(rival, name) == 7));
        assertThat(maximum(rival, "high")).isEqualTo(30);
        assertThat(maximum(rival, "adopt")).isEqualTo(20);
        await(
                "a conflict is an incident",
                () -> !said("report", "incident-opened").isEmpty());
        assertThat(said("report", "incident-opened"))
                .singleElement()
                .isEqualTo("incident: " + ARGO + " keeps the minimum at 5, wanted is 7; " + RULE);
        assertThat(minimum(rival, "report")).isEqualTo(5);
    }

    private void fights(Playground playground, KubernetesClient rival) throws InterruptedException {
        apply(rival, ARGO, scaledObject("adopt", 5));
        await("taken back once", () -> minimum(rival, "adopt") == 7);
        assertThat(annotation(rival, "adopt", "tidewatch.io/takeovers")).isEqualTo("1");
        apply(rival, ARGO, scaledObject("adopt", 5));
        await(
                "a second time is a conflict",
                () -> !said("adopt", "incident-opened").isEmpty());
        long writesToAdopt = writesTo(playground, "adopt");

        for (int i = 0; i < 2; i++) {
            apply(rival, ARGO, scaledObject("force", 5));
            await("forced", () -> minimum(rival, "force") == 7);
        }

        edit(rival, "hand", 9);
        await("left, and said", () -> !said("hand", "raised-by-hand").isEmpty());
        assertThat(minimum(rival, "hand")).isEqualTo(9);

        String before = uid(rival, "anew");
        delete(rival, "anew");
        apply(rival, ARGO, scaledObject("anew", 5));
        await("a new object is decided anew", () -> minimum(rival, "anew") == 7);
        assertThat(uid(rival, "anew")).isNotEqualTo(before);
        assertThat(annotation(rival, "anew", "tidewatch.io/takeovers")).isEmpty();

        assertThat(minimum(rival, "adopt")).isEqualTo(5);
        assertThat(writesTo(playground, "adopt"))
                .as("silent until the next edge")
                .isEqualTo(writesToAdopt);
        assertThat(said("adopt", "incident-opened"))
                .singleElement()
                .isEqualTo("incident: " + ARGO + " keeps the minimum at 5, wanted is 7; " + RULE);
    }

    private void theWindowEnds(Playground playground, KubernetesClient rival) throws InterruptedException {
        await(
                "what we hold goes back",
                () -> List.of("force", "high", "anew").stream().allMatch(name -> minimum(rival, name) == 5));
        await(
                "the conflicts are over",
                () -> !said("adopt", "incident-ended").isEmpty()
                        && !said("report", "incident-ended").isEmpty());

        assertThat(maximum(rival, "high")).as("the maximum comes back too").isEqualTo(20);
        assertThat(minimum(rival, "hand")).as("raised by hand is left").isEqualTo(9);
        assertThat(said("adopt", "incident-opened")).hasSize(1);
        assertThat(said("adopt", "incident-ended")).hasSize(1);
        assertThat(said("report", "incident-opened")).hasSize(1);
        assertThat(said("report", "incident-ended")).hasSize(1);
        assertThat(dryRuns(playground)).as("not one more question all night").hasSize(TARGETS.size());
        assertThat(diary.stream().map(DiaryEntry::code)).doesNotContain("refused");
    }

    private void hear(DiaryEntry entry) {
        diary.add(entry);
        news.add(entry);
    }

    private Optional<DiaryEntry> ahead(String name) {
        List<DiaryEntry> lines = diary.stream()
                .filter(entry -> entry.target()
                        .filter(target -> target.name().equals(name))
                        .isPresent())
                .filter(entry ->
                        List.of("ownership", "conflict-ahead", "refusal-ahead").contains(entry.code()))
                .toList();
        assertThat(lines).hasSizeLessThanOrEqualTo(1);
        return lines.stream().findFirst();
    }

    private List<String> said(String name, String code) {
        return diary.stream()
                .filter(entry -> entry.target()
                        .filter(target -> target.name().equals(name))
                        .isPresent())
                .filter(entry -> entry.code().equals(code))
                .map(DiaryEntry::text)
                .toList();
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

    private interface Question {
        boolean holds();
    }

    private void await(String what, Question question) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!question.holds()) {
            assertThat(System.nanoTime())
                    .as("waiting for: %s; the diary: %s", what, diary)
                    .isLessThan(deadline);
            news.poll(100, TimeUnit.MILLISECONDS);
        }
    }

    private static void leap(Playground playground, Instant to) {
        playground.controllers().awaitIdle(PATIENCE);
        Instant before = to.minusSeconds(5);
        if (playground.clock().instant().isBefore(before)) {
            playground.clock().jumpTo(before);
        }
    }

    private static KubernetesClient client(Playground playground, String agent) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(playground.cluster().config())
                        .withUserAgent(agent)
                        .build())
                .build();
    }

    private static ResourceDefinitionContext kind(String kind) {
        boolean rollout = kind.equals("Rollout");
        return new ResourceDefinitionContext.Builder()
                .withGroup(rollout ? "argoproj.io" : "keda.sh")
                .withVersion("v1alpha1")
                .withKind(kind)
                .withPlural(rollout ? "rollouts" : "scaledobjects")
                .withNamespaced(true)
                .build();
    }

    /** As a GitOps tool does it: its manifest stands, whoever else wrote. */
    private static void apply(KubernetesClient rival, String manager, String json) {
        GenericKubernetesResource object =
                rival.getKubernetesSerialization().unmarshal(json, GenericKubernetesResource.class);
        rival.genericKubernetesResources(kind(object.getKind()))
                .inNamespace("shop")
                .resource(object)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager(manager)
                                .withForce(true)
                                .build(),
                        json);
    }

    private static void edit(KubernetesClient rival, String name, int minimum) {
        rival.genericKubernetesResources(kind("ScaledObject"))
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
        rival.genericKubernetesResources(kind("ScaledObject"))
                .inNamespace("shop")
                .withName(name)
                .delete();
        await(
                "it is gone",
                () -> rival.genericKubernetesResources(kind("ScaledObject"))
                                .inNamespace("shop")
                                .withName(name)
                                .get()
                        == null);
    }

    private static GenericKubernetesResource live(KubernetesClient rival, String name) {
        return rival.genericKubernetesResources(kind("ScaledObject"))
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

    private static String rollout(String name) {
        return """
                {"apiVersion":"argoproj.io/v1alpha1","kind":"Rollout","metadata":{"name":"%1$s","namespace":"shop"},
                 "spec":{"replicas":5,"progressDeadlineSeconds":600,"selector":{"matchLabels":{"app":"%1$s"}},
                 "template":{"metadata":{"labels":{"app":"%1$s"}},"spec":{"containers":[{"name":"app","image":"a:1",
                 "resources":{}}]}},"strategy":{"canary":{"maxSurge":"25%%","maxUnavailable":0}}}}
                """.formatted(name);
    }

    private static String scaledObject(String name, int minimum) {
        return """
                {"apiVersion":"keda.sh/v1alpha1","kind":"ScaledObject","metadata":{"name":"%1$s","namespace":"shop"},
                 "spec":{"scaleTargetRef":{"apiVersion":"argoproj.io/v1alpha1","kind":"Rollout","name":"%1$s"},
                 "minReplicaCount":%2$d,"maxReplicaCount":20,
                 "triggers":[{"type":"metrics-api","metadata":{"targetValue":"10"}}]}}
                """.formatted(name, minimum);
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

    private Configuration configuration(Playground playground) {
        Map<String, String> files = Map.of(
                "application.properties",
                "tidewatch.state.directory = " + folder.resolve("state") + "\ntidewatch.http.address = 127.0.0.1:0\n",
                "sources.yaml",
                "sources: [{name: shop, url: '" + playground.operator().url() + "', ref: "
                        + playground.operator().ref() + ", interval: 20s, apply: none}]\n",
                "alerts.yaml",
                "receivers: [{name: chat, type: slack, webhookUrl: '"
                        + playground.slack().webhookUrl() + "'}]\ndefault: [chat]\n");
        ConfigurationResult read = ConfigurationReader.read(files, Map.of(), path -> Optional.empty());
        assertThat(read).isInstanceOf(ConfigurationResult.Accepted.class);
        return ((ConfigurationResult.Accepted) read).configuration();
    }

    private static Timeline timeline(PlaygroundClock clock) {
        return new Timeline() {
            @Override
            public Clock clock() {
                return clock;
            }

            @Override
            public Instant wallTimeOf(Instant then) {
                return clock.wallTimeOf(then);
            }

            @Override
            public void onShift(Runnable listener) {
                clock.onShift(listener);
            }
        };
    }
}
