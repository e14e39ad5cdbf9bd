package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tidewatch.config.Configuration;
import io.tidewatch.config.ConfigurationReader;
import io.tidewatch.config.ConfigurationResult;
import io.tidewatch.demo.PlaygroundTimeline;
import io.tidewatch.loop.RunMode;
import io.tidewatch.playground.Playground;
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
 * Somebody who may write annotations, but no minimum, tries to have Tidewatch write it: as another manager, and in our own
 * manager's name. Source {@code good} may speak for namespace shop, source {@code evil} for evil.
 */
class AttackTest {

    private static final Instant BEGINS = Instant.parse("2026-11-22T06:00:00Z");
    private static final Instant OPENS = Instant.parse("2026-11-22T13:30:00Z");
    private static final List<String> SCHEDULED = List.of("checkout", "stolen", "gone", "late");
    private static final List<String> VICTIMS = List.of("forged", "million", "restored");
    private static final String US = "tidewatch";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private final HeardDiary diary = new HeardDiary(PATIENCE);

    @Test
    void annotationsGiveNobodyOurPermissions() throws InterruptedException {
        try (Playground playground =
                        Playground.start(folder, BEGINS, 20, "Dana", SimulationOptions.of(RolloutsVersion.V1_9_1));
                KubernetesClient mallory = PlayedCluster.client(playground, "mallory");
                KubernetesClient ours = PlayedCluster.client(playground, US)) {
            mallory.namespaces()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName("evil")
                            .endMetadata()
                            .build())
                    .create();
            SCHEDULED.forEach(name -> create(mallory, "shop", name));
            VICTIMS.forEach(name -> PlayedCluster.apply(mallory, US, PlayedCluster.scaledObject(name, 5, 20)));
            create(mallory, "evil", "victim");
            create(mallory, "evil", "own");
            playground
                    .operator()
                    .commit(
                            "schedules",
                            Map.of(
                                    "good/schedules.yaml",
                                    schedules("shop", SCHEDULED),
                                    "evil/own.yaml",
                                    schedules("evil", List.of("own"))));
            annotate(mallory, "shop", "checkout", "kubectl", Map.of("instance", "somebody-else"));
            annotate(mallory, "shop", "stolen", US, Map.of("instance", "somebody-else"));
            try (Reconciler running = start(playground, ours)) {
                assertThat(running.camel().isStarted()).isTrue();
                diary.await(
                        "the commits are read", () -> diary.said("commit-read").size() == 2);
                PlayedCluster.leap(playground, OPENS.minusSeconds(5));
                diary.await(
                        "edges are carried out",
                        () -> minimum(mallory, "shop", "checkout") == 7
                                && minimum(mallory, "shop", "gone") == 7
                                && minimum(mallory, "shop", "late") == 7
                                && minimum(mallory, "evil", "own") == 7);
                aForgedInstanceIsAWarning(mallory);
                orphansAreForged(playground, mallory);
                aRealOrphanIsRestored(playground, mallory);
            }
            whatWasRemovedMeanwhileIsRestoredFromTheHistory(playground, mallory, ours);
            assertThat(writesToVictims(playground)).isZero();
        }
    }

    private void aForgedInstanceIsAWarning(KubernetesClient mallory) throws InterruptedException {
        diary.await(
                "an incident", () -> !diary.saidOf("stolen", "incident-opened").isEmpty());

        assertThat(diary.saidOf("stolen", "incident-opened"))
                .containsExactly(
                        "incident: belongs to the Tidewatch instance somebody-else; this instance does not write to it");
        assertThat(minimum(mallory, "shop", "stolen")).isEqualTo(5);
    }

    private void orphansAreForged(Playground playground, KubernetesClient mallory) throws InterruptedException {
        String commit = annotation(mallory, "shop", "checkout", "commit");
        annotate(mallory, "evil", "victim", US, orphan("good", "5..20", commit));
        annotate(mallory, "shop", "forged", US, orphan("good", "0..20", commit));
        annotate(mallory, "shop", "million", US, orphan("good", "999999..999999", commit));
        annotate(mallory, "shop", "restored", "kubectl-client-side-apply", orphan("good", "0..20", commit));
        diary.await(
                "each is told",
                () -> List.of("victim", "forged", "million").stream()
                        .noneMatch(name -> diary.saidOf(name, "orphan-left").isEmpty()));

        assertThat(diary.saidOf("victim", "orphan-left"))
                .singleElement()
                .asString()
                .startsWith("its annotations name source good, which may not write to namespace evil");
        assertThat(diary.saidOf("forged", "orphan-left"))
                .singleElement()
                .asString()
                .contains(
                        "claim the baseline 0..20 at commit ",
                        " of source good, but the source had no such baseline there");
        assertThat(diary.saidOf("million", "orphan-left")).hasSize(1);
        diary.await(
                "receivers are told",
                () -> playground.slack().messages().stream()
                        .anyMatch(message -> message.toString().contains("shop/forged")));
    }

    /** With its annotations copied to an object that no schedule ever named, and not by force. */
    private void aRealOrphanIsRestored(Playground playground, KubernetesClient mallory) throws InterruptedException {
        playground
                .operator()
                .commit(
                        "without gone",
                        Map.of("good/schedules.yaml", schedules("shop", List.of("checkout", "stolen", "late"))));
        diary.await(
                "the baseline is back",
                () -> !diary.saidOf("gone", "removed-in-window").isEmpty());

        assertThat(minimum(mallory, "shop", "gone")).isEqualTo(5);
        assertThat(annotation(mallory, "shop", "gone", "instance")).isEmpty();
    }

    private void whatWasRemovedMeanwhileIsRestoredFromTheHistory(
            Playground playground, KubernetesClient mallory, KubernetesClient ours) throws InterruptedException {
        playground
                .operator()
                .commit(
                        "without late",
                        Map.of("good/schedules.yaml", schedules("shop", List.of("checkout", "stolen"))));
        diary.clear();
        try (Reconciler running = start(playground, ours)) {
            assertThat(running.camel().isStarted()).isTrue();
            diary.await("the baseline is back", () -> minimum(mallory, "shop", "late") == 5);
            diary.await(
                    "what is forged is told again after a start",
                    () -> List.of("victim", "forged", "million").stream()
                            .noneMatch(name -> diary.saidOf(name, "orphan-left").isEmpty()));
        }
        VICTIMS.forEach(
                name -> assertThat(minimum(mallory, "shop", name)).as(name).isEqualTo(5));
        assertThat(minimum(mallory, "evil", "victim")).isEqualTo(5);
        assertThat(diary.saidOf("restored", "orphan-left")).isEmpty();
    }

    private Reconciler start(Playground playground, KubernetesClient ours) {
        return Reconciler.start(
                configuration(playground),
                ours,
                new PlaygroundTimeline(playground.clock()),
                Path.of("").toAbsolutePath(),
                RunMode.ACT,
                diary);
    }

    private static long writesToVictims(Playground playground) {
        return playground.cluster().requests().entries().stream()
                .filter(entry ->
                        entry.verb().equals("patch") && entry.userAgent().equals(US) && !entry.dryRun())
                .filter(entry -> VICTIMS.stream().anyMatch(name -> entry.path().endsWith("/scaledobjects/" + name))
                        || entry.path().endsWith("/evil/scaledobjects/victim"))
                .count();
    }

    private static Map<String, String> orphan(String source, String baseline, String commit) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("instance", US);
        annotations.put("source", source);
        annotations.put("schedule", "shop/nothing");
        annotations.put("window", "peak@2026-11-22T13:30:00Z");
        annotations.put("baseline", baseline);
        annotations.put("applied", "5..20");
        annotations.put("commit", commit);
        return annotations;
    }

    private static void create(KubernetesClient client, String namespace, String name) {
        String json = PlayedCluster.scaledObject(name, 5, 20).replace("\"shop\"", "\"" + namespace + "\"");
        GenericKubernetesResource object =
                client.getKubernetesSerialization().unmarshal(json, GenericKubernetesResource.class);
        client.genericKubernetesResources(PlayedCluster.kind("ScaledObject"))
                .inNamespace(namespace)
                .resource(object)
                .create();
    }

    private static void annotate(
            KubernetesClient client, String namespace, String name, String manager, Map<String, String> annotations) {
        StringBuilder text = new StringBuilder();
        annotations.forEach((key, value) -> text.append(text.isEmpty() ? "" : ",")
                .append("\"tidewatch.io/")
                .append(key)
                .append("\":\"")
                .append(value)
                .append('"'));
        client.genericKubernetesResources(PlayedCluster.kind("ScaledObject"))
                .inNamespace(namespace)
                .withName(name)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(manager)
                                .build(),
                        "{\"metadata\":{\"annotations\":{" + text + "}}}");
    }

    private static GenericKubernetesResource live(KubernetesClient client, String namespace, String name) {
        return client.genericKubernetesResources(PlayedCluster.kind("ScaledObject"))
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    private static int minimum(KubernetesClient client, String namespace, String name) {
        return live(client, namespace, name).getAdditionalProperties().get("spec") instanceof Map<?, ?> spec
                        && spec.get("minReplicaCount") instanceof Number number
                ? number.intValue()
                : -1;
    }

    private static String annotation(KubernetesClient client, String namespace, String name, String key) {
        return Optional.ofNullable(live(client, namespace, name).getMetadata().getAnnotations())
                .map(all -> all.getOrDefault("tidewatch.io/" + key, ""))
                .orElse("");
    }

    private Configuration configuration(Playground playground) {
        String source = "{name: %1$s, url: '" + playground.operator().url() + "', ref: "
                + playground.operator().ref() + ", path: %1$s, interval: 20s, apply: none, namespaces: [%2$s]}";
        Map<String, String> files = Map.of(
                "application.properties",
                "tidewatch.state.directory = " + folder.resolve("state") + "\ntidewatch.http.address = 127.0.0.1:0\n",
                "sources.yaml",
                "sources: [" + source.formatted("good", "shop") + ", " + source.formatted("evil", "evil") + "]\n",
                "alerts.yaml",
                "receivers: [{name: chat, type: slack, webhookUrl: '"
                        + playground.slack().webhookUrl() + "'}]\ndefault: [chat]\n");
        ConfigurationResult read = ConfigurationReader.read(files, Map.of(), path -> Optional.empty());
        assertThat(read).isInstanceOf(ConfigurationResult.Accepted.class);
        return ((ConfigurationResult.Accepted) read).configuration();
    }

    private static String schedules(String namespace, List<String> names) {
        StringBuilder text = new StringBuilder();
        names.forEach(name -> text.append("""
                ---
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  scaledObjectRef: {name: %1$s}
                  timeZone: Asia/Seoul
                  baseline: {minReplicas: 5}
                  windows:
                    - {name: peak, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 7}
                """.formatted(name, namespace)));
        return text.toString();
    }
}
