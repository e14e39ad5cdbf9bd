package io.tidewatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.fixture.LiveScaledObject;
import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Bounds;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Counters;
import io.tidewatch.model.Moment;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.FieldWriter;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredBounds.OpenWindow;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.Note;
import io.tidewatch.model.diagnosis.Progress;
import io.tidewatch.model.diagnosis.Progress.OverwriteTimes;
import io.tidewatch.model.diagnosis.Progress.StepTimes;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.plan.Outcome.Rejected.Subject;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.model.preflight.Preflight;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger.Page;
import io.tidewatch.model.report.Ledger.WriteFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What nights on real control planes taught: who is told what, and what is no news. */
class TargetReportTest {

    private static final Target CHECKOUT = new Target("shop", "checkout");
    private static final Instant NOW = Instant.parse("2026-11-25T11:23:12Z");
    private static final Commit COMMIT = new Commit("shop", "3f2c1ab9", "Dana", NOW, "raise the floor");
    private static final String RULE = "other-tool keeps the minimum at 4, desired is 7; to fix it: leave it out";

    private List<Skipped> skipped = List.of();
    private List<Outcome> outcomes = List.of();
    private Optional<Diagnosis> before = Optional.empty();
    private Optional<ScaledObjectView> scaledObject = Optional.empty();
    private Hop hop = Hop.POD;
    private Optional<Preflight> preflight = Optional.empty();

    @Test
    void anIncidentIsNotResolvedWhileItsCauseWaitsAnewAfterAnEdge() {
        Diagnosis broken = found(State.WAITING, List.of(Cause.IMAGE_PULL), List.of(), Progress.NONE);
        TargetReport.Result edge = report(false, broken, Optional.of(incident(Cause.IMAGE_PULL)), Page.EMPTY);
        TargetReport.Result later = report(false, broken, Optional.of(incident(Cause.IMAGE_PULL)), calmForLong());

        assertThat(edge.page().calmSince()).isEmpty();
        assertThat(edge.next()).isEmpty();
        assertThat(later.ended()).isEmpty();
        assertThat(lines(later)).isEmpty();
    }

    @Test
    void anIncidentWhoseCauseWasFoundLaterIsNotResolvedWhileThatWaitsAnew() {
        Diagnosis found = found(State.WAITING, List.of(Cause.VOLUME_PENDING), List.of(), Progress.NONE);

        assertThat(report(false, found, Optional.of(incident(null)), calmForLong())
                        .ended())
                .isEmpty();
    }

    /** It read "resolved after 5 min 45 s: minimum is 7, wanted is 5" while the lowering waited for an update. */
    @Test
    void anIncidentIsNotResolvedBeforeTheMinimumIsWritten() {
        hop = Hop.SCALED_OBJECT;
        Diagnosis waits = found(State.WAITING, List.of(), List.of(), Progress.NONE);

        assertThat(report(false, waits, Optional.of(incident(Cause.VOLUME_PENDING)), calmForLong())
                        .ended())
                .isEmpty();
    }

    @Test
    void anIncidentIsResolvedOnceAnotherCauseOrNoneIsLeft() {
        Diagnosis waits = found(State.WAITING, List.of(), List.of(), Progress.NONE);

        assertThat(report(false, waits, Optional.of(incident(Cause.IMAGE_PULL)), calmForLong())
                        .ended())
                .isPresent();
    }

    /** On a real control plane Flux wrote once a minute, and each minute had an incident that was resolved after 4 s. */
    @Test
    void anotherWriterThatComesBackAfterMinutesIsOneIncident() {
        Incident open = incident(Cause.REPLICAS_OVERWRITTEN);
        Progress everyMinute = overwritten(NOW.minusSeconds(300), NOW.minusSeconds(60), 5);
        Diagnosis serves = found(State.CONVERGED, List.of(), List.of(Note.RESCALED_REPEATEDLY), everyMinute);
        TargetReport.Result between = report(true, serves, Optional.of(open), calmForLong());

        assertThat(between.ended()).isEmpty();
        assertThat(between.page().calmSince()).isEmpty();
        assertThat(between.next()).as("two of its periods after its last write").contains(NOW.plusSeconds(60));

        Progress stopped = overwritten(NOW.minusSeconds(360), NOW.minusSeconds(120), 5);
        Diagnosis calm = found(State.CONVERGED, List.of(), List.of(), stopped);
        TargetReport.Result first = report(true, calm, Optional.of(open), between.page());
        assertThat(first.page().calmSince()).contains(NOW);
        assertThat(first.next()).contains(NOW.plusSeconds(30));
        assertThat(report(true, calm, Optional.of(open), calmForLong()).ended()).isPresent();
        assertThat(report(true, serves, Optional.of(incident(Cause.IMAGE_PULL)), calmForLong())
                        .ended())
                .as("an incident of another cause")
                .isPresent();
    }

    @Test
    void theSameOverwritingIsReportedOnceInAnIncident() {
        before = Optional.of(found(State.CONVERGED, List.of(), List.of(), Progress.NONE));
        Progress progress = overwritten(NOW.minusSeconds(300), NOW, 6);
        Diagnosis lags = found(State.AVAILABILITY_LAG, List.of(Cause.REPLICAS_OVERWRITTEN), List.of(), progress);

        assertThat(lines(report(true, lags, Optional.empty(), Page.EMPTY)))
                .containsExactly("AvailabilityLag at Pod: a summary", "incident: a summary");
        TargetReport.Result again = report(true, lags, Optional.of(incident(Cause.REPLICAS_OVERWRITTEN)), Page.EMPTY);
        assertThat(lines(again)).isEmpty();
        assertThat(again.lines().events()).isEmpty();
        assertThat(lines(report(true, lags, Optional.of(incident(Cause.IMAGE_PULL)), Page.EMPTY)))
                .containsExactly("AvailabilityLag at Pod: a summary");
    }

    private static Progress overwritten(Instant first, Instant last, int times) {
        return new Progress(
                StepTimes.NONE,
                Progress.ShortageTimes.NONE,
                Progress.OutageTimes.NONE,
                Progress.DueTimes.NONE,
                new OverwriteTimes(times, Optional.of(first), Optional.of(last), Optional.of("kustomize-controller")));
    }

    @Test
    void restingAtIdleReplicasOutsideWindowsIsNoTrouble() {
        Diagnosis idle = found(State.BLOCKED, List.of(Cause.IDLE_WITHOUT_ACTIVITY), List.of(), Progress.NONE);

        assertThat(report(false, idle, Optional.empty(), Page.EMPTY).opened()).isEmpty();
        assertThat(report(true, idle, Optional.empty(), Page.EMPTY).opened()).isPresent();
    }

    @Test
    void aConflictNamesTheOtherManagerAndTheRuleWhereAnIncidentLastsAlready() {
        skipped = List.of(new Skipped(CHECKOUT, Skipped.CONFLICT, RULE));
        hop = Hop.SCALED_OBJECT;
        Diagnosis conflict = found(State.CONFLICT, List.of(Cause.FIELD_CONFLICT), List.of(), Progress.NONE);

        assertThat(lines(report(true, conflict, Optional.of(incident(Cause.IMAGE_PULL)), Page.EMPTY)))
                .containsExactly("Conflict at ScaledObject: " + RULE);
    }

    @Test
    void aClashThatAWriteMetCallsNobodyUnlessItLasts() {
        outcomes = List.of(clash());
        Diagnosis waits = found(State.WAITING, List.of(), List.of(), Progress.NONE);
        TargetReport.Result met = report(true, waits, Optional.empty(), Page.EMPTY);

        assertThat(met.opened()).isEmpty();
        assertThat(met.next()).contains(NOW.plusSeconds(30));
        assertThat(report(true, waits, Optional.empty(), Page.EMPTY.troubled(NOW.minusSeconds(30)))
                        .opened())
                .isPresent();
    }

    @Test
    void aRejectionOfTidewatchIsNoIncidentUnlessItLasts() {
        Diagnosis waits = found(State.WAITING, List.of(), List.of(), Progress.NONE);
        Action write = ((Outcome.Conflicted) clash()).action();
        String words = "checkout is forbidden: User \"dana\" cannot patch resource \"rollouts\"";
        outcomes = List.of(new Outcome.Rejected(write, NOW, Subject.CALLER, 403, words));
        TargetReport.Result met = report(true, waits, Optional.empty(), Page.EMPTY);

        assertThat(met.opened()).isEmpty();
        assertThat(lines(met)).containsExactly("not written, trying again: " + words);
        assertThat(report(true, waits, Optional.empty(), Page.EMPTY.troubled(NOW.minusSeconds(30)))
                        .opened())
                .isPresent();

        outcomes = List.of(new Outcome.Rejected(write, NOW, Subject.REQUEST, 422, "minimum above maximum"));
        assertThat(report(true, waits, Optional.empty(), Page.EMPTY).opened()).isPresent();
    }

    /** It was said as "will try again", without its place, and called nobody for 30 s. */
    @Test
    void aDenialByAWebhookIsARejectionOfTheRequestAndAnIncidentAtOnce() {
        Diagnosis waits = found(State.WAITING, List.of(), List.of(), Progress.NONE);
        outcomes = List.of(new Outcome.Rejected(
                apply(), NOW, Subject.REQUEST, 403, "admission webhook \"guard\" denied the request: no latest"));
        TargetReport.Result denied = report(true, waits, Optional.empty(), Page.EMPTY);

        assertThat(denied.opened()).isPresent();
        assertThat(lines(denied))
                .contains(new Origin("shop", "checkout.yaml", 12)
                        + " Rollout checkout: the API server rejected the manifest (403): admission webhook \"guard\" denied the"
                        + " request: no latest");
    }

    @Test
    void aManifestThatWeMayNotApplyIsReportedWithItsPlaceToo() {
        Diagnosis waits = found(State.WAITING, List.of(), List.of(), Progress.NONE);
        String words =
                "rollouts.argoproj.io \"checkout\" is forbidden: User \"dana\" cannot patch resource \"rollouts\"";
        outcomes = List.of(new Outcome.Rejected(apply(), NOW, Subject.CALLER, 403, words));

        assertThat(lines(report(true, waits, Optional.empty(), Page.EMPTY)))
                .containsExactly("not written, trying again: " + new Origin("shop", "checkout.yaml", 12)
                        + " Rollout checkout: " + words);
    }

    private static Action apply() {
        return new Action.ApplyManifest(
                CHECKOUT,
                new ObjectKey("argoproj.io/v1alpha1", "Rollout", "shop", "checkout"),
                Optional.of(new Action.Version("uid-1", "100")),
                Map.of(),
                false,
                COMMIT,
                new Origin("shop", "checkout.yaml", 12),
                List.of(),
                "differs");
    }

    @Test
    void aWriteWithoutAnAnswerIsNotReportedAsUnwritten() {
        Diagnosis waits = found(State.WAITING, List.of(), List.of(), Progress.NONE);
        Action write = ((Outcome.Conflicted) clash()).action();
        outcomes = List.of(new Outcome.Unavailable(write, NOW, false, "no answer within 10 s"));

        assertThat(lines(report(true, waits, Optional.empty(), Page.EMPTY)))
                .containsExactly(
                        "no answer to a write, result unknown; checking on the next pass: no answer within 10 s");

        Page said = report(true, waits, Optional.empty(), Page.EMPTY).page();
        outcomes = List.of(new Outcome.Unavailable(write, NOW, false, "Connection refused"));
        assertThat(lines(report(true, waits, Optional.empty(), said))).isEmpty();
    }

    @Test
    void aWriteWhoseAnswerWasLostIsReportedOnceItIsObserved() {
        Diagnosis waits = found(State.WAITING, List.of(), List.of(), Progress.NONE);
        Page unanswered =
                Page.EMPTY.failing(Optional.of(new WriteFailure(WriteFailure.Result.UNKNOWN, "Connection was closed")));
        scaledObject = Optional.of(writtenAt(
                NOW,
                Map.of("tidewatch.io/window", desired(false).period(), "tidewatch.io/applied", "5..20"),
                "tidewatch"));
        TargetReport.Result seen = report(false, waits, Optional.empty(), unanswered);

        assertThat(lines(seen)).containsExactly("the write without an answer had succeeded: minimum 5");
        assertThat(lines(report(false, waits, Optional.empty(), seen.page()))).isEmpty();

        scaledObject = Optional.of(writtenAt(NOW.minusSeconds(90)));
        assertThat(lines(report(false, waits, Optional.empty(), unanswered))).isEmpty();
    }

    /** Seen in bad weather: each nudge whose answer was lost was followed by "it was written: minimum 5". */
    @Test
    void aNudgeWhoseAnswerWasLostSaysNothingOfTheMinimum() {
        Diagnosis waits = found(State.WAITING, List.of(), List.of(), Progress.NONE);
        Page unanswered = Page.EMPTY.failing(
                Optional.of(new WriteFailure(WriteFailure.Result.UNKNOWN_WITHOUT_MINIMUM, "Connection was closed")));
        scaledObject = Optional.of(writtenAt(
                NOW,
                Map.of("tidewatch.io/window", desired(false).period(), "tidewatch.io/applied", "5..20"),
                "tidewatch"));

        assertThat(lines(report(false, waits, Optional.empty(), unanswered))).isEmpty();
    }

    /** A raise that a kill cut short was seen before its commit was read again, and history never told of it. */
    @Test
    void historyHasAStepThatWasThereBeforeItsScheduleWasRead() {
        Diagnosis converged = found(State.CONVERGED, List.of(), List.of(), reached(Duration.ofSeconds(39)));
        before = Optional.of(converged);
        scaledObject = Optional.of(writtenAt(
                NOW.minusSeconds(39),
                Map.of("tidewatch.io/window", desired(true).period(), "tidewatch.io/applied", "7..20"),
                "tidewatch"));
        TargetReport.Result first = report(true, converged, Optional.empty(), Page.EMPTY);

        assertThat(first.step())
                .hasValueSatisfying(step -> assertThat(step.times().patched()).isEqualTo(NOW.minusSeconds(39)));
        assertThat(report(true, converged, Optional.empty(), first.page()).step())
                .isEmpty();
    }

    /** The row of history said that Tidewatch had written the minimum again, two minutes after the edge. */
    @Test
    void aMinimumThatWasRaisedManuallyIsNoStepOfHistory() {
        Diagnosis raised = found(State.CONVERGED, List.of(), List.of(Note.RAISED_MANUALLY), reached(Duration.ZERO));
        scaledObject = Optional.of(writtenAt(
                NOW,
                Map.of("tidewatch.io/window", desired(true).period(), "tidewatch.io/applied", "7..20"),
                "kubectl"));

        assertThat(report(true, raised, Optional.empty(), Page.EMPTY).step()).isEmpty();
    }

    @Test
    void aScaledObjectIsMetInThePeriodInWhichItIsFirstSeenWithoutARecord() {
        Diagnosis waits = found(State.WAITING, List.of(), List.of(), Progress.NONE);
        scaledObject = Optional.of(writtenAt(NOW));

        Page met = report(false, waits, Optional.empty(), Page.EMPTY).page();

        assertThat(met.metIn()).contains(desired(false).period());
        assertThat(report(true, waits, Optional.empty(), met).page().metIn())
                .as("an edge later")
                .contains(desired(false).period());
    }

    /** It read "resolved after 2 min 10 s: 5 of 7 available" when KEDA followed after an outage. */
    @Test
    void anIncidentIsNotResolvedWhilePodsAreMissingThoughItsHopFollowedAtLast() {
        Diagnosis waits = found(State.WAITING, List.of(), List.of(), Progress.NONE, 5);
        Optional<Incident> late = Optional.of(incident(Cause.KEDA_NOT_FOLLOWING));

        assertThat(report(true, waits, late, calmForLong()).ended()).isEmpty();
        assertThat(report(false, waits, late, calmForLong()).ended()).isPresent();
    }

    private static Outcome clash() {
        return new Outcome.Conflicted(
                new Action.HandOverReplicas(
                        CHECKOUT,
                        new ObjectKey("argoproj.io/v1alpha1", "Rollout", "shop", "checkout"),
                        new Action.Version("uid-1", "100"),
                        5,
                        "replicas belong to the autoscaler"),
                NOW,
                "kubectl-edit",
                ".spec.minReplicaCount");
    }

    @Test
    void theHandOverOfReplicasIsOneLine() {
        ObjectKey rollout = new ObjectKey("argoproj.io/v1alpha1", "Rollout", "shop", "checkout");
        Action.Version there = new Action.Version("uid-1", "100");
        outcomes = List.of(
                new Outcome.Done(new Action.HandOverReplicas(CHECKOUT, rollout, there, 5, "theirs"), NOW, "101"),
                new Outcome.Done(
                        new Action.ApplyManifest(
                                CHECKOUT,
                                rollout,
                                Optional.of(there),
                                Map.of(),
                                false,
                                COMMIT,
                                new Origin("shop", "checkout.yaml", 1),
                                List.of(),
                                "replicas belong to the autoscaler"),
                        NOW,
                        "102"));

        assertThat(lines(report(
                        true, found(State.WAITING, List.of(), List.of(), Progress.NONE), Optional.empty(), Page.EMPTY)))
                .containsExactly("Rollout checkout: spec.replicas (5) handed over to the autoscaler");
    }

    @Test
    void aWriteThatLeavesTheMinimumSaysThatItStays() {
        outcomes = List.of(new Outcome.Done(
                new Action.SetMinReplicas(
                        AutoscalerKind.SCALED_OBJECT,
                        CHECKOUT,
                        new Action.Version("uid-1", "100"),
                        OptionalInt.of(5),
                        5,
                        Optional.empty(),
                        Map.of(),
                        true,
                        "schedule shop/checkout-midnight was removed"),
                NOW,
                "101"));
        TargetReport.Result stays =
                report(false, found(State.WAITING, List.of(), List.of(), Progress.NONE), Optional.empty(), Page.EMPTY);

        assertThat(lines(stays))
                .containsExactly("schedule shop/checkout-midnight was removed: minimum stays 5 (3f2c1ab, Dana)");
    }

    @Test
    void aLoweringThatWaitsSaysThatItDoes() {
        skipped = List.of(new Skipped(CHECKOUT, Skipped.BEFORE_DOWN, "an update of Rollout checkout is in progress"));

        assertThat(lines(report(
                        false,
                        found(State.WAITING, List.of(), List.of(), Progress.NONE),
                        Optional.empty(),
                        Page.EMPTY)))
                .containsExactly("the lowering waits: an update of Rollout checkout is in progress");
    }

    @Test
    void aPausedScaledObjectIsReportedAsDeferred() {
        Diagnosis paused = found(State.DEFERRED, List.of(Cause.SCALED_OBJECT_PAUSED), List.of(), Progress.NONE);

        assertThat(lines(report(true, paused, Optional.empty(), Page.EMPTY))).containsExactly("deferred: a summary");
    }

    @Test
    void whatAHandRaisedIsNoStepOfOurs() {
        Progress progress = steps(NOW, Optional.of(NOW), NOW);
        Diagnosis raised = found(State.CONVERGED, List.of(), List.of(Note.RAISED_MANUALLY), progress);

        assertThat(lines(report(true, raised, Optional.empty(), Page.EMPTY))).isEmpty();
    }

    @Test
    void morePodsThanDesiredAreNotCountedAmongThem() {
        Progress progress = steps(NOW, Optional.empty(), NOW.plusSeconds(3));
        Diagnosis converged = found(State.CONVERGED, List.of(), List.of(Note.LOAD_HOLDS_REPLICAS), progress);

        assertThat(lines(report(false, converged, Optional.empty(), Page.EMPTY)))
                .containsExactly("7 available, 5 desired, 3.0 s after the step");
        assertThat(lines(report(true, converged, Optional.empty(), Page.EMPTY)))
                .containsExactly("7 of 7 available, 3.0 s after the step");
    }

    /** On a real control plane people were told at the first look of a silence that came a minute after a step. */
    @Test
    void whatCannotBeSeenHasItsPatienceFromWhenItCouldNotBeSeen() {
        Diagnosis lacks = found(State.WAITING, List.of(), List.of(), Progress.NONE, 3);
        Diagnosis unseen = found(State.UNKNOWN, List.of(), List.of(), Progress.NONE, 3);
        Page raising = report(true, lacks, Optional.empty(), Page.EMPTY).page();
        assertThat(raising.troubleSince()).isEmpty();

        assertThat(report(true, lacks, Optional.empty(), Page.EMPTY.troubled(NOW.minusSeconds(20)))
                        .page()
                        .troubleSince())
                .as("a silence that comes and goes while pods lack is one trouble")
                .contains(NOW.minusSeconds(20));

        Duration follow = Checks.DEFAULT.follow();
        Page blind = report(true, unseen, Optional.empty(), Page.EMPTY).page();
        assertThat(blind.troubleSince()).contains(NOW);
        assertThat(report(
                                true,
                                unseen,
                                Optional.empty(),
                                Page.EMPTY.troubled(NOW.minus(follow).plusMillis(1)))
                        .opened())
                .isEmpty();
        assertThat(report(true, unseen, Optional.empty(), Page.EMPTY.troubled(NOW.minus(follow)))
                        .opened())
                .isPresent();
    }

    @Test
    void podsThatServedLongBeforeTheFirstPassAreNotReported() {
        Diagnosis converged = found(State.CONVERGED, List.of(), List.of(), reached(Duration.ofHours(1)));
        assertThat(lines(report(true, converged, Optional.empty(), Page.EMPTY))).isEmpty();

        before = Optional.of(found(State.UNKNOWN, List.of(), List.of(), Progress.NONE));
        assertThat(lines(report(true, converged, Optional.empty(), Page.EMPTY))).isEmpty();

        before = Optional.of(found(State.AVAILABILITY_LAG, List.of(), List.of(), Progress.NONE));
        assertThat(lines(report(true, converged, Optional.empty(), Page.EMPTY)))
                .containsExactly("7 of 7 available, 1 h after the step");
    }

    @Test
    void podsThatServeAtLastAreNewsWhileAnIncidentLasts() {
        Diagnosis converged = found(State.CONVERGED, List.of(), List.of(), reached(Duration.ofMinutes(9)));
        before = Optional.of(found(State.WAITING, List.of(), List.of(), Progress.NONE));

        assertThat(lines(report(true, converged, Optional.of(incident(Cause.KEDA_NOT_FOLLOWING)), Page.EMPTY)))
                .containsExactly("7 of 7 available, 9 min after the step");
        assertThat(lines(report(true, converged, Optional.empty(), Page.EMPTY))).isEmpty();
    }

    @Test
    void anEdgeWhoseMinimumIsThereAlreadyIsNoStep() {
        Diagnosis other = found(State.CONVERGED, List.of(), List.of(), Progress.NONE);
        before = Optional.of(new Diagnosis(
                other.target(),
                other.kind(),
                other.state(),
                List.of(),
                Optional.empty(),
                Certainty.CERTAIN,
                "a summary",
                OptionalInt.of(7),
                Optional.empty(),
                other.live(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Progress.NONE));
        Diagnosis converged = found(State.CONVERGED, List.of(), List.of(), reached(Duration.ofSeconds(3)));

        assertThat(lines(report(false, converged, Optional.empty(), Page.EMPTY)))
                .isEmpty();
    }

    @Test
    void aMinimumThatNobodyWroteSinceTheFirstPassIsNoStep() {
        Diagnosis converged = found(State.CONVERGED, List.of(), List.of(), reached(Duration.ofSeconds(3)));

        scaledObject = Optional.of(writtenAt(NOW.minusSeconds(90)));
        assertThat(lines(report(false, converged, Optional.empty(), Page.EMPTY)))
                .isEmpty();

        scaledObject = Optional.of(writtenAt(NOW.minusSeconds(3)));
        assertThat(lines(report(false, converged, Optional.empty(), Page.EMPTY)))
                .containsExactly("7 available, 5 desired, 3.0 s after the step");
    }

    private static ScaledObjectView writtenAt(Instant time) {
        return writtenAt(time, Map.of(), "kubectl");
    }

    private static ScaledObjectView writtenAt(Instant time, Map<String, String> annotations, String manager) {
        FieldWriter writer = new FieldWriter(manager, "Update", "", Optional.of(time), true, false);
        return LiveScaledObject.of(5, annotations, List.of(writer), time);
    }

    private static Progress reached(Duration after) {
        return steps(NOW.minus(after), Optional.empty(), NOW);
    }

    private static Progress steps(Instant startedAt, Optional<Instant> hpaAt, Instant availableAt) {
        return Progress.NONE.with(StepTimes.NONE
                .withStartedAt(Optional.of(startedAt))
                .withHpaAt(hpaAt)
                .withAvailableAt(Optional.of(availableAt)));
    }

    private TargetReport.Result report(boolean inWindow, Diagnosis diagnosis, Optional<Incident> open, Page page) {
        return new TargetReport(
                        desired(inWindow),
                        seen(),
                        before,
                        diagnosis,
                        skipped,
                        outcomes,
                        open,
                        page,
                        preflight,
                        Optional.empty(),
                        new Moment(NOW),
                        new Moment(NOW))
                .report();
    }

    private static List<String> lines(TargetReport.Result result) {
        return result.lines().diary().stream().map(DiaryEntry::text).toList();
    }

    private static Page calmForLong() {
        return Page.EMPTY.calm(Optional.of(NOW.minusSeconds(60)));
    }

    private static Incident incident(@Nullable Cause cause) {
        return new Incident(
                "shop/checkout@then",
                CHECKOUT,
                Optional.of("midnight-peak"),
                State.AVAILABILITY_LAG,
                Optional.ofNullable(cause),
                Severity.CRITICAL,
                List.of(),
                NOW.minusSeconds(900),
                Optional.empty(),
                "4 pods cannot pull image shop/web:2.0");
    }

    private Diagnosis found(State state, List<Cause> causes, List<Note> notes, Progress progress) {
        return found(state, causes, notes, progress, 7);
    }

    private Diagnosis found(State state, List<Cause> causes, List<Note> notes, Progress progress, int available) {
        return new Diagnosis(
                CHECKOUT,
                "ScaledObject",
                state,
                causes,
                state == State.CONVERGED ? Optional.empty() : Optional.of(hop),
                Certainty.CERTAIN,
                "a summary",
                OptionalInt.of(5),
                Optional.empty(),
                Optional.of(new Counters(7, 7, 7, available, available)),
                List.of(),
                notes,
                List.of(),
                List.of(),
                progress);
    }

    private TargetObservation seen() {
        return Given.seen(scaledObject);
    }

    private static DesiredBounds desired(boolean inWindow) {
        return new DesiredBounds(
                CHECKOUT,
                Given.schedule(),
                COMMIT,
                new Bounds(5, 20),
                false,
                DesiredBounds.Current.of(new Bounds(inWindow ? 7 : 5, 20))
                        .in(
                                inWindow
                                        ? Optional.of(new OpenWindow(
                                                "midnight-peak", NOW.minusSeconds(900), NOW.plusSeconds(900), false))
                                        : Optional.empty())
                        .since(Optional.of(NOW)));
    }
}
