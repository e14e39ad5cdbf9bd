package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.MovedClock;
import io.tidewatch.definition.DefinitionReader;
import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.model.Commit;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.plan.DryRun;
import io.tidewatch.model.plan.DryRunAnswer;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Pass;
import io.tidewatch.observe.ObjectReader;
import io.tidewatch.observe.Observations;
import io.tidewatch.plan.DryRunPlanner;
import io.tidewatch.schedule.DesiredStates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions about the edges ahead: once for each commit and target, never on an idle pass, never in a loop. */
class DryRunStageTest {

    private static final Instant DAY = Instant.parse("2026-11-22T03:00:00Z");
    private static final String SCHEDULE = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: night, namespace: shop}
            spec:
              scaledObjectRef: {name: checkout}
              timeZone: Asia/Seoul
              baseline: {minReplicas: 5}
              windows: [{name: peak, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 7}]
            """;

    private final MovedClock clock = new MovedClock(DAY);
    private final List<DryRun> asked = new ArrayList<>();
    private final List<DiaryEntry> said = new ArrayList<>();
    private Function<DryRun, DryRunAnswer> server = DryRunAnswer.Accepted::new;
    private Optional<Map<String, Object>> workload = Optional.empty();
    private int looks;
    private int turns;
    private final DryRunStage stage = stage(true);

    @Test
    void oneCommitIsOneDryRunHoweverManyPasses() {
        Definitions definitions = definitions(SCHEDULE);
        for (int i = 0; i < 5; i++) {
            pass(definitions, 5);
        }

        assertThat(asked).singleElement().satisfies(dryRun -> {
            assertThat(dryRun.at()).isEqualTo(Instant.parse("2026-11-22T13:30:00Z"));
            assertThat(dryRun.uid()).isEqualTo("uid-1");
            assertThat(dryRun.force()).isFalse();
            assertThat(((Map<?, ?>) dryRun.body().get("spec")).get("minReplicaCount"))
                    .isEqualTo(7);
        });
        assertThat(said).as("nobody is in the way").isEmpty();
    }

    /** The route has waited for the turn of the first one. */
    @Test
    void aSecondDryRunOfATargetWaitsForATurnOfItsOwn() {
        List<Integer> turnsBefore = new ArrayList<>();
        server = dryRun -> {
            turnsBefore.add(turns);
            return dryRun.force()
                    ? new DryRunAnswer.Accepted(dryRun)
                    : new DryRunAnswer.Owned(
                            dryRun, List.of(new DryRunAnswer.Owner("kubectl", ".spec.minReplicaCount")));
        };

        pass(definitions(SCHEDULE), 5);

        assertThat(turnsBefore).containsExactly(0, 1);
    }

    @Test
    void aCommitThatChangesNothingOfATargetNeedsNoDryRun() {
        pass(definitions(SCHEDULE), 5);
        pass(definitions("# a comment above moves it down a line\n" + SCHEDULE), 5);
        assertThat(asked).hasSize(1);

        pass(definitions(SCHEDULE.replace("minReplicas: 7", "minReplicas: 8")), 5);

        assertThat(asked).hasSize(2);
    }

    @Test
    void aTargetThatDoesNotExistYetHasItsDryRunOnceItDoes() {
        Definitions definitions = definitions(SCHEDULE);
        stage.keep(pass(definitions, Optional.empty()));
        assertThat(stage.dryRuns()).isEmpty();

        pass(definitions, 5);

        assertThat(asked).hasSize(1);
    }

    @Test
    void aMinimumRaisedManuallyAboveTheWindowNeedsNoDryRun() {
        pass(definitions(SCHEDULE), 9);

        assertThat(asked).isEmpty();
    }

    @Test
    void withoutAnAnswerTheDryRunIsSentAgainAfterAPauseAndNotForEver() {
        server = dryRun -> new DryRunAnswer.Unanswered(dryRun, "etcdserver: request timed out");
        Definitions definitions = definitions(SCHEDULE);
        pass(definitions, 5);
        pass(definitions, 5);
        assertThat(asked).as("not before the pause is over").hasSize(1);

        for (int i = 0; i < 10; i++) {
            clock.moveTo(clock.instant().plus(Duration.ofMinutes(1)));
            pass(definitions, 5);
        }

        assertThat(asked).hasSize(5);
        assertThat(said)
                .extracting(DiaryEntry::text)
                .containsExactly(
                        "the dry run of the write when peak opens at 22:30 got no answer, so who owns its fields is"
                                + " unknown:"
                                + " etcdserver: request timed out");
    }

    @Test
    void aFieldThatIsTakenOverHasADryRunWithForceToo() {
        server = dryRun -> dryRun.force()
                ? new DryRunAnswer.Rejected(dryRun, 403, "admission webhook \"guard\" denied the request")
                : new DryRunAnswer.Owned(dryRun, List.of(new DryRunAnswer.Owner("helm", ".spec.minReplicaCount")));

        pass(definitions(SCHEDULE), 5);

        assertThat(asked).extracting(DryRun::force).containsExactly(false, true);
        assertThat(said).singleElement().satisfies(line -> {
            assertThat(line.code()).isEqualTo("refusal-ahead");
            assertThat(line.text())
                    .isEqualTo("the API server will reject the write when peak opens at 22:30 (minimum 5 → 7): (403)"
                            + " admission webhook \"guard\" denied the request");
        });
    }

    @Test
    void aConflictThatIsOnlyReportedHasNoDryRunWithForce() {
        server = dryRun ->
                new DryRunAnswer.Owned(dryRun, List.of(new DryRunAnswer.Owner("helm", ".spec.minReplicaCount")));

        pass(definitions(SCHEDULE + "  onConflict: Report\n"), 5);

        assertThat(asked).hasSize(1);
        assertThat(said).singleElement().satisfies(line -> {
            assertThat(line.code()).isEqualTo("conflict-ahead");
            assertThat(line.text())
                    .isEqualTo(
                            "helm owns spec.minReplicaCount: Conflict when peak opens at 22:30, minimum 5 → 7 will not"
                                    + " be written; to fix it: stop helm from writing spec.minReplicaCount, or set onConflict:"
                                    + " Force");
        });
    }

    /** It is no conflict of ours, and costs no request; a commit that changes the target reports it again. */
    @Test
    void whoAppliesReplicasOfTheRolloutIsReportedOnceForACommit() {
        workload = Optional.of(written("Rollout", "argocd-controller", "Apply", ""));
        Definitions definitions = definitions(SCHEDULE);
        pass(definitions, 5);
        pass(definitions, 5);

        assertThat(asked).hasSize(1);
        assertThat(said).singleElement().satisfies(line -> {
            assertThat(line.code()).isEqualTo("replicas-owned");
            assertThat(line.text())
                    .isEqualTo(
                            "argocd-controller owns spec.replicas of Rollout checkout, which an autoscaler scales: each apply sets"
                                    + " the number back after a rescale; to fix it: in the Argo CD Application write"
                                    + " ignoreDifferences: [{group: argoproj.io, kind: Rollout, jsonPointers: [/spec/replicas]}] and"
                                    + " syncOptions: [RespectIgnoreDifferences=true], then leave replicas out of the manifest in Git");
        });

        pass(definitions(SCHEDULE.replace("minReplicas: 7", "minReplicas: 8")), 5);

        assertThat(said).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Deployment", "StatefulSet"})
    void whoAppliesReplicasOfAnotherWorkloadIsReportedWithTheRuleForItsKind(String kind) {
        workload = Optional.of(written(kind, "argocd-controller", "Apply", ""));
        pass(definitions(SCHEDULE), 5);
        DryRunStage observing = stage(false);
        observing.keep(pass(definitions(SCHEDULE), Optional.of(5)));
        assertThat(observing.dryRuns()).isEmpty();

        assertThat(said).hasSize(2).allSatisfy(line -> {
            assertThat(line.code()).isEqualTo("replicas-owned");
            assertThat(line.text())
                    .contains(
                            "argocd-controller owns spec.replicas of " + kind + " checkout, which an autoscaler scales",
                            "ignoreDifferences: [{group: apps, kind: " + kind + ", jsonPointers: [/spec/replicas]}]");
        });
    }

    @Test
    void whoeverScalesOrIsAControllerAppliesNothing() {
        for (Map<String, Object> written : List.of(
                written("Rollout", "kube-controller-manager", "Update", "scale"),
                written("Deployment", "kubectl", "Update", "scale"),
                written("StatefulSet", "kubectl-edit", "Update", ""),
                written("Rollout", "rollouts-controller", "Update", ""),
                written("Deployment", "tidewatch-initial-replicas", "Apply", ""))) {
            workload = Optional.of(written);
            pass(definitions(SCHEDULE + "# " + written), 5);
        }

        assertThat(said).isEmpty();
    }

    @Test
    void anObserverSendsNoDryRun() {
        DryRunStage observing = stage(false);

        observing.keep(pass(definitions(SCHEDULE), Optional.of(5)));

        assertThat(observing.dryRuns()).isEmpty();
    }

    /** It costs no request and no permission. */
    @Test
    void whoeverOnlyObservesIsAskedNothingAndStillHearsOfTheOwnerOfReplicas() {
        workload = Optional.of(written("Rollout", "argocd-controller", "Apply", ""));
        Definitions definitions = definitions(SCHEDULE);
        DryRunStage observing = stage(false);

        for (int i = 0; i < 3; i++) {
            observing.keep(pass(definitions, Optional.of(5)));
            assertThat(observing.dryRuns()).isEmpty();
        }

        assertThat(said).extracting(DiaryEntry::code).containsExactly("replicas-owned");
    }

    private void pass(Definitions definitions, int minimum) {
        stage.keep(pass(definitions, Optional.of(minimum)));
        stage.report(stage.dryRuns().stream().map(stage::send).toList());
    }

    private DryRunStage stage(boolean asking) {
        return new DryRunStage(
                new DryRunPlanner("tidewatch", Map.of()),
                asking,
                Leadership.ALONE,
                DesiredStates::at,
                dryRun -> {
                    asked.add(dryRun);
                    return server.apply(dryRun);
                },
                () -> turns++,
                clock,
                (pass, report) -> said.addAll(report.diary()),
                () -> looks++);
    }

    private Pass pass(Definitions definitions, Optional<Integer> minimum) {
        Instant now = clock.instant();
        DesiredState desiredState = DesiredStates.at(definitions, now);
        ClusterState state = new ClusterState(
                now,
                minimum.stream()
                        .map(min -> ObjectReader.scaledObject(live(min), now))
                        .toList(),
                List.of(),
                workload.map(found -> read(found, now)).stream().toList(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                Set.of());
        return Pass.begin(definitions, desiredState, Diagnoses.NONE)
                .with(state, Observations.of(state, desiredState.desired().keySet()));
    }

    private static Workload read(Map<String, Object> object, Instant now) {
        return switch (String.valueOf(object.get("kind"))) {
            case "Deployment" -> ObjectReader.deployment(object, now);
            case "StatefulSet" -> ObjectReader.statefulSet(object, now);
            default -> ObjectReader.rollout(object, now);
        };
    }

    private Map<String, Object> live(int minimum) {
        Object kind = workload.map(found -> found.get("kind")).orElse("Rollout");
        String apiVersion = kind.equals("Rollout") ? "argoproj.io/v1alpha1" : "apps/v1";
        return Map.of(
                "kind",
                "ScaledObject",
                "metadata",
                Map.of("name", "checkout", "namespace", "shop", "uid", "uid-1", "resourceVersion", "1"),
                "spec",
                Map.of(
                        "minReplicaCount",
                        minimum,
                        "scaleTargetRef",
                        Map.of("apiVersion", apiVersion, "kind", kind, "name", "checkout")));
    }

    private static Map<String, Object> written(String kind, String manager, String operation, String subresource) {
        return Map.of(
                "kind",
                kind,
                "metadata",
                Map.of(
                        "name",
                        "checkout",
                        "namespace",
                        "shop",
                        "managedFields",
                        List.of(Map.of(
                                "manager", manager,
                                "operation", operation,
                                "subresource", subresource,
                                "fieldsV1", Map.of("f:spec", Map.of("f:replicas", Map.of()))))),
                "spec",
                Map.of("replicas", 5));
    }

    private static Definitions definitions(String text) {
        Commit commit = new Commit("shop", "c" + text.hashCode(), "Dana", DAY, "a commit");
        Map<String, String> files = Map.of("a.yaml", text);
        return new Definitions(List.of(new DefinitionReader()
                .read(new Checkout(commit, new TreeMap<>(files), files.keySet()), Optional.empty(), PastTexts.NONE)));
    }
}
