package io.tidewatch.report;

import static io.tidewatch.report.Given.CHECKOUT;
import static io.tidewatch.report.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Fault;
import io.tidewatch.model.Faults;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.plan.Outcome.Rejected.Subject;
import io.tidewatch.model.preflight.ClaimLoss;
import io.tidewatch.model.preflight.Preflights;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger;
import io.tidewatch.model.report.Ledger.Page;
import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.Report;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is reported of all targets of a pass together, and when the next pass is due for the report's sake. */
class ReporterTest {

    private static final Incident OPEN = Given.incident(State.AVAILABILITY_LAG, Cause.IMAGE_PULL);
    private static final Incident FAULTY = Given.incident(State.UNKNOWN, Cause.INTERNAL_ERROR);

    /** The stage that sends writes arms the retry; a second alarm in the report only woke an idle pass. */
    @Test
    void aRejectedWriteRequestsNoPassOfItsOwn() {
        Pass pass = Given.pass(Given.diagnosis(State.WAITING))
                .with(List.of(new Outcome.Rejected(Given.raise(), NOW, Subject.REQUEST, 403, "denied")));

        assertThat(report(pass, Page.EMPTY, Map.of()).next()).isEmpty();
    }

    @Test
    void whatTheNextLoweringDeletesStandsInTheStatusAndInOneLine() {
        ClaimLoss loss = new ClaimLoss(
                7, 5, NOW.plusSeconds(900), Optional.of("peak"), Optional.empty(), 2, "db", "data-db-5 and data-db-6");
        Pass pass = Given.pass(Given.diagnosis(State.CONVERGED))
                .with(new Preflights(
                        new TreeMap<>(), new TreeMap<>(Map.of(CHECKOUT, loss)), Optional.empty(), Faults.NONE));
        Report report = report(pass, Page.EMPTY, Map.of());

        assertThat(report.statuses())
                .singleElement()
                .satisfies(row -> assertThat(row.message())
                        .startsWith(
                                "a summary; preflight: note: the end of window peak lowers 7 → 5 at 22:46:00 Asia/Seoul")
                        .endsWith(": data-db-5 and data-db-6"));
        assertThat(codes(report)).containsOnlyOnce("preflight");
        assertThat(report.opened()).isEmpty();
    }

    @Test
    void aTargetWithAnInternalErrorIsDecidedAgainAfterAMinute() {
        Report report = report(faulty(), Page.EMPTY, Map.of());

        assertThat(report.next()).contains(NOW.plusSeconds(60));
        assertThat(report.opened()).extracting(Incident::cause).containsExactly(Optional.of(Cause.INTERNAL_ERROR));
        assertThat(report.statuses())
                .singleElement()
                .satisfies(row -> assertThat(row.state()).isEqualTo(State.UNKNOWN));
    }

    @Test
    void anIncidentOfATargetThatNoScheduleNamesIsResolvedOnceAllDefinitionsAreRead() {
        Report resolved = report(unscheduled(Definitions.NONE), Page.EMPTY, Map.of(CHECKOUT, OPEN));
        assertThat(resolved.ended()).extracting(Incident::ended).containsExactly(Optional.of(NOW));
        assertThat(codes(resolved)).containsExactly("incident-ended");

        Report unread =
                report(unscheduled(new Definitions(List.of(), Set.of("shop"))), Page.EMPTY, Map.of(CHECKOUT, OPEN));
        assertThat(unread.ended()).isEmpty();
        assertThat(codes(unread)).isEmpty();
    }

    @Test
    void anInternalErrorOfATargetThatNoScheduleNamesIsResolvedAfterHalfAMinuteWithoutIt() {
        Pass pass = unscheduled(Definitions.NONE);
        Report first = report(pass, Page.EMPTY, Map.of(CHECKOUT, FAULTY));
        assertThat(first.ended()).isEmpty();
        assertThat(first.next()).contains(NOW.plusSeconds(30));
        assertThat(first.ledger().page(CHECKOUT).calmSince()).contains(NOW);

        Report later = report(pass, Page.EMPTY.calm(Optional.of(NOW.minusSeconds(30))), Map.of(CHECKOUT, FAULTY));
        assertThat(later.ended()).extracting(Incident::ended).containsExactly(Optional.of(NOW.minusSeconds(30)));
        assertThat(later.next()).isEmpty();
        assertThat(later.ledger().page(CHECKOUT).calmSince()).isEmpty();
    }

    @Test
    void incidentsOfTidewatchItselfAreLeftToThemselves() {
        Incident own = Given.incident(State.FAILED);
        Target loop = Target.ofTidewatch("loop");
        Report report = report(
                unscheduled(Definitions.NONE),
                Page.EMPTY,
                Map.of(
                        loop,
                        new Incident(
                                own.id(),
                                loop,
                                own.window(),
                                own.state(),
                                own.cause(),
                                own.severity(),
                                own.receivers(),
                                own.opened(),
                                own.ended(),
                                own.summary())));

        assertThat(report.ended()).isEmpty();
    }

    /** After a restart the commit's update is followed on, though its target has not been seen yet. */
    @Test
    void anUpdateOfATargetThatIsNotSeenIsKeptForADay() {
        Pass pass = unscheduled(Definitions.NONE);

        assertThat(report(pass, following(NOW.minusSeconds(3_600)), Map.of())
                        .ledger()
                        .updates())
                .containsKey(CHECKOUT);
        assertThat(report(pass, following(NOW.minusSeconds(86_400)), Map.of())
                        .ledger()
                        .updates())
                .isEmpty();
    }

    private static Page following(Instant since) {
        return Page.EMPTY.following(
                Optional.of(new Ledger.Update(Given.COMMIT, "checkout", since, "abc", "image a → b", false)));
    }

    private static Pass unscheduled(Definitions definitions) {
        return Given.pass(definitions, Optional.empty(), Optional.empty());
    }

    private static Pass faulty() {
        Fault fault = Fault.of("plan", new IllegalStateException("a defect"));
        return Given.pass(Given.diagnosis(State.WAITING))
                .with(new Faults(new TreeMap<>(Map.of(CHECKOUT, List.of(fault)))));
    }

    private static Report report(Pass pass, Page page, Map<Target, Incident> open) {
        return Reporter.report(pass, List.of(), new Ledger(new TreeMap<>(Map.of(CHECKOUT, page))), open, NOW);
    }

    private static List<String> codes(Report report) {
        return report.diary().stream().map(DiaryEntry::code).toList();
    }
}
