package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Commit;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.definition.FileChange;
import io.tidewatch.model.definition.FreezeOverride;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.LiveObject;
import io.tidewatch.model.plan.Plan.Skipped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What one declared object needs: creation, its content, the hand-over of replicas, or nothing. */
class ManifestDecisionTest {

    private static final Optional<Freeze.Hold> HOLD =
            Optional.of(new Freeze.Hold("until it may", Optional.empty(), Optional.of(Given.CLOSES)));

    private static final ObjectKey ROLLOUT = new ObjectKey("argoproj.io/v1alpha1", "Rollout", "shop", "checkout");

    @Test
    void aRolloutUnderAnAutoscalerIsCreatedWithTheMinimumOfItsAutoscaler() {
        Action.ApplyManifest create =
                apply(restoring(Map.of("paused", true)).workload(Optional.empty(), minimum(7), Optional.empty()));

        assertThat(create.on()).isEmpty();
        assertThat(create.body()).isEqualTo(content(Map.of("paused", true, "replicas", 7)));
        assertThat(create.reason()).isEqualTo("created by commit 3f2c1ab");
    }

    @Test
    void aRolloutThatNothingScalesIsCreatedAsWritten() {
        assertThat(apply(restoring(Map.of("replicas", 3))
                                .workload(Optional.empty(), Optional.empty(), Optional.empty()))
                        .body())
                .isEqualTo(content(Map.of("replicas", 3)));
    }

    @Test
    void replicasThatWeOwnUnderAnAutoscalerAreHandedOverFirstAndThenGivenUp() {
        ManifestDecision decision = restoring(Map.of("paused", true));

        assertThat(decision.workload(
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
        assertThat(apply(decision.workload(Optional.of(handedOver), minimum(7), Optional.empty()))
                        .givesUpOnly())
                .isTrue();
    }

    @Test
    void aNewRevisionWaitsForTheEndOfAWindowThatFreezesRollouts() {
        ManifestDecision decision =
                restoring(Map.of("template", Map.of("metadata", Map.of("labels", Map.of("a", "2")))));
        Optional<LiveObject> before =
                live(Map.of("template", Map.of("metadata", Map.of("labels", Map.of("a", "1")))), "kubectl", "template");

        assertThat(decision.workload(before, minimum(7), HOLD).skipped()).hasValueSatisfying(skip -> {
            assertThat(skip.code()).isEqualTo(Skipped.FROZEN);
            assertThat(skip.reason()).isEqualTo("freezeRollouts holds back commit 3f2c1ab by Dana until it may");
        });
        assertThat(apply(decision.workload(before, minimum(7), Optional.empty()))
                        .beginsRevision())
                .isTrue();
    }

    private static final FreezeOverride OVERRIDE = new FreezeOverride(Given.COMMIT, "payments fail");
    private static final FileChange OVERRIDES = new FileChange(Given.COMMIT, Optional.of(OVERRIDE), Optional.empty());

    @Test
    void trailerLetsARevisionThroughAndIsNamed() {
        Action.ApplyManifest apply =
                apply(changedBy(OVERRIDES, true).workload(image("kubectl", -60), minimum(7), HOLD));

        assertThat(apply.beginsRevision()).isTrue();
        assertThat(apply.reason())
                .startsWith("spec.template.metadata.labels.a 1 → 2, despite freezeRollouts,"
                        + " by Tidewatch-Override of Dana (3f2c1ab): payments fail");
    }

    /** As plan reads files. */
    @Test
    void templateWithoutACommitIsHeldToo() {
        Commit none = new Commit("files", "", "", Instant.EPOCH, "");
        ManifestDecision decision = new ManifestDecision(
                Given.CHECKOUT,
                manifest(Map.of("template", labels("2"))),
                none,
                Optional.empty(),
                true,
                Optional.empty(),
                new Agreements());

        assertThat(decision.workload(image("tidewatch", 0), minimum(7), HOLD)
                        .skipped()
                        .map(Skipped::reason))
                .contains("freezeRollouts holds back the new template until it may");
        assertThat(decision.workload(image("kubectl", 0), minimum(7), HOLD)
                        .skipped()
                        .map(Skipped::reason))
                .contains("kubectl set spec.template.metadata.labels.a to 1, the manifest says 2; freezeRollouts leaves"
                        + " it until it may");
    }

    @Test
    void trailerIsNotNamedWhereNothingIsFrozen() {
        assertThat(apply(changedBy(OVERRIDES, true).workload(image("kubectl", -60), minimum(7), Optional.empty()))
                        .reason())
                .doesNotContain("payments fail");
    }

    /** Somebody changed the image after the commit with the trailer was applied. */
    @Test
    void trailerDoesNotLetLaterDriftThrough() {
        Skipped skip = changedBy(OVERRIDES, true)
                .workload(image("kubectl-set", 60), minimum(7), HOLD)
                .skipped()
                .orElseThrow();

        assertThat(skip.reason())
                .isEqualTo("kubectl-set set spec.template.metadata.labels.a to 1, commit 3f2c1ab says 2; freezeRollouts"
                        + " leaves it until it may");
    }

    @Test
    void revisionWaitsSinceItsCommitOrTheBeginningOfTheFreeze() {
        Freeze.Hold late = new Freeze.Hold("", Optional.of(Given.COMMIT.time().plusSeconds(9)), Optional.empty());
        Freeze.Hold early = new Freeze.Hold("", Optional.of(Given.COMMIT.time().minusSeconds(9)), Optional.empty());

        assertThat(since(Optional.of(late))).contains(Given.COMMIT.time().plusSeconds(9));
        assertThat(since(Optional.of(early))).contains(Given.COMMIT.time());
        assertThat(since(HOLD)).isEmpty();
    }

    private static Optional<Instant> since(Optional<Freeze.Hold> hold) {
        return changedBy(FileChange.by(Given.COMMIT), true)
                .workload(image("tidewatch", -60), minimum(7), hold)
                .skipped()
                .flatMap(Skipped::frozen)
                .flatMap(Skipped.Frozen::since);
    }

    /** Where drift is only reported, the others keep their template anyway, so nothing waits and the rest is applied. */
    @Test
    void reportedDriftDoesNotHoldBackTheOtherFields() {
        ManifestDecision decision = new ManifestDecision(
                Given.CHECKOUT,
                manifest(Map.of("template", labels("2"), "paused", true)),
                Given.COMMIT,
                Optional.empty(),
                false,
                Optional.empty(),
                new Agreements());
        Optional<LiveObject> live = Optional.of(new LiveObject(
                ROLLOUT,
                new Action.Version("uid-1", "100"),
                owned(
                        Map.of("template", labels("1"), "paused", false),
                        entry("kubectl-set", "template"),
                        entry("tidewatch", "paused"))));

        Decision decided = decision.workload(live, minimum(7), HOLD);

        assertThat(apply(decided).beginsRevision()).isFalse();
        assertThat(decided.skipped().map(Skipped::code)).contains(Skipped.DRIFT);
    }

    @Test
    void replicasAreGivenUpAfterTheFreezeWhereATemplateIsWrittenWithThem() {
        Optional<LiveObject> handedOver = Optional.of(new LiveObject(
                ROLLOUT,
                new Action.Version("uid-1", "100"),
                owned(
                        Map.of("template", labels("1"), "replicas", 5),
                        entry("tidewatch", "replicas"),
                        entry("tidewatch-initial-replicas", "replicas"))));
        ManifestDecision decision = restoring(Map.of("template", labels("2")));

        assertThat(decision.workload(handedOver, minimum(7), HOLD).action()).isEmpty();
        assertThat(apply(decision.workload(handedOver, minimum(7), Optional.empty()))
                        .givesUpOnly())
                .isTrue();
    }

    private static ManifestDecision changedBy(FileChange change, boolean restoreDrift) {
        return new ManifestDecision(
                Given.CHECKOUT,
                manifest(Map.of("template", labels("2"))),
                Given.COMMIT,
                Optional.of(change),
                restoreDrift,
                Optional.empty(),
                new Agreements());
    }

    /** A live Rollout whose template a manager wrote so many seconds after the commit. */
    private static Optional<LiveObject> image(String manager, int after) {
        return Optional.of(new LiveObject(
                ROLLOUT,
                new Action.Version("uid-1", "100"),
                owned(
                        Map.of("template", labels("1")),
                        Map.of(
                                "manager",
                                manager,
                                "operation",
                                "Update",
                                "time",
                                Given.COMMIT.time().plusSeconds(after).toString(),
                                "fieldsV1",
                                Map.of("f:spec", Map.of("f:template", Map.of()))))));
    }

    private static Map<String, Object> labels(String value) {
        return Map.of("metadata", Map.of("labels", Map.of("a", value)));
    }

    @Test
    void whatIsNoRevisionDoesNotWaitForTheEndOfTheWindow() {
        assertThat(apply(restoring(Map.of("paused", true))
                                .workload(live(Map.of("paused", false), "kubectl", "paused"), minimum(7), HOLD))
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

    /** With workloadRef.scaleDown, which scales the Deployment to zero after the Rollout has its pods. */
    @Test
    void replicasThatTheRolloutsControllerSetStayAsTheyAre() {
        ObjectKey key = new ObjectKey("apps/v1", "Deployment", "shop", "checkout-pods");
        ManifestDecision decision = new ManifestDecision(
                Given.CHECKOUT,
                new Manifest(
                        key, content(Map.of("replicas", 3, "paused", true)), new Origin("shop", "checkout.yaml", 1)),
                Given.COMMIT,
                Optional.empty(),
                true,
                Optional.empty(),
                new Agreements());

        assertThat(decision.workload(scaled(key, true, "rollouts-controller"), Optional.empty(), Optional.empty()))
                .isEqualTo(Decision.NOTHING);
        assertThat(apply(decision.workload(
                                scaled(key, false, "rollouts-controller"), Optional.empty(), Optional.empty()))
                        .body())
                .isEqualTo(content(Map.of("paused", true)));
        assertThat(apply(decision.workload(scaled(key, true, "kubectl"), Optional.empty(), Optional.empty()))
                        .reason())
                .startsWith("spec.replicas 0 → 3, taken from kubectl");
    }

    private static Optional<LiveObject> scaled(ObjectKey key, boolean paused, String manager) {
        return Optional.of(new LiveObject(
                key,
                new Action.Version("uid-1", "100"),
                owned(
                        Map.of("replicas", 0, "paused", paused),
                        Map.of(
                                "manager",
                                manager,
                                "operation",
                                "Update",
                                "fieldsV1",
                                Map.of("f:spec", Map.of("f:replicas", Map.of()))),
                        entry("tidewatch", "paused"))));
    }

    private static ManifestDecision restoring(Map<String, Object> spec) {
        return new ManifestDecision(
                Given.CHECKOUT,
                manifest(spec),
                Given.COMMIT,
                Optional.empty(),
                true,
                Optional.empty(),
                new Agreements());
    }

    private static ManifestDecision reporting(Map<String, Object> spec) {
        return new ManifestDecision(
                Given.CHECKOUT,
                manifest(spec),
                Given.COMMIT,
                Optional.empty(),
                false,
                Optional.empty(),
                new Agreements());
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
