package io.tidewatch.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.tidewatch.playground.Playground;
import io.tidewatch.playground.api.RequestLog;
import io.tidewatch.playground.clock.PlaygroundClock;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A night with a freeze whose process is killed while a commit is held: the next process holds it too, and releases it once. */
@Tag("full")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KilledFreezeTest {

    private static final Instant BEGINS = Instant.parse("2026-11-22T13:00:00Z");
    private static final Instant OPENS = Instant.parse("2026-11-22T13:30:00Z");
    private static final Instant MIDDLE = Instant.parse("2026-11-22T13:45:00Z");
    private static final Instant CLOSES = Instant.parse("2026-11-22T14:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final double SPEED = 10;

    @TempDir
    private Path folder;

    private Playground playground;
    private KubernetesClient client;
    private ReconcilerProcess process;

    @BeforeEach
    void begin() {
        playground = Playground.start(folder, BEGINS, SPEED, "Dana", SimulationOptions.of(RolloutsVersion.V1_9_1));
        client = playground.cluster().client();
        playground
                .operator()
                .commit(
                        "the definitions",
                        Map.of("rollout.yaml", ROLLOUT, "scaled.yaml", SCALED_OBJECT, "schedule.yaml", SCHEDULE));
        NightConfiguration.write(folder, playground, playground.slack().webhookUrl());
        process = started();
        playground.clock().onShift(() -> process.time(playground.clock()));
        await("two pods", () -> process.look().contains("shop/checkout=Converged/2/2"));
    }

    @Test
    void commitIsStillHeldAfterAKillAndReleasedOnce() {
        leap(OPENS.minusSeconds(5));
        await("four pods", () -> readyPods() == 4);
        playground.operator().commit("a feature", Map.of("rollout.yaml", ROLLOUT.replace("a:1", "a:2")));
        await("held", () -> said("frozen").size() == 1);
        int before = writesOfTheRollout().size();

        process.kill();
        replace();

        await("held by the next process", () -> said("frozen").size() == 1);
        leap(MIDDLE);
        await("a pass in the middle", () -> process.look().contains("shop/checkout=Converged/4/4"));
        leap(CLOSES.minusSeconds(5));
        assertThat(image()).isEqualTo("a:1");
        await("released", () -> image().equals("a:2"));
        await("told", () -> !released().isEmpty());
        await("the update is finished", () -> process.look().contains("shop/checkout=Converged/2/2"));

        assertThat(writesOfTheRollout().stream().skip(before))
                .as("one write, and none while it was held")
                .singleElement()
                .satisfies(write -> assertThat(write.at()).isAfter(CLOSES));
        assertThat(said("frozen")).as("told once by the next process").hasSize(1);
        assertThat(said("frozen"))
                .singleElement()
                .asString()
                .contains("freezeRollouts holds back commit ")
                .contains(" by Dana until window midnight-peak ends at ");
        assertThat(released())
                .singleElement()
                .asString()
                .contains("Rollout checkout applied: containers[0].image a:1 → a:2 (")
                .contains("Dana), held back by freezeRollouts for ");
        assertThat(said("AvailabilityLag")).isEmpty();
        assertThat(playground.slack().messages()).isEmpty();
    }

    @AfterEach
    void end() {
        process.close();
        client.close();
        playground.close();
    }

    private ReconcilerProcess started() {
        ReconcilerProcess fresh = ReconcilerProcess.spawn();
        fresh.awaitReady();
        fresh.go(folder, playground.cluster().url(), playground.clock());
        return fresh;
    }

    /** While nobody looks, time goes as it does: a restart of the process takes seconds. */
    private void replace() {
        PlaygroundClock clock = playground.clock();
        clock.setSpeed(1);
        process = started();
        clock.setSpeed(SPEED);
    }

    private void leap(Instant to) {
        playground.controllers().awaitIdle(PATIENCE);
        if (playground.clock().instant().isBefore(to)) {
            playground.clock().jumpTo(to);
        }
    }

    private void await(String what, BooleanSupplier holds) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("waiting for: %s; it said %s and logged %s", what, process.said(), process.errors())
                    .isLessThan(deadline);
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** By the process that runs now. */
    private List<String> said(String code) {
        return process.said().stream()
                .filter(line -> line.contains(" " + code + ": "))
                .toList();
    }

    private List<String> released() {
        return said("applied").stream()
                .filter(line -> line.contains("held back by freezeRollouts"))
                .toList();
    }

    private long readyPods() {
        return client.pods().inNamespace("shop").list().getItems().stream()
                .filter(Readiness::isPodReady)
                .count();
    }

    private String image() {
        return client.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                        .withGroup("argoproj.io")
                        .withVersion("v1alpha1")
                        .withKind("Rollout")
                        .withPlural("rollouts")
                        .withNamespaced(true)
                        .build())
                .inNamespace("shop")
                .withName("checkout")
                .get()
                .get("spec", "template", "spec", "containers", 0, "image");
    }

    private List<RequestLog.Entry> writesOfTheRollout() {
        return playground.cluster().requests().entries().stream()
                .filter(entry -> entry.verb().equals("patch") && !entry.dryRun())
                .filter(entry -> entry.path().endsWith("/rollouts/checkout"))
                .filter(entry -> entry.query().contains("fieldManager=tidewatch"))
                .toList();
    }

    private static final String ROLLOUT = """
            {"apiVersion":"argoproj.io/v1alpha1","kind":"Rollout","metadata":{"name":"checkout","namespace":"shop"},
             "spec":{"selector":{"matchLabels":{"app":"checkout"}},
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
