package io.tidewatch.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.FailedSchedulings;
import io.tidewatch.model.cluster.Quotas;
import io.tidewatch.model.cluster.RaiseFacts;
import io.tidewatch.model.definition.RemedyPolicy.Type;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import io.tidewatch.model.diagnosis.Advisory;
import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Preflights;
import io.tidewatch.model.preflight.Risk;
import io.tidewatch.observe.Dump;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreflightChecksTest {

    private static final Instant NOW = Instant.parse("2026-11-23T17:15:25Z");
    private static final Duration SOON = Duration.ofMinutes(5);
    private static final Given UP = Given.raise(target("x-up-converged/checkout"), 7, 9, NOW.plus(SOON));

    /** What stands in the dumps, most of them of real controllers, and what a raise by two pods in ten minutes would meet. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(nullValues = "-", textBlock = """
                    up-converged,                  x-up-converged/checkout,            7, 2026-11-23T17:15:25Z, -
                    user-paused,                   x-user-paused/checkout,             7, 2026-11-23T17:18:43Z, RolloutPaused
                    canary-step-paused,            x-canary-step-paused/checkout,      7, 2026-11-23T17:17:34Z, UpdateInFlight
                    aborted-scale-down,            x-aborted/checkout,                 5, 2026-11-23T17:17:33Z, -
                    inconclusive-analysis,         shop/checkout,                      8, 2026-11-22T13:08:40Z, InconclusiveAnalysis UpdateInFlight
                    bluegreen-broken-preview,      lab/bgbroken,                       7, 2026-11-25T11:07:40Z, BrokenRevisionTakesCapacity
                    scaled-object-paused,          shop/checkout,                      7, 2026-11-22T13:01:00Z, ScaledObjectPaused
                    paused-at-three,               diag-lab/pausedrep,                 7, 2026-11-25T14:16:10Z, ScaledObjectPaused
                    keda-invalid-trigger-up,       x-keda-invalid-trigger-up/checkout, 7, 2026-11-23T17:15:56Z, KedaNotFollowing
                    metrics-failing-down,          x-metrics-failing-down/checkout,    5, 2026-11-23T17:16:06Z, -
                    idle-inactive-up,              x-idle-up/checkout,                 7, 2026-11-23T18:04:24Z, IdleWithoutActivity
                    keda-not-selecting,            shop/checkout,                      7, 2026-11-22T13:07:20Z, KedaNotSelecting
                    unschedulable,                 x-unschedulable/checkout,           8, 2026-11-23T17:16:28Z, Unschedulable
                    load-holds-replicas,           shop/checkout,                      5, 2026-11-22T13:05:00Z, -
                    broken-revision-takes-capacity, shop/checkout,                     7, 2026-11-22T13:08:00Z, BrokenRevisionTakesCapacity
                    converged-updating,            shop/checkout,                      7, 2026-11-22T13:02:00Z, UpdateInFlight
                    invalid-spec,                  shop/checkout,                      7, 2026-11-22T13:01:00Z, InvalidSpec
                    target-missing,                shop/checkout,                      5, 2026-11-22T13:00:40Z, KedaNotFollowing TargetMissing
                    deployment-rolling-up,         v-deployment-rolling/checkout,      8, 2026-11-30T05:56:58Z, UpdateInFlight
                    deployment-broken-update,      w-deployment-broken/checkout,       8, 2026-11-28T20:08:46Z, BrokenRevisionTakesCapacity
                    deployment-paused-mid-update,  v-deployment-paused-mid/checkout,   8, 2026-11-30T05:57:48Z, -
                    statefulset-rolling-up,        v-statefulset-rolling/checkout,     7, 2026-11-30T06:00:06Z, UpdateInFlight
                    statefulset-partition,         w-sts-partition/checkout,           7, 2026-11-28T19:54:54Z, -
                    statefulset-on-delete,         v-statefulset-on-delete/checkout,   7, 2026-11-30T05:58:41Z, -
                    """)
    void findsWhatTheRaiseWouldMeet(String dump, String of, int minimum, Instant now, String words) {
        Given given = Given.raise(target(of), minimum, minimum + 2, now.plus(Duration.ofMinutes(10)));

        assertThat(words(given.findings(Given.dump(dump), now)))
                .containsExactlyElementsOf(words == null ? List.of() : Arrays.asList(words.split(" ")));
    }

    @Test
    void aHoldThatLastsPastTheRaiseIsFound() {
        List<Map<String, Object>> held = Given.changed(
                Given.dump("up-converged"),
                "ScaledObject",
                List.of("metadata", "annotations"),
                Map.of(
                        "tidewatch.io/hold-until",
                        NOW.plus(Duration.ofHours(1)).toString(),
                        "tidewatch.io/hold-reason",
                        "load test"));
        List<Map<String, Object>> expiring = Given.changed(
                Given.dump("up-converged"),
                "ScaledObject",
                List.of("metadata", "annotations"),
                Map.of("tidewatch.io/hold-until", NOW.plus(SOON).toString()));

        assertThat(UP.findings(held, NOW)).singleElement().satisfies(finding -> {
            assertThat(finding.risk()).isEqualTo(Risk.HOLD);
            assertThat(finding.sentence())
                    .isEqualTo(
                            "a hold lasts until 2026-11-23T18:15:25Z (load test), and nothing is written until then");
            assertThat(finding.evidence()).isNotEmpty();
        });
        assertThat(UP.findings(expiring, NOW)).isEmpty();
    }

    @Test
    void anotherManagersMinimumIsFoundWhereTheScheduleReportsItOnly() {
        List<Map<String, Object>> owned = Given.changed(
                Given.dump("up-converged"),
                "ScaledObject",
                List.of("metadata", "managedFields"),
                List.of(Map.of(
                        "manager",
                        "argocd-controller",
                        "operation",
                        "Apply",
                        "fieldsV1",
                        Map.of("f:spec", Map.of("f:minReplicaCount", Map.of())))));

        assertThat(UP.with(ConflictPolicy.REPORT).findings(owned, NOW))
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence())
                        .isEqualTo("argocd-controller owns the minimum, and onConflict: Report lets its value stand"));
        assertThat(UP.findings(owned, NOW)).isEmpty();
    }

    @Test
    void aDeadlineOfAnotherManagerIsFoundWhereTheRemedyWouldNeedIt() {
        List<Map<String, Object>> owned = deadline(60);
        Given extending = UP.allowing(Type.EXTEND_PROGRESS_DEADLINE);

        assertThat(extending.findings(owned, NOW))
                .singleElement()
                .satisfies(finding -> assertThat(
                                finding.risk().word() + ": " + finding.sentence() + "; " + finding.advice())
                        .isEqualTo("ProgressDeadlineOwned: ExtendProgressDeadline cannot act: argocd-controller owns"
                                + " spec.progressDeadlineSeconds, and its 60 s are shorter than the 300 s of checks.timeout;"
                                + " raise progressDeadlineSeconds to 300 or more where argocd-controller writes it, or let it"
                                + " give up the field"));
        assertThat(extending.findings(deadline(300), NOW)).isEmpty();
        assertThat(UP.findings(owned, NOW)).isEmpty();
    }

    private static List<Map<String, Object>> deadline(int seconds) {
        List<Map<String, Object>> written = Given.changed(
                Given.dump("up-converged"), "Rollout", List.of("spec", "progressDeadlineSeconds"), seconds);
        return Given.changed(
                written,
                "Rollout",
                List.of("metadata", "managedFields"),
                List.of(Map.of(
                        "manager",
                        "argocd-controller",
                        "operation",
                        "Apply",
                        "fieldsV1",
                        Map.of("f:spec", Map.of("f:progressDeadlineSeconds", Map.of())))));
    }

    @Test
    void aMinimumAboveTheMaximumIsFoundUnlessTheRaiseWritesTheMaximumToo() {
        List<Map<String, Object>> capped =
                Given.changed(Given.dump("up-converged"), "ScaledObject", List.of("spec", "maxReplicaCount"), 8);

        assertThat(UP.findings(capped, NOW))
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence())
                        .isEqualTo("the minimum 9 is above the ScaledObject's maximum 8"));
        assertThat(UP.settingMax().findings(capped, NOW)).isEmpty();
    }

    @Test
    void aMaximumOfTheHpaThatKedaDoesNotUpdateIsFound() {
        List<Map<String, Object>> capped =
                Given.changed(Given.dump("up-converged"), "HorizontalPodAutoscaler", List.of("spec", "maxReplicas"), 8);

        assertThat(UP.findings(capped, NOW))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.sentence()).startsWith("the HPA's maximum is 8, below the minimum 9"));
    }

    /** An HPA without KEDA that scales a Deployment, whose minimum a schedule sets. */
    @Test
    void aRaiseOfAnHpaWithoutKedaIsCheckedByItsOwnFields() {
        Instant now = Instant.parse("2026-11-28T19:56:24Z");
        Given given = Given.raise(target("w2-bare-up/checkout"), 7, 9, now.plus(SOON));
        List<Map<String, Object>> dump = Given.dump("hpa-alone-up");
        List<Map<String, Object>> owned = Given.changed(
                dump,
                "HorizontalPodAutoscaler",
                List.of("metadata", "managedFields"),
                List.of(Map.of(
                        "manager",
                        "argocd-controller",
                        "operation",
                        "Apply",
                        "fieldsV1",
                        Map.of("f:spec", Map.of("f:minReplicas", Map.of())))));
        List<Map<String, Object>> full = new ArrayList<>(dump);
        full.add(quota("w2-bare-up", 8, 7));

        assertThat(given.check(dump, now).of(given.target())).isPresent();
        assertThat(given.findings(dump, now)).isEmpty();
        assertThat(given.findings(
                        Given.changed(dump, "HorizontalPodAutoscaler", List.of("spec", "maxReplicas"), 8), now))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.sentence()).isEqualTo("the minimum 9 is above the HPA's maximum 8");
                    assertThat(finding.advice()).startsWith("raise maxReplicas to 9 or more");
                    assertThat(finding.key()).isEqualTo("HpaCapped HPA checkout");
                });
        assertThat(given.with(ConflictPolicy.REPORT).findings(owned, now))
                .singleElement()
                .satisfies(finding -> assertThat(finding.advice())
                        .isEqualTo("let argocd-controller give up spec.minReplicas, or set onConflict: Adopt"));
        assertThat(given.findings(full, now))
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence()).contains("leaves room for 1 of 2 new pods"));
    }

    @Test
    void anHpaThatCannotScaleItsTargetIsFoundAndFailingMetricsAreNot() {
        assertThat(UP.findings(withHpaCondition("AbleToScale", "FailedGetScale"), NOW))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.risk()).isEqualTo(Risk.HPA_NOT_SCALING);
                    assertThat(finding.sentence())
                            .isEqualTo("HPA keda-hpa-checkout cannot scale its target (FailedGetScale: why)");
                });
        assertThat(UP.findings(withHpaCondition("ScalingActive", "FailedGetExternalMetric"), NOW))
                .isEmpty();
    }

    private static List<Map<String, Object>> withHpaCondition(String type, String reason) {
        return Given.changed(
                Given.dump("up-converged"),
                "HorizontalPodAutoscaler",
                List.of("status", "conditions"),
                List.of(Map.of("type", type, "status", "False", "reason", reason, "message", "why")));
    }

    @Test
    void controllersWithoutAReadyPodAreFound() {
        List<Map<String, Object>> down = new ArrayList<>(Given.dump("up-converged"));
        down.removeIf(object -> "Deployment".equals(object.get("kind")));
        down.add(Given.controller("keda", "keda-operator", "ghcr.io/kedacore/keda:2.20.2", 0));
        down.add(Given.controller("argo-rollouts", "argo-rollouts", "quay.io/argoproj/argo-rollouts:v1.8.3", 0));
        List<Map<String, Object>> up = new ArrayList<>(Given.dump("up-converged"));
        up.add(Given.controller("keda", "keda-operator", "ghcr.io/kedacore/keda:2.20.2", 1));
        up.add(Given.controller("argo-rollouts", "argo-rollouts", "quay.io/argoproj/argo-rollouts:v1.8.3", 1));

        assertThat(words(UP.findings(down, NOW))).containsExactly("KedaNotFollowing", "RolloutsControllerNotFollowing");
        assertThat(UP.findings(up, NOW)).isEmpty();
    }

    @Test
    void aKnownFaultThatNoRemedyMayCureIsNamedWithTheVersionThatEndsIt() {
        assertThat(advisories(UP, "v1.7.2")).singleElement().asString().contains("#4047", "upgrade to v1.8.3 or later");
        assertThat(advisories(UP.allowing(Type.EXTEND_PROGRESS_DEADLINE), "v1.7.2"))
                .hasSize(1);
        assertThat(advisories(UP.allowing(Type.NUDGE_REPLICA_SETS), "v1.7.2")).isEmpty();
        assertThat(advisories(UP, "v1.8.3")).isEmpty();
        assertThat(UP.findings(withRollouts("v1.7.2"), NOW)).as("no finding").isEmpty();
    }

    private static List<String> advisories(Given given, String version) {
        return given.check(withRollouts(version), NOW).of(given.target()).orElseThrow().advisories().stream()
                .map(Advisory::line)
                .toList();
    }

    private static List<Map<String, Object>> withRollouts(String version) {
        List<Map<String, Object>> objects = new ArrayList<>(Given.dump("up-converged"));
        objects.removeIf(object -> "Deployment".equals(object.get("kind")));
        objects.add(Given.controller("argo-rollouts", "argo-rollouts", "quay.io/argoproj/argo-rollouts:" + version, 1));
        return objects;
    }

    @Test
    void aQuotaWithoutRoomIsFoundWithItsNumbersAndOnlyUntilItsRoomIsEnough() {
        assertThat(UP.findings(withQuota("x-up-converged", 8, 7), NOW))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.sentence())
                            .isEqualTo("ResourceQuota pods leaves room for 1 of 2 new pods: pods is 7 of 8 used,"
                                    + " and they need 2");
                    assertThat(finding.advice()).isEqualTo("raise pods of ResourceQuota pods to 9 or more");
                });
        assertThat(UP.findings(withQuota("x-up-converged", 9, 7), NOW)).isEmpty();
        assertThat(UP.findings(withQuota("another", 8, 7), NOW)).isEmpty();
    }

    @Test
    void whatMayNotBeListedIsNamedAndAllElseIsFound() {
        List<Map<String, Object>> capped =
                Given.changed(Given.dump("up-converged"), "ScaledObject", List.of("spec", "maxReplicaCount"), 8);
        ClusterState state = new Dump(capped, List.of())
                .read(NOW)
                .with(new RaiseFacts(
                        new Quotas(
                                List.of(),
                                List.of(),
                                Set.of(),
                                Map.of("x-up-converged", "the permission to list limitranges is missing")),
                        new FailedSchedulings(
                                List.of(), Map.of("x-up-converged", "the permission to list events is missing"))));

        assertThat(UP.check(state, NOW).of(UP.target())).hasValueSatisfying(preflight -> {
            assertThat(words(preflight.findings())).containsExactly("HpaCapped");
            assertThat(preflight.unchecked())
                    .containsExactly(
                            "ResourceQuotas: the permission to list limitranges is missing",
                            "FailedScheduling Events: the permission to list events is missing");
        });
    }

    /** A canary of 7 with two revisions of 6 and 2 pods: at 14 they have 12 and 4. */
    @Test
    void whileAnUpdateIsInFlightBothRevisionsGrow() {
        Given given = Given.raise(target("shop/checkout"), 7, 14, NOW.plus(SOON));
        List<Map<String, Object>> updating = new ArrayList<>(Given.dump("converged-updating"));
        updating.add(quota("shop", 11, 8));

        assertThat(given.findings(updating, NOW))
                .filteredOn(finding -> finding.risk() == Risk.QUOTA_EXCEEDED)
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence()).contains("leaves room for 3 of 8 new pods"));
    }

    private static List<Map<String, Object>> withQuota(String namespace, int hard, int used) {
        List<Map<String, Object>> objects = new ArrayList<>(Given.dump("up-converged"));
        objects.add(quota(namespace, hard, used));
        return objects;
    }

    private static Map<String, Object> quota(String namespace, int hard, int used) {
        Map<String, Object> limit = Map.of("pods", Integer.toString(hard));
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ResourceQuota",
                "metadata",
                Map.of("name", "pods", "namespace", namespace),
                "spec",
                Map.of("hard", limit),
                "status",
                Map.of("hard", limit, "used", Map.of("pods", Integer.toString(used))));
    }

    /** Random raises at random instants: a finding appears only from preflight before the raise until the raise. */
    @Test
    void nothingIsFoundOutsideOfThePreflightTime() {
        Random random = new Random(211);
        List<Map<String, Object>> paused = Given.dump("user-paused");
        Target target = target("x-user-paused/checkout");
        int live = 7;
        int found = 0;
        for (int i = 0; i < 1_000; i++) {
            Instant at = NOW.plusSeconds(random.nextInt(7200) - 3600);
            Duration preflight = Duration.ofSeconds(random.nextInt(4) * 600);
            int to = live - 2 + random.nextInt(5);
            Given given = Given.raise(target, 5, to, at).with(preflight);
            boolean isIn = !preflight.isZero()
                    && NOW.isBefore(at)
                    && !NOW.isBefore(at.minus(preflight))
                    && to > live
                    && to > 5;
            Preflights preflights = given.check(paused, NOW);

            assertThat(preflights.of(target).isPresent()).as("%s", given).isEqualTo(isIn);
            assertThat(!preflights.findings(target).isEmpty()).as("%s", given).isEqualTo(isIn);
            assertThat(preflights.faults().isEmpty()).isTrue();
            Instant begins = at.minus(preflight);
            assertThat(preflights.next())
                    .as("%s", given)
                    .isEqualTo(
                            to > 5 && !preflight.isZero() && NOW.isBefore(begins)
                                    ? Optional.of(begins)
                                    : Optional.empty());
            found += isIn ? 1 : 0;
        }
        assertThat(found).isGreaterThan(30);
    }

    @Test
    void aTargetWithoutItsObjectsHasNoPreflight() {
        assertThat(UP.check(List.of(), NOW).byTarget()).isEmpty();
    }

    static List<String> words(List<Finding> findings) {
        return findings.stream().map(finding -> finding.risk().word()).toList();
    }

    private static Target target(String text) {
        String[] parts = text.split("/");
        return new Target(parts[0], parts[1]);
    }
}
