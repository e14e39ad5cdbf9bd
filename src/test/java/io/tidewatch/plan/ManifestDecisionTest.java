package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.LiveObject;
import io.tidewatch.model.plan.Plan.Skipped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What one declared object needs: creation, its content, the hand-over of replicas, or nothing. */
class ManifestDecisionTest {

    private static final Optional<Freeze.Hold> HOLD =
            Optional.of(new Freeze.Hold("until it may", Optional.of(Given.CLOSES)));

    private static final ObjectKey ROLLOUT = new ObjectKey("argoproj.io/v1alpha1", "Rollout", "shop", "checkout");

    @Test
    void aRolloutUnderAnAutoscalerIsCreatedWithTheMinimumOfItsAutoscaler() {
        Action.ApplyManifest create =
                apply(restoring(Map.of("paused", true)).rollout(Optional.empty(), minimum(7), Optional.empty()));

        assertThat(create.on()).isEmpty();
        assertThat(create.body()).isEqualTo(content(Map.of("paused", true, "replicas", 7)));
        assertThat(create.reason()).isEqualTo("created by commit 3f2c1ab");
    }

    @Test
    void aRolloutThatNothingScalesIsCreatedAsWritten() {
        assertThat(apply(restoring(Map.of("replicas", 3)).rollout(Optional.empty(), Optional.empty(), Optional.empty()))
                        .body())
                .isEqualTo(content(Map.of("replicas", 3)));
    }

    @Test
    void replicasThatWeOwnUnderAnAutoscalerAreHandedOverFirstAndThenGivenUp() {
        ManifestDecision decision = restoring(Map.of("paused", true));

        assertThat(decision.rollout(
                                live(Map.of("paused", true, "replicas", 5), "tidewatch", "replicas"),
                                minimum(7),
                                Optional.empty())
                        .action())
                .hasValueSatisfying(action -> assertThat(action)
                        .isInstanceOfSatisfying(
                                Action.HandOverReplicas.class,
                                handOver -> assertThat(handOver.replicas()).isEqualTo(5)));
        LiveObject handedOver = new LiveObject(
                ROLLOUT,
                new Action.Version("uid-1", "100"),
                owned(
                        Map.of("paused", true, "replicas", 5),
                        entry("tidewatch", "replicas"),
                        entry("tidewatch-initial-replicas", "replicas")));
        assertThat(apply(decision.rollout(Optional.of(handedOver), minimum(7), Optional.empty()))
                        .givesUpOnly())
                .isTrue();
    }

    @Test
    void aNewRevisionWaitsForTheEndOfAWindowThatFreezesRollouts() {
        ManifestDecision decision =
                restoring(Map.of("template", Map.of("metadata", Map.of("labels", Map.of("a", "2")))));
        Optional<LiveObject> before =
                live(Map.of("template", Map.of("metadata", Map.of("labels", Map.of("a", "1")))), "kubectl", "template");

        assertThat(decision.rollout(before, minimum(7), HOLD).skipped()).hasValueSatisfying(skip -> {
            assertThat(skip.code()).isEqualTo(Skipped.FROZEN);
            assertThat(skip.reason()).isEqualTo("freezeRollouts holds back commit 3f2c1ab by Dana until it may");
        });
        assertThat(apply(decision.rollout(before, minimum(7), Optional.empty())).beginsRevision())
                .isTrue();
    }

    @Test
    void whatIsNoRevisionDoesNotWaitForTheEndOfTheWindow() {
        assertThat(apply(restoring(Map.of("paused", true))
                                .rollout(live(Map.of("paused", false), "kubectl", "paused"), minimum(7), HOLD))
                        .beginsRevision())
                .isFalse();
    }

    @Test
    void driftIsTakenBackOrReportedByThePolicyOfTheSource() {
        Optional<LiveObject> theirs = live(Map.of("paused", false), "argocd-controller", "paused");

        Action.ApplyManifest taken = apply(restoring(Map.of("paused", true)).other(theirs));
        assertThat(taken.force()).isTrue();
        assertThat(taken.reason())
                .startsWith("spec.paused false → true, taken from argocd-controller; to leave it to them: ");

        Decision reported = reporting(Map.of("paused", true)).other(theirs);
        assertThat(reported.action()).isEmpty();
        assertThat(reported.skipped().orElseThrow().code()).isEqualTo(Skipped.DRIFT);
    }

    @Test
    void whatIsAsWrittenNeedsNothing() {
        assertThat(restoring(Map.of("paused", true)).other(live(Map.of("paused", true), "argocd-controller", "paused")))
                .isEqualTo(Decision.NOTHING);
    }

    private static ManifestDecision restoring(Map<String, Object> spec) {
        return new ManifestDecision(Given.CHECKOUT, manifest(spec), Given.COMMIT, true);
    }

    private static ManifestDecision reporting(Map<String, Object> spec) {
        return new ManifestDecision(Given.CHECKOUT, manifest(spec), Given.COMMIT, false);
    }

    private static Manifest manifest(Map<String, Object> spec) {
        return new Manifest(ROLLOUT, content(spec), new Origin("shop", "checkout.yaml", 1));
    }

    private static Map<String, Object> content(Map<String, Object> spec) {
        return Map.of(
                "apiVersion",
                ROLLOUT.apiVersion(),
                "kind",
                ROLLOUT.kind(),
                "metadata",
                Map.of("name", "checkout", "namespace", "shop"),
                "spec",
                spec);
    }

    private static Optional<LiveObject> live(Map<String, Object> spec, String manager, String field) {
        return Optional.of(
                new LiveObject(ROLLOUT, new Action.Version("uid-1", "100"), owned(spec, entry(manager, field))));
    }

    private static Map<String, Object> owned(Map<String, Object> spec, Object... entries) {
        return Map.of(
                "apiVersion",
                ROLLOUT.apiVersion(),
                "kind",
                ROLLOUT.kind(),
                "metadata",
                Map.of("name", "checkout", "namespace", "shop", "managedFields", List.of(entries)),
                "spec",
                spec);
    }

    private static Map<String, Object> entry(String manager, String field) {
        return Map.of(
                "manager", manager, "operation", "Apply", "fieldsV1", Map.of("f:spec", Map.of("f:" + field, Map.of())));
    }

    private static Optional<Integer> minimum(int pods) {
        return Optional.of(pods);
    }

    private static Action.ApplyManifest apply(Decision decision) {
        return (Action.ApplyManifest) decision.action().orElseThrow();
    }
}
