package io.tidewatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Commit;
import io.tidewatch.model.Moment;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Ledger.Page;
import io.tidewatch.model.report.Ledger.Update;
import io.tidewatch.observe.ObjectReader;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each way in which a commit's update of a Rollout ends has one line, with author and duration. */
class UpdateReportTest {

    private static final Instant APPLIED = Instant.parse("2026-11-23T00:00:00.400Z");
    private static final Instant LATER = APPLIED.plusSeconds(42);
    private static final Commit COMMIT = new Commit("shop", "0c0d9f7aaa", "Dana", APPLIED, "checkout 2");
    private static final Update UPDATE =
            new Update(COMMIT, "checkout", APPLIED, "old", "containers[0].image a:1 → a:2", false);

    private final ReportLines told = new ReportLines(new Target("shop", "checkout"));

    @Test
    void whatIsHealthyHasFinished() {
        Page after = follow(rollout("new", "new", "Healthy", Map.of()), LATER);

        assertThat(after.update()).isEmpty();
        assertThat(line())
                .isEqualTo("update-finished: update of 0c0d9f7 (Dana) finished in 42 s: containers[0].image"
                        + " a:1 → a:2");
    }

    @Test
    void whatIsUnderWayIsFollowedOn() {
        assertThat(follow(rollout("new", "old", "Progressing", Map.of()), LATER).update())
                .contains(UPDATE);
        assertThat(follow(rollout("old", "old", "Healthy", Map.of()), LATER).update())
                .contains(UPDATE);
        assertThat(told.diary()).isEmpty();
    }

    @Test
    void anAbortedOneSaysWhy() {
        follow(rollout("new", "old", "Degraded", Map.of("abort", true, "message", "RolloutAborted: by hand")), LATER);

        assertThat(line())
                .isEqualTo("update-aborted: update of 0c0d9f7 (Dana) aborted after 42 s: RolloutAborted: by hand");
    }

    @Test
    void oneThatTimedOutSaysWhy() {
        follow(
                rollout(
                        "new",
                        "old",
                        "Degraded",
                        Map.of(
                                "message",
                                "ProgressDeadlineExceeded: ReplicaSet \"checkout-new\" has timed out progressing.",
                                "conditions",
                                List.of(condition("Progressing", "False", "2026-11-23T00:00:40Z")))),
                LATER);

        assertThat(line())
                .isEqualTo("update-failed: update of 0c0d9f7 (Dana) failed after 42 s: ProgressDeadlineExceeded:"
                        + " ReplicaSet \"checkout-new\" has timed out progressing.");
    }

    /** ProgressDeadlineExceeded is sticky: it may be from before the commit that mends it. */
    @Test
    void whatWasDegradedBeforeIsNoVerdict() {
        Page after = follow(
                rollout(
                        "new",
                        "old",
                        "Degraded",
                        Map.of("conditions", List.of(condition("Progressing", "False", "2026-11-22T23:00:00Z")))),
                LATER);

        assertThat(after.update()).contains(UPDATE);
        assertThat(told.diary()).isEmpty();
    }

    @Test
    void anInvalidOneNeverBegins() {
        follow(
                rollout(
                        "old",
                        "old",
                        "Degraded",
                        Map.of(
                                "message",
                                "InvalidSpec: selector does not match",
                                "conditions",
                                List.of(condition("InvalidSpec", "True", "2026-11-23T00:00:00Z")))),
                LATER);

        assertThat(line())
                .isEqualTo("update-failed: update of 0c0d9f7 (Dana) failed after 42 s: InvalidSpec: selector"
                        + " does not match");
    }

    @Test
    void whatTheControllerNeverTookUpHasNotBegun() {
        follow(rollout("old", "old", "Healthy", Map.of()), APPLIED.plusSeconds(600));

        assertThat(line())
                .isEqualTo("update-failed: update of 0c0d9f7 (Dana) has not begun after 10 min: the Rollouts controller"
                        + " still has pod template old");
    }

    @Test
    void aLongPauseIsReportedOnceAndFollowedFurther() {
        RolloutView paused = rollout(
                "new",
                "old",
                "Paused",
                Map.of(
                        "pauseConditions",
                        List.of(Map.of("reason", "CanaryPauseStep", "startTime", "2026-11-23T00:00:10Z")),
                        "currentStepIndex",
                        1));

        Page first = follow(paused, APPLIED.plusSeconds(299));
        assertThat(told.diary()).isEmpty();
        Page second = new UpdateReport(
                        seen(Optional.of(paused)), Optional.empty(), new Moment(APPLIED.plusSeconds(300)))
                .follow(told, first);
        Page third = new UpdateReport(seen(Optional.of(paused)), Optional.empty(), new Moment(APPLIED.plusSeconds(900)))
                .follow(told, second);

        assertThat(line())
                .isEqualTo(
                        "update-paused: update of 0c0d9f7 (Dana) paused, so far 5 min: CanaryPauseStep at" + " step 2");
        assertThat(third.update()).contains(UPDATE.pausedReported());
    }

    @Test
    void nothingIsFollowedForEver() {
        follow(rollout("new", "old", "Progressing", Map.of()), APPLIED.plus(Duration.ofHours(24)));

        assertThat(line())
                .isEqualTo("update-unfinished: update of 0c0d9f7 (Dana) not finished after 24 h: Progressing; no longer"
                        + " followed");
    }

    @Test
    void aRolloutThatIsGoneEndsIt() {
        Page after = new UpdateReport(seen(Optional.empty()), Optional.empty(), new Moment(LATER))
                .follow(told, Page.EMPTY.following(Optional.of(UPDATE)));

        assertThat(after.update()).isEmpty();
        assertThat(line()).isEqualTo("update-ended: update of 0c0d9f7 (Dana) ended after 42 s: the Rollout is gone");
    }

    /** After a restart Rollouts are not in the cache yet, which is not the same as gone. */
    @Test
    void whatIsNotSeenYetIsFollowedOn() {
        TargetObservation blind = new TargetObservation(
                new Target("shop", "checkout"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Set.of("Rollout"));

        Page after = new UpdateReport(blind, Optional.empty(), new Moment(LATER))
                .follow(told, Page.EMPTY.following(Optional.of(UPDATE)));

        assertThat(after.update()).contains(UPDATE);
        assertThat(told.diary()).isEmpty();
    }

    @Test
    void theNextCommitSupersedesIt() {
        Commit next = new Commit("shop", "77aa001bbb", "Kim", LATER, "checkout 3");
        UpdateReport.superseded(told, UPDATE, new Update(next, "checkout", LATER, "new", "image", false));

        assertThat(line())
                .isEqualTo("update-superseded: update of 0c0d9f7 (Dana) superseded after 42 s: commit 77aa001 (Kim)");
    }

    /** The pass that sees the end may come later, as after a restart. */
    @Test
    void theControllersRecordDatesTheEnd() {
        follow(rollout("new", "new", "Healthy", duration("2026-11-23T00:00:01Z", "Promoted")), LATER.plusSeconds(600));

        assertThat(line())
                .isEqualTo("update-finished: update of 0c0d9f7 (Dana) finished in 29 s: containers[0].image a:1 → a:2");
    }

    @Test
    void aManualPromotionIsNamed() {
        follow(rollout("new", "new", "Healthy", duration("2026-11-23T00:00:01Z", "FastPromoted")), LATER);

        assertThat(line()).endsWith("finished in 29 s: containers[0].image a:1 → a:2 (promoted manually in full)");
    }

    /** Without the record this is an update that was never taken up. */
    @Test
    void anUpdateThatSomebodyReversedWasRolledBack() {
        follow(rollout("old", "old", "Healthy", duration("2026-11-23T00:00:01Z", "RolledBack")), LATER);

        assertThat(line())
                .isEqualTo(
                        "update-ended: update of 0c0d9f7 (Dana) rolled back after 29 s: the Rollout has pod template old"
                                + " again");
    }

    @Test
    void aRollbackThatIsUnderWayIsFollowedOn() {
        Map<String, Object> underWay = Map.of(
                "duration", Map.of("rolloutStartedAt", "2026-11-23T00:00:01Z", "completionStatus", "RolledBack"));

        Page after = follow(rollout("old", "old", "Progressing", underWay), APPLIED.plusSeconds(900));

        assertThat(after.update()).contains(UPDATE);
        assertThat(told.diary()).isEmpty();
    }

    @Test
    void theRecordOfAnEarlierUpdateSaysNothing() {
        follow(rollout("new", "new", "Healthy", duration("2026-11-22T23:00:00Z", "RolledBack")), LATER);

        assertThat(line()).startsWith("update-finished: update of 0c0d9f7 (Dana) finished in 42 s");
    }

    /** The status is a claim: what it calls promoted is followed until the pods serve. */
    @Test
    void aPromotionIsFollowedUntilThePodsServe() {
        Page after = follow(rollout("new", "new", "Progressing", duration("2026-11-23T00:00:01Z", "Promoted")), LATER);

        assertThat(after.update()).contains(UPDATE);
    }

    private static Map<String, Object> duration(String startedAt, String outcome) {
        return Map.of(
                "duration",
                Map.of(
                        "rolloutStartedAt",
                        startedAt,
                        "finishedAt",
                        "2026-11-23T00:00:30Z",
                        "completionStatus",
                        outcome));
    }

    private Page follow(RolloutView rollout, Instant now) {
        return new UpdateReport(seen(Optional.of(rollout)), Optional.empty(), new Moment(now))
                .follow(told, Page.EMPTY.following(Optional.of(UPDATE)));
    }

    private String line() {
        assertThat(told.diary()).hasSize(1);
        DiaryEntry entry = told.diary().get(0);
        return entry.code() + ": " + entry.text();
    }

    private static TargetObservation seen(Optional<? extends Workload> rollout) {
        return new TargetObservation(
                new Target("shop", "checkout"),
                Optional.empty(),
                Optional.empty(),
                rollout.map(found -> (Workload) found),
                List.of(),
                List.of(),
                List.of(),
                Set.of());
    }

    private static Map<String, Object> condition(String type, String status, String at) {
        return Map.of("type", type, "status", status, "lastTransitionTime", at, "lastUpdateTime", at);
    }

    private static RolloutView rollout(String current, String stable, String phase, Map<String, Object> more) {
        Map<String, Object> status = new LinkedHashMap<>(more);
        status.put("currentPodHash", current);
        status.put("stableRS", stable);
        status.put("phase", phase);
        return ObjectReader.rollout(
                Map.of(
                        "kind",
                        "Rollout",
                        "metadata",
                        Map.of("name", "checkout", "namespace", "shop", "uid", "u", "generation", 2),
                        "spec",
                        Map.of("progressDeadlineSeconds", 600, "strategy", Map.of("canary", Map.of())),
                        "status",
                        status),
                APPLIED);
    }
}
