package io.tidewatch.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.playground.Playground;
import io.tidewatch.playground.api.RequestLog;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An evening on the playground whose quota leaves no room for the raise of the night. */
@Tag("full")
class PreflightNightTest {

    private static final Instant BEGINS = Instant.parse("2026-11-22T12:50:00Z");
    private static final Instant RAISE = Instant.parse("2026-11-22T13:30:00Z");
    private static final Duration PREFLIGHT = Duration.ofMinutes(15);
    private static final double SPEED = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<DiaryEntry> said = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void aQuotaIsFoundBeforeTheRaiseAndItsIncidentEndsBeforeTheRaise() {
        try (Playground playground = Playground.start(
                folder,
                BEGINS,
                SPEED,
                "Dana",
                SimulationOptions.of(RolloutsVersion.V1_7_2).withNodes(12).withHpaSyncPeriod(Duration.ofSeconds(3)))) {
            KubernetesClient admin = playground.cluster().client();
            ClusterLook look = ClusterLook.at(playground.cluster());
            quota(admin, 6);
            NightConfiguration.write(folder, playground, playground.slack().webhookUrl());
            playground.operator().commit("raise checkout at night", definitions());
            ToldTimeline timeline = new ToldTimeline();
            Runnable told = () -> timeline.told(
                    Instant.now(),
                    playground.clock().instant(),
                    playground.clock().speed());
            told.run();
            playground.clock().onShift(told);
            try (StandingApplication application = StandingApplication.start(
                    NightConfiguration.texts(folder), playground.cluster().url(), timeline, said::add)) {
                await("five pods", () -> look.readyPods("checkout") == 5 && look.minimum("checkout") == 5);
                assertThat(lists(playground, "resourcequotas"))
                        .as("before the preflight")
                        .isZero();

                playground.clock().jumpTo(RAISE.minus(PREFLIGHT).minusSeconds(5));
                await("the incident", () -> times("incident-opened") == 1);
                assertThat(lists(playground, "resourcequotas")).isEqualTo(1);
                DiaryEntry opened = only("incident-opened");
                assertThat(opened.at())
                        .isBetween(
                                RAISE.minus(PREFLIGHT), RAISE.minus(PREFLIGHT).plusSeconds(60));
                assertThat(opened.text())
                        .isEqualTo("incident: ResourceQuota pods leaves room for 1 of 2 new pods: pods is 5 of 6 used,"
                                + " and they need 2 (window night raises 5 → 7 at 13:30:00 UTC)");

                quota(admin, 8);
                await("its end", () -> times("incident-ended") == 1);
                assertThat(only("incident-ended").at()).isBefore(RAISE);
                assertThat(only("incident-ended").text()).endsWith("the preflight finds nothing any more");

                playground.clock().jumpTo(RAISE.minusSeconds(2));
                await("seven pods", () -> look.readyPods("checkout") == 7);
                await("the step", () -> times("available") == 1);
                assertThat(times("incident-opened")).isEqualTo(1);
                await("both messages", () -> playground.slack().messages().size() == 2);
                assertThat(playground.slack().messages().get(0))
                        .contains("Preflight: QuotaExceeded", "raise pods of ResourceQuota pods to 7 or more");
                assertThat(playground.slack().messages().get(1)).contains("preflight warning ended after");
            }
        }
    }

    private static void quota(KubernetesClient admin, int hard) {
        admin.resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName("pods")
                        .withNamespace("shop")
                        .endMetadata()
                        .withNewSpec()
                        .withHard(Map.of("pods", new Quantity(Integer.toString(hard))))
                        .endSpec()
                        .build())
                .serverSideApply();
    }

    private static Map<String, String> definitions() {
        return Map.of("checkout.yaml", """
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: {name: checkout, namespace: shop}
                spec:
                  selector: {matchLabels: {app: checkout}}
                  strategy: {canary: {maxSurge: 25%, maxUnavailable: 0}}
                  template:
                    metadata: {labels: {app: checkout}}
                    spec: {containers: [{name: web, image: "shop/web:1.0"}]}
                ---
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: checkout, namespace: shop}
                spec:
                  scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: checkout}
                  minReplicaCount: 5
                  maxReplicaCount: 20
                  triggers:
                    - {type: metrics-api, metadata: {targetValue: "100", url: "http://load.shop/", valueLocation: load}}
                """, "night.yaml", """
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: night, namespace: shop}
                spec:
                  scaledObjectRef: {name: checkout}
                  timeZone: UTC
                  windows:
                    - {name: night, start: "30 13 * * *", duration: 3h, minReplicas: 7}
                """);
    }

    private static long lists(Playground playground, String resource) {
        return playground.cluster().requests().entries().stream()
                .filter(entry ->
                        entry.verb().equals("list") && entry.userAgent().startsWith("tidewatch"))
                .map(RequestLog.Entry::path)
                .filter(path -> path.contains("/" + resource))
                .count();
    }

    private long times(String code) {
        return said.stream().filter(entry -> entry.code().equals(code)).count();
    }

    private DiaryEntry only(String code) {
        return said.stream()
                .filter(entry -> entry.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private void await(String what, BooleanSupplier there) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!there.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("waiting for %s; it said %s", what, said)
                    .isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
