package io.tidewatch.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.tidewatch.playground.Playground;
import io.tidewatch.playground.clock.PlaygroundClock;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
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

/** Nights with remedies that stay for a while, with processes that are killed meanwhile: nothing of them is left. */
@Tag("full")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RemedyNightTest {

    private static final Instant BEGINS = Instant.parse("2026-11-22T13:00:00Z");
    private static final Instant OPENS = Instant.parse("2026-11-22T13:30:00Z");
    private static final Instant CLOSES = Instant.parse("2026-11-22T14:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final double SPEED = 10;

    @TempDir
    private Path folder;

    @Test
    void anExtensionIsPutBackOnceThePodsCame() {
        try (Night night = new Night(RolloutsVersion.V1_9_1, EXTENSION, true)) {
            night.untilExtended();

            night.await("the pods come", () -> night.readyPods() == 4);
            night.await("it is put back", () -> night.deadline().equals(Optional.of("120")));

            night.assertNothingIsLeft();
            night.await("told", () -> !night.said("deadline-restored").isEmpty());
            assertThat(night.said("deadline-extended"))
                    .singleElement()
                    .asString()
                    .contains("progress deadline 120 s → 720 s")
                    .endsWith("(attempt 1 of 1)");
            assertThat(night.said("deadline-restored"))
                    .singleElement()
                    .asString()
                    .contains("progress deadline 720 → 120 again: it helped, the pods came before a timeout");
            assertThat(night.said("AvailabilityLag")).isEmpty();
            assertThat(night.said("drift")).isEmpty();
        }
    }

    @Test
    void anExtensionIsPutBackByTheNextProcess() {
        try (Night night = new Night(RolloutsVersion.V1_9_1, EXTENSION, true)) {
            night.untilExtended();
            night.killAndReplace();
            assertThat(night.deadline()).contains("720");

            night.await("the pods come", () -> night.readyPods() == 4);
            night.await("it is put back", () -> night.deadline().equals(Optional.of("120")));

            night.assertNothingIsLeft();
        }
    }

    @Test
    void aRestartOfARolloutThatNoSourceAppliesGoesOnAfterAKill() {
        try (Night night = new Night(RolloutsVersion.V1_7_2, RESTART, false)) {
            night.untilRestarting();
            night.killAndReplace();
            Instant asked = Instant.parse(night.restartAt().orElseThrow());

            night.await("the restart is done", () -> night.restartAt().isEmpty());

            night.await("two pods", () -> night.readyPods() == 2);
            assertThat(night.pods())
                    .allSatisfy(
                            pod -> assertThat(Instant.parse(pod.getMetadata().getCreationTimestamp()))
                                    .isAfterOrEqualTo(asked));
            night.assertNothingIsLeft();
            night.await("told", () -> !night.said("remedy-removed").isEmpty());
            assertThat(night.said("remedy-removed"))
                    .singleElement()
                    .asString()
                    .contains("spec.restartAt removed, the restart is done");
        }
    }

    @Test
    void aScheduleIsRemovedDuringARestart() {
        try (Night night = new Night(RolloutsVersion.V1_7_2, RESTART, false)) {
            night.untilRestarting();
            night.playground.operator().commit("no more peaks", Map.of("schedule.yaml", "# none any more\n"));

            night.await("the restart is done", () -> night.restartAt().isEmpty());
            night.await("the memory ends", () -> night.annotations().isEmpty());

            assertThat(night.minimum()).isEqualTo("2");
            night.assertNothingIsLeft();
        }
    }

    /** One night, with one application after the other. */
    private final class Night implements AutoCloseable {

        private final Playground playground;
        private final KubernetesClient client;
        private final boolean applies;
        private ReconcilerProcess process;

        Night(RolloutsVersion version, String schedule, boolean applies) {
            this.applies = applies;
            playground = Playground.start(folder, BEGINS, SPEED, "Dana", SimulationOptions.of(version));
            client = playground.cluster().client();
            Map<String, String> files =
                    new LinkedHashMap<>(Map.of("scaled.yaml", SCALED_OBJECT, "schedule.yaml", schedule));
            if (applies) {
                files.put("rollout.yaml", ROLLOUT);
            } else {
                apply(ROLLOUT);
            }
            playground.operator().commit("the definitions", files);
            NightConfiguration.write(folder, playground, playground.slack().webhookUrl());
            process = begin();
            playground.clock().onShift(() -> process.time(playground.clock()));
            await("two pods", () -> readyPods() == 2);
        }

        private ReconcilerProcess begin() {
            ReconcilerProcess fresh = ReconcilerProcess.spawn();
            fresh.awaitReady();
            fresh.go(folder, playground.cluster().url(), playground.clock());
            return fresh;
        }

        /** While nobody looks, time goes as it does: a restart of the process takes seconds. */
        void killAndReplace() {
            PlaygroundClock clock = playground.clock();
            ReconcilerProcess killed = process;
            killed.kill();
            clock.setSpeed(1);
            process = ReconcilerProcess.spawn();
            process.awaitReady();
            process.go(folder, playground.cluster().url(), clock);
            clock.setSpeed(SPEED);
        }

        void untilExtended() {
            playground.controllers().podReadyAfter(Duration.ofMinutes(4));
            leap(OPENS.minusSeconds(5));
            await("the deadline is longer", () -> deadline().equals(Optional.of("720")));
            assertThat(readyPods()).isEqualTo(2);
        }

        void untilRestarting() {
            leap(OPENS.minusSeconds(5));
            await("four pods", () -> readyPods() == 4);
            playground.controllers().staleReplicaSetCacheOnNextScale("shop", "checkout");
            leap(CLOSES.minusSeconds(5));
            await("a restart", () -> restartAt().isPresent());
        }

        private void leap(Instant to) {
            playground.controllers().awaitIdle(PATIENCE);
            if (playground.clock().instant().isBefore(to)) {
                playground.clock().jumpTo(to);
            }
        }

        void await(String what, BooleanSupplier holds) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!holds.getAsBoolean()) {
                assertThat(System.nanoTime())
                        .as("waiting for: %s; it said %s and logged %s", what, process.said(), process.errors())
                        .isLessThan(deadline);
                LockSupport.parkNanos(LOOK.toNanos());
            }
        }

        List<String> said(String code) {
            return process.said().stream()
                    .filter(line -> line.contains(" " + code + ": "))
                    .toList();
        }

        List<Pod> pods() {
            return client.pods().inNamespace("shop").list().getItems();
        }

        long readyPods() {
            return pods().stream().filter(Readiness::isPodReady).count();
        }

        Optional<String> deadline() {
            return text(rollout(), "spec", "progressDeadlineSeconds");
        }

        Optional<String> restartAt() {
            return text(rollout(), "spec", "restartAt");
        }

        String minimum() {
            return text(scaledObject(), "spec", "minReplicaCount").orElseThrow();
        }

        List<String> annotations() {
            return Optional.ofNullable(scaledObject().getMetadata().getAnnotations())
                    .map(all -> all.keySet().stream()
                            .filter(key -> key.startsWith("tidewatch.io/"))
                            .toList())
                    .orElse(List.of());
        }

        /** No field, no annotation, and no memory of it. */
        void assertNothingIsLeft() {
            await("the memory ends", () -> !remembered().contains("deadline="));
            GenericKubernetesResource rollout = rollout();
            assertThat(deadline()).isEqualTo(Optional.of("120"));
            assertThat(restartAt()).isEmpty();
            assertThat(Optional.ofNullable(rollout.getMetadata().getAnnotations())
                            .orElse(Map.of()))
                    .doesNotContainKey("tidewatch.io/nudged-at");
            assertThat(rollout.getMetadata().getManagedFields())
                    .filteredOn(entry -> entry.getManager().equals("tidewatch"))
                    .hasSize(applies ? 1 : 0);
        }

        private String remembered() {
            return Optional.ofNullable(scaledObject().getMetadata().getAnnotations())
                    .map(all -> all.getOrDefault("tidewatch.io/remedies", ""))
                    .orElse("");
        }

        private GenericKubernetesResource rollout() {
            return client.genericKubernetesResources(kind("Rollout"))
                    .inNamespace("shop")
                    .withName("checkout")
                    .get();
        }

        private GenericKubernetesResource scaledObject() {
            return client.genericKubernetesResources(kind("ScaledObject"))
                    .inNamespace("shop")
                    .withName("checkout")
                    .get();
        }

        private static Optional<String> text(GenericKubernetesResource object, String... path) {
            return Optional.ofNullable(object)
                    .map(found -> found.get((Object[]) path))
                    .map(String::valueOf);
        }

        private void apply(String json) {
            GenericKubernetesResource object =
                    client.getKubernetesSerialization().unmarshal(json, GenericKubernetesResource.class);
            client.genericKubernetesResources(kind("Rollout"))
                    .inNamespace("shop")
                    .resource(object)
                    .patch(
                            new PatchContext.Builder()
                                    .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                    .withFieldManager("kubectl")
                                    .build(),
                            json);
        }

        @Override
        public void close() {
            process.close();
            client.close();
            playground.close();
        }
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

    private static final String ROLLOUT = """
            {"apiVersion":"argoproj.io/v1alpha1","kind":"Rollout","metadata":{"name":"checkout","namespace":"shop"},
             "spec":{"progressDeadlineSeconds":120,"selector":{"matchLabels":{"app":"checkout"}},
             "template":{"metadata":{"labels":{"app":"checkout"}},"spec":{"containers":[{"name":"app","image":"a:1",
             "resources":{}}]}},"strategy":{"canary":{"maxSurge":1,"maxUnavailable":0}}}}
            """;

    private static final String SCALED_OBJECT = """
            {"apiVersion":"keda.sh/v1alpha1","kind":"ScaledObject","metadata":{"name":"checkout","namespace":"shop"},
             "spec":{"scaleTargetRef":{"apiVersion":"argoproj.io/v1alpha1","kind":"Rollout","name":"checkout"},
             "minReplicaCount":2,"maxReplicaCount":20,
             "triggers":[{"type":"metrics-api","metadata":{"targetValue":"10"}}]}}
            """;

    private static final String SCHEDULE = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: peaks, namespace: shop}
            spec:
              scaledObjectRef: {name: checkout}
              timeZone: Asia/Seoul
              windows:
                - {name: peak, start: "30 22 * * *", end: "0 23 * * *", minReplicas: 4}
              preflight: 0s
              checks: {timeout: 20m}
              remedies:
            """;

    private static final String EXTENSION = SCHEDULE + "    - {type: ExtendProgressDeadline, by: 10m}\n";

    private static final String RESTART = SCHEDULE + "    - {type: RestartRollout, attempts: 1}\n";
}
