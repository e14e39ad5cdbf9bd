package io.tidewatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.DeletedClaims;
import io.tidewatch.model.Moment;
import io.tidewatch.model.Severity;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredBounds.Current;
import io.tidewatch.model.definition.DesiredBounds.OpenWindow;
import io.tidewatch.model.definition.DesiredBounds.Upcoming;
import io.tidewatch.model.diagnosis.Advisory;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.model.diagnosis.Progress;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.preflight.ClaimLoss;
import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Preflight;
import io.tidewatch.model.preflight.Raise;
import io.tidewatch.model.preflight.Risk;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a preflight found, pass by pass: the raise from 5 to 7 is at 22:30 in Seoul. */
class PreflightReportTest {

    private static final Instant RAISE = Instant.parse("2026-11-25T13:30:00Z");
    private static final Instant END = RAISE.plus(Duration.ofHours(3));
    private static final Finding PAUSED = new Finding(
            Risk.ROLLOUT_PAUSED,
            "the canary is paused",
            "resume it",
            List.of(new Evidence("Rollout checkout", "spec.paused", "true")));
    private static final Finding UPDATING = new Finding(Risk.UPDATE_IN_FLIGHT, "an update", "promote it", List.of());
    private static final Advisory STALE_CACHE = new Advisory(
            "argo-rollouts v1.7.2",
            "the status may stay at old counters",
            Optional.of(new Advisory.Upgrade(Cause.STALE_REPLICA_SET_CACHE, "upgrade to v1.8.3 or later")));
    private static final String SUMMARY =
            "the canary is paused (window midnight-peak raises 5 → 7 at 22:30:00 Asia/Seoul)";

    private Page page = Page.EMPTY;
    private Optional<Incident> open = Optional.empty();

    @Test
    void aFindingOpensAWarningOnceAndIsOneLine() {
        TargetReport.Result first = before(Duration.ofMinutes(15), PAUSED);
        TargetReport.Result second = before(Duration.ofMinutes(14), PAUSED);

        assertThat(first.opened()).hasValueSatisfying(incident -> {
            assertThat(incident.isOfPreflight()).isTrue();
            assertThat(incident.severity()).isEqualTo(Severity.WARNING);
            assertThat(incident.cause()).contains(Cause.ROLLOUT_PAUSED);
            assertThat(incident.window()).contains("midnight-peak");
            assertThat(incident.summary()).isEqualTo(SUMMARY);
        });
        assertThat(codes(first)).containsExactly("preflight", "incident-opened");
        assertThat(second.opened()).isEmpty();
        assertThat(codes(second)).isEmpty();
    }

    @Test
    void anOpeningIsAnEventOnTheScaledObjectAndNothingElseIs() {
        TargetReport.Result first = before(Duration.ofMinutes(15), PAUSED);
        TargetReport.Result second = before(Duration.ofMinutes(14), PAUSED);

        assertThat(first.lines().events()).singleElement().satisfies(event -> {
            assertThat(event.about()).isEqualTo("ScaledObject");
            assertThat(event.reason()).isEqualTo("RaiseAtRisk");
            assertThat(event.severity()).isEqualTo(Severity.WARNING);
            assertThat(event.message()).isEqualTo("RolloutPaused: " + SUMMARY + "; to do: resume it");
        });
        assertThat(second.lines().events()).isEmpty();
    }

    @Test
    void aFindingThatIsNotProvenSaysSo() {
        Finding likely =
                new Finding(Risk.UNSCHEDULABLE, Diagnosis.Certainty.LIKELY, "no node has room", "add nodes", List.of());

        assertThat(before(Duration.ofMinutes(15), likely).lines().diary().get(0).text())
                .isEqualTo("preflight: Unschedulable (likely): no node has room"
                        + " (window midnight-peak raises 5 → 7 at 22:30:00 Asia/Seoul); to do: add nodes");
    }

    @Test
    void aKnownFaultIsOneLineAndOpensNothing() {
        Preflight known = new Preflight(
                new Raise(5, 7, Optional.of("midnight-peak"), RAISE), List.of(), List.of(), List.of(STALE_CACHE));
        TargetReport.Result first = before(Duration.ofMinutes(15), known);
        TargetReport.Result second = before(Duration.ofMinutes(14), known);

        assertThat(first.lines().diary())
                .extracting(DiaryEntry::text)
                .containsExactly("preflight: known fault, and the schedule allows no remedy: argo-rollouts v1.7.2:"
                        + " the status may stay at old counters; upgrade to v1.8.3 or later");
        assertThat(first.opened()).isEmpty();
        assertThat(codes(second)).isEmpty();
    }

    /** The window ends at 01:30 in Seoul. */
    @Test
    void whatALoweringDeletesIsOneLineAndOpensNothing() {
        TargetReport.Result first = beforeTheEnd(Duration.ofMinutes(15), 7);
        TargetReport.Result second = beforeTheEnd(Duration.ofMinutes(14), 8);
        TargetReport.Result lowered = pass(
                END.plusSeconds(1),
                desired(false),
                Given.diagnosis(State.CONVERGED, 5, Progress.NONE),
                Optional.empty());

        assertThat(first.lines().diary())
                .extracting(DiaryEntry::text)
                .containsExactly(
                        "preflight: note: the end of window midnight-peak lowers 7 → 5 at 01:30:00 Asia/Seoul, and up to 2"
                                + " pods of StatefulSet db may go; Kubernetes then deletes their claims"
                                + " (persistentVolumeClaimRetentionPolicy.whenScaled: Delete), and the data unless the volumes"
                                + " have the reclaim policy Retain: data-db-5 and data-db-6; to do: write"
                                + " persistentVolumeClaimRetentionPolicy: {whenScaled: Retain} into StatefulSet db to keep them");
        assertThat(first.opened()).isEmpty();
        assertThat(first.lines().events()).isEmpty();
        assertThat(codes(second))
                .as("its numbers changed, the note is the same")
                .isEmpty();
        assertThat(codes(lowered)).as("no line that it is no longer found").isEmpty();
    }

    private TargetReport.Result beforeTheEnd(Duration end, int pods) {
        return pass(
                END.minus(end),
                desired(true),
                Given.diagnosis(State.CONVERGED, 7, Progress.NONE),
                Optional.empty(),
                Optional.of(new ClaimLoss(
                        7,
                        5,
                        END,
                        Optional.of("midnight-peak"),
                        Optional.empty(),
                        pods - 5,
                        "db",
                        new DeletedClaims("db", 0, List.of("data")).names(pods, 5))));
    }

    @Test
    void theWarningEndsWhenTheFindingIsGone() {
        before(Duration.ofMinutes(15), PAUSED);
        TargetReport.Result gone = before(Duration.ofMinutes(14));
        TargetReport.Result calm = before(Duration.ofMinutes(13));

        assertThat(codes(gone)).containsExactly("preflight");
        assertThat(gone.ended()).isEmpty();
        assertThat(calm.ended())
                .hasValueSatisfying(
                        ended -> assertThat(ended.summary()).isEqualTo("the preflight finds nothing any more"));
    }

    @Test
    void theWarningLastsThroughTheRaiseAndEndsWhenTheWindowIsReady() {
        before(Duration.ofMinutes(1), PAUSED);
        TargetReport.Result raising = after(Duration.ofSeconds(1), Given.diagnosis(State.WAITING, 5, Progress.NONE));
        TargetReport.Result ready = after(Duration.ofMinutes(1), Given.diagnosis(State.CONVERGED));
        TargetReport.Result calm = after(Duration.ofMinutes(2), Given.diagnosis(State.CONVERGED));

        assertThat(codes(raising)).isEmpty();
        assertThat(ready.ended()).isEmpty();
        assertThat(calm.ended())
                .hasValueSatisfying(ended -> assertThat(ended.summary()).isEqualTo("a summary"));
        assertThat(codes(calm)).containsExactly("incident-ended");
    }

    @Test
    void graverTroubleOfTheStepContinuesTheWarningWithAnIncidentOfItsOwn() {
        before(Duration.ofMinutes(1), PAUSED);
        TargetReport.Result late = after(
                Duration.ofMinutes(5), Given.diagnosis(State.AVAILABILITY_LAG, 5, Progress.NONE, Cause.IMAGE_PULL));

        assertThat(late.ended())
                .hasValueSatisfying(ended -> assertThat(ended.summary())
                        .isEqualTo("continued by an incident of the target itself: a summary"));
        assertThat(late.opened()).hasValueSatisfying(opened -> {
            assertThat(opened.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(opened.isOfPreflight()).isFalse();
        });
    }

    @Test
    void troubleThatIsNoGraverIsTheSameIncident() {
        before(Duration.ofMinutes(1), PAUSED);
        TargetReport.Result stale = after(
                Duration.ofMinutes(5),
                Given.diagnosis(State.STALE_STATUS, 7, Progress.NONE, Cause.STALE_REPLICA_SET_CACHE));

        assertThat(stale.ended()).isEmpty();
        assertThat(stale.opened()).isEmpty();
    }

    @Test
    void afterARestartTheOpenWarningIsJoinedAndNothingIsRepeated() {
        before(Duration.ofMinutes(15), PAUSED);
        page = Page.EMPTY;
        TargetReport.Result again = before(Duration.ofMinutes(14), PAUSED);

        assertThat(again.opened()).isEmpty();
        assertThat(codes(again)).isEmpty();
        assertThat(open).isPresent();
    }

    @Test
    void anUpdateThatIsOnItsWayHasToLastBeforeItIsAnIncident() {
        TargetReport.Result first = before(Duration.ofMinutes(15), UPDATING);
        TargetReport.Result soon = before(Duration.ofMinutes(11), UPDATING);
        TargetReport.Result lasting = before(Duration.ofMinutes(10), UPDATING);

        assertThat(codes(first)).containsExactly("preflight");
        assertThat(first.next()).contains(RAISE.minus(Duration.ofMinutes(10)));
        assertThat(soon.opened()).isEmpty();
        assertThat(lasting.opened()).isPresent();
    }

    @Test
    void aFindingThatNeedNotLastOpensTheIncidentWhateverIsFoundBeforeIt() {
        TargetReport.Result first = before(Duration.ofMinutes(15), UPDATING, PAUSED);

        assertThat(first.opened())
                .hasValueSatisfying(opened -> assertThat(opened.summary()).isEqualTo(SUMMARY));
        assertThat(first.lines().events())
                .singleElement()
                .satisfies(event -> assertThat(event.message()).startsWith("RolloutPaused: "));
    }

    @Test
    void anIncidentOfAnotherKindEndsAlthoughThePreflightFindsSomething() {
        open = Optional.of(Given.incident(State.AVAILABILITY_LAG, Cause.IMAGE_PULL));
        before(Duration.ofMinutes(15), PAUSED);
        TargetReport.Result calm = before(Duration.ofMinutes(14), PAUSED);
        TargetReport.Result then = before(Duration.ofMinutes(13), PAUSED);

        assertThat(calm.ended()).isPresent();
        assertThat(then.opened()).isPresent();
    }

    private TargetReport.Result before(Duration raise, Finding... findings) {
        return before(
                raise,
                new Preflight(
                        new Raise(5, 7, Optional.of("midnight-peak"), RAISE), List.of(findings), List.of(), List.of()));
    }

    private TargetReport.Result before(Duration raise, Preflight preflight) {
        return pass(
                RAISE.minus(raise),
                desired(false),
                Given.diagnosis(State.CONVERGED, 5, Progress.NONE),
                Optional.of(preflight));
    }

    private TargetReport.Result after(Duration raise, Diagnosis diagnosis) {
        return pass(RAISE.plus(raise), desired(true), diagnosis, Optional.empty());
    }

    private TargetReport.Result pass(
            Instant now, DesiredBounds desired, Diagnosis diagnosis, Optional<Preflight> preflight) {
        return pass(now, desired, diagnosis, preflight, Optional.empty());
    }

    private TargetReport.Result pass(
            Instant now,
            DesiredBounds desired,
            Diagnosis diagnosis,
            Optional<Preflight> preflight,
            Optional<ClaimLoss> loss) {
        TargetReport.Result result = new TargetReport(
                        desired,
                        Given.seen(Optional.of(Given.live(desired.bounds().min(), Map.of()))),
                        Optional.of(diagnosis),
                        diagnosis,
                        List.of(),
                        List.of(),
                        open,
                        page,
                        preflight,
                        loss,
                        new Moment(now),
                        new Moment(now))
                .report();
        page = result.page();
        open = result.ended().isPresent() ? result.opened() : result.opened().or(() -> open);
        return result;
    }

    private static DesiredBounds desired(boolean inWindow) {
        OpenWindow window = new OpenWindow("midnight-peak", RAISE, RAISE.plus(Duration.ofHours(3)), false);
        Current current = inWindow
                ? Current.of(new Bounds(7, 20))
                        .in(Optional.of(window))
                        .since(Optional.of(RAISE))
                        .until(Optional.of(window.end()))
                : Current.of(new Bounds(5, 20))
                        .until(Optional.of(RAISE))
                        .then(Optional.of(new Upcoming(new Bounds(7, 20), Optional.of(window))));
        return new DesiredBounds(Given.CHECKOUT, Given.schedule(), Given.COMMIT, new Bounds(5, 20), false, current);
    }

    private static List<String> codes(TargetReport.Result result) {
        return result.lines().diary().stream().map(DiaryEntry::code).toList();
    }
}
