package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.tidewatch.cluster.Kinds;
import io.tidewatch.config.Configuration;
import io.tidewatch.config.ConfigurationReader;
import io.tidewatch.config.ConfigurationResult;
import io.tidewatch.demo.PlaygroundTimeline;
import io.tidewatch.loop.RunMode;
import io.tidewatch.model.definition.FurtherKind;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.playground.Playground;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What tests of the whole application need around it: clients with names, objects that others own, a played clock. */
final class PlayedCluster {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private PlayedCluster() {}

    static KubernetesClient client(Playground playground, String agent) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(playground.cluster().config())
                        .withUserAgent(agent)
                        .build())
                .build();
    }

    /** The application on the playground, in the night's time, with one source that applies nothing. */
    static Reconciler start(Playground playground, Path folder, KubernetesClient ours, Consumer<DiaryEntry> diary) {
        return start(playground, folder, ours, RunMode.ACT, diary);
    }

    /** The same in another mode. */
    static Reconciler start(
            Playground playground, Path folder, KubernetesClient ours, RunMode mode, Consumer<DiaryEntry> diary) {
        return start(configuration(playground, folder), playground, ours, mode, diary);
    }

    /** The same with a source that applies what it declares. */
    static Reconciler startApplying(
            Playground playground, Path folder, KubernetesClient ours, Consumer<DiaryEntry> diary) {
        return start(configuration(playground, folder, "all"), playground, ours, RunMode.ACT, diary);
    }

    /** The same with a source that applies what it declares, objects of these further kinds too. */
    static Reconciler startApplying(
            Playground playground,
            Path folder,
            KubernetesClient ours,
            List<FurtherKind> kinds,
            Consumer<DiaryEntry> diary) {
        String apply =
                "all, kinds: [" + kinds.stream().map(FurtherKind::toString).collect(Collectors.joining(", ")) + "]";
        return start(configuration(playground, folder, apply), playground, ours, RunMode.ACT, diary);
    }

    static Reconciler start(
            Configuration configuration,
            Playground playground,
            KubernetesClient ours,
            RunMode mode,
            Consumer<DiaryEntry> diary) {
        return start(configuration, playground, ours, mode, WatchdogLimits.withoutExit(), diary);
    }

    /** The same with other limits of the watchdog, and where health and metrics are served. */
    static Reconciler start(
            Configuration configuration,
            Playground playground,
            KubernetesClient ours,
            RunMode mode,
            WatchdogLimits limits,
            Consumer<DiaryEntry> diary) {
        return Reconciler.start(
                configuration,
                ours,
                new PlaygroundTimeline(playground.clock()),
                Path.of("").toAbsolutePath(),
                mode,
                limits,
                diary);
    }

    static ResourceDefinitionContext kind(String kind) {
        return Kinds.of(kind).context();
    }

    /** As a GitOps tool does it: its manifest stands, whoever else wrote. */
    static void apply(KubernetesClient rival, String manager, String json) {
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

    /** Forward, and only once all that the controllers had to do is done. */
    static void leap(Playground playground, Instant to) {
        playground.controllers().awaitIdle(PATIENCE);
        if (playground.clock().instant().isBefore(to)) {
            playground.clock().jumpTo(to);
        }
    }

    static long readyPods(KubernetesClient client) {
        return client.pods().inNamespace("shop").list().getItems().stream()
                .filter(Readiness::isPodReady)
                .count();
    }

    static String rollout(String name, int replicas) {
        return """
                {"apiVersion":"argoproj.io/v1alpha1","kind":"Rollout","metadata":{"name":"%1$s","namespace":"shop"},
                 "spec":{"replicas":%2$d,"progressDeadlineSeconds":600,"selector":{"matchLabels":{"app":"%1$s"}},
                 "template":{"metadata":{"labels":{"app":"%1$s"}},"spec":{"containers":[{"name":"app","image":"a:1",
                 "resources":{}}]}},"strategy":{"canary":{"maxSurge":"25%%","maxUnavailable":0}}}}
                """.formatted(name, replicas);
    }

    static String scaledObject(String name, int minimum, int maximum) {
        return """
                {"apiVersion":"keda.sh/v1alpha1","kind":"ScaledObject","metadata":{"name":"%1$s","namespace":"shop"},
                 "spec":{"scaleTargetRef":{"apiVersion":"argoproj.io/v1alpha1","kind":"Rollout","name":"%1$s"},
                 "minReplicaCount":%2$d,"maxReplicaCount":%3$d,
                 "triggers":[{"type":"metrics-api","metadata":{"targetValue":"10"}}]}}
                """.formatted(name, minimum, maximum);
    }

    static String hpa(String name, String kind, int minimum, int maximum) {
        return """
                {"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"%1$s","namespace":"shop"},
                 "spec":{"scaleTargetRef":{"apiVersion":"%2$s","kind":"%3$s","name":"%1$s"},
                 "minReplicas":%4$d,"maxReplicas":%5$d,
                 "metrics":[{"type":"Resource","resource":{"name":"cpu",
                 "target":{"type":"Utilization","averageUtilization":80}}}]}}
                """.formatted(name, Kinds.of(kind).apiVersion(), kind, minimum, maximum);
    }

    static Configuration configuration(Playground playground, Path folder) {
        return configuration(playground, folder, "none");
    }

    private static Configuration configuration(Playground playground, Path folder, String apply) {
        return configuration(playground, folder, apply, "");
    }

    /** @param more lines of application.properties */
    static Configuration configuration(Playground playground, Path folder, String apply, String more) {
        Map<String, String> files = Map.of(
                "application.properties",
                "tidewatch.state.directory = " + folder.resolve("state") + "\ntidewatch.http.address = 127.0.0.1:0\n"
                        + more,
                "sources.yaml",
                "sources: [{name: shop, url: '" + playground.operator().url() + "', ref: "
                        + playground.operator().ref() + ", interval: 20s, apply: " + apply + "}]\n",
                "alerts.yaml",
                "receivers: [{name: chat, type: slack, webhookUrl: '"
                        + playground.slack().webhookUrl() + "'}]\ndefault: [chat]\n");
        ConfigurationResult read = ConfigurationReader.read(files, Map.of(), path -> Optional.empty());
        assertThat(read).isInstanceOf(ConfigurationResult.Accepted.class);
        return ((ConfigurationResult.Accepted) read).configuration();
    }
}
