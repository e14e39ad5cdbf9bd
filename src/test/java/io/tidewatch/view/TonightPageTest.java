package io.tidewatch.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Promise;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.LoopState;
import io.tidewatch.model.report.PastEvents;
import io.tidewatch.model.report.Standing;
import io.tidewatch.model.report.TargetStatus;
import io.tidewatch.schedule.Timetable;
import io.tidewatch.view.tonight.Lane;
import io.tidewatch.view.tonight.Tonight;
import io.tidewatch.view.tonight.TonightPage;
import io.tidewatch.view.tonight.Wish;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The first page: one sentence, and a lane for each target. */
class TonightPageTest {

    private static final Instant RAISE = Instant.parse("2026-11-22T13:30:00Z");
    private static final Instant LINE = Instant.parse("2026-11-22T13:36:00Z");
    private static final Target CHECKOUT = new Target("shop", "checkout");
    private static final Definitions DEFINITIONS =
            KnownTargets.definitions(KnownTargets.schedule("cart") + KnownTargets.schedule("checkout"));

    private static Tonight page(List<TargetStatus> rows, Optional<PastEvents> events) {
        return TonightPage.of(
                KnownTargets.facts(DEFINITIONS, KnownTargets.standing(rows), events), Audience.ALL, Wish.ALL);
    }

    private static TargetStatus good(String name) {
        return KnownTargets.status(name, State.CONVERGED, Optional.empty());
    }

    @Test
    void oneSentenceSaysThatAllIsWellAndWhatComesNext() {
        Headline headline = page(List.of(good("cart"), good("checkout")), Optional.of(PastEvents.NONE))
                .headline();

        assertThat(headline.mood()).isEqualTo(Mood.GOOD);
        assertThat(headline.sentence())
                .isEqualTo("All 2 are ready; next: 02:00 Asia/Seoul shop/cart 7 → 5 and 1 other");
    }

    @Test
    void whoNeedsSomebodyIsNamedFirstAndStandsOnTop() {
        TargetStatus late = KnownTargets.status("checkout", State.AVAILABILITY_LAG, Optional.of(Cause.QUOTA_EXCEEDED));
        Tonight page = page(List.of(good("cart"), late), Optional.of(PastEvents.NONE));

        assertThat(page.headline().sentence()).startsWith("1 of 2 needs you: shop/checkout 5 of 7 for 5 min; next: ");
        assertThat(page.headline().brief()).isEqualTo("1 needs you");
        assertThat(page.groups().get(0).namespace()).isEmpty();
        assertThat(page.groups().get(0).lanes()).extracting(Lane::target).containsExactly(CHECKOUT);
        assertThat(page.groups().get(1).namespace()).contains("shop");
        assertThat(page.groups().get(0).lanes().get(0).state()).isEqualTo("AvailabilityLag/QuotaExceeded");
    }

    @Test
    void aWindowIsSolidUntilNowAndOutlinedAfterIt() {
        Lane lane = page(List.of(good("checkout")), Optional.of(PastEvents.NONE))
                .groups()
                .get(0)
                .lanes()
                .get(0);

        assertThat(lane.bars())
                .extracting(Lane.Bar::kind, Lane.Bar::future, Lane.Bar::from, Lane.Bar::to)
                .containsExactly(
                        tuple(Lane.BarKind.LEAD, false, RAISE.minus(Duration.ofMinutes(2)), RAISE),
                        tuple(Lane.BarKind.WINDOW, false, RAISE, LINE),
                        tuple(Lane.BarKind.WINDOW, true, LINE, Instant.parse("2026-11-22T17:00:00Z")));
        assertThat(lane.bars().get(1).text()).isEqualTo("window midnight-peak from 22:30 to 02:00, minimum 7");
        assertThat(lane.next().orElseThrow().text()).isEqualTo("02:00 baseline, minimum 7 → 5");
    }

    @Test
    void whatHappenedIsMarked() {
        Step step = new Step(
                CHECKOUT,
                Optional.of("midnight-peak"),
                7,
                Step.Due.EDGE,
                Step.Times.patchedAt(RAISE)
                        .withHpa(Optional.of(RAISE.plusSeconds(12)))
                        .withReady(Optional.of(RAISE.plusSeconds(360))),
                State.AVAILABILITY_LAG,
                Step.Change.commit("3f2c1ab").by("Dana"),
                Optional.of(new Promise(Promise.Reach.PODS, RAISE.plusSeconds(300))));
        Incident incident = new Incident(
                "shop/checkout@1",
                CHECKOUT,
                Optional.of("midnight-peak"),
                State.AVAILABILITY_LAG,
                Optional.of(Cause.QUOTA_EXCEEDED),
                Severity.CRITICAL,
                List.of("slack"),
                RAISE.plusSeconds(300),
                Optional.of(RAISE.plusSeconds(360)),
                "7 of 7 available");
        PastEvents events = new PastEvents(
                List.of(incident),
                List.of(
                        new DiaryEntry(RAISE.plusSeconds(320), Optional.of(CHECKOUT), "nudged", "nudged ReplicaSet a"),
                        new DiaryEntry(RAISE.minusSeconds(900), Optional.empty(), "commit-read", "commit 3f2c1ab")),
                List.of(step));
        Tonight page = page(List.of(good("checkout")), Optional.of(events));
        Lane lane = page.groups().get(0).lanes().get(0);

        assertThat(lane.marks())
                .extracting(Lane.Mark::kind)
                .containsExactly(
                        Lane.MarkKind.WRITE,
                        Lane.MarkKind.HPA,
                        Lane.MarkKind.LATE,
                        Lane.MarkKind.REMEDY,
                        Lane.MarkKind.READY);
        assertThat(lane.bars()).extracting(Lane.Bar::kind).contains(Lane.BarKind.LAG, Lane.BarKind.INCIDENT);
        assertThat(lane.told())
                .contains(
                        "22:30:12 the HPA has minimum 7",
                        "late: it was to be ready by 22:35",
                        "incident since 22:35, resolved at 22:36: 7 of 7 available");
        assertThat(page.commits()).extracting(Tonight.Commit::text).containsExactly("22:15 commit 3f2c1ab");
    }

    @Test
    void whatIsNotKnownIsSaid() {
        assertThat(page(List.of(good("cart")), Optional.empty()).unknown())
                .containsExactly("The journal cannot be read now, so incidents and past steps are missing here.");

        Standing starting = new Standing(
                LoopState.NONE, Duration.ofMinutes(5), List.of(), Optional.empty(), List.of(), List.of("shop"));
        Tonight page = TonightPage.of(
                KnownTargets.facts(DEFINITIONS, starting, Optional.of(PastEvents.NONE)), Audience.ALL, Wish.ALL);
        assertThat(page.headline().mood()).isEqualTo(Mood.UNKNOWN);
        assertThat(page.unknown())
                .containsExactly(
                        "No pass has run yet.", "Source shop has not been read yet, so its targets are missing here.");

        Standing old = new Standing(
                LoopState.NONE.ended(KnownTargets.NOW.minusSeconds(1_200), Duration.ofSeconds(1)),
                Duration.ofMinutes(5),
                List.of(),
                Optional.of(KnownTargets.NOW.minusSeconds(1_200)),
                List.of(good("cart")),
                List.of());
        Tonight stuck = TonightPage.of(
                KnownTargets.facts(DEFINITIONS, old, Optional.of(PastEvents.NONE)), Audience.ALL, Wish.ALL);
        assertThat(stuck.headline().mood()).isEqualTo(Mood.UNKNOWN);
        assertThat(stuck.headline().sentence()).startsWith("1 of 1 is not known now");
        assertThat(stuck.unknown()).containsExactly("The states are 20 min old: no pass has ended since.");
    }

    @Test
    void whatALimitLeavesOutIsSaidToEverybody() {
        PastEvents cut =
                new PastEvents(List.of(), List.of(), List.of(), Set.of(PastEvents.Kind.STEPS, PastEvents.Kind.LINES));
        Facts facts = KnownTargets.facts(DEFINITIONS, KnownTargets.standing(List.of(good("cart"))), Optional.of(cut));
        String said = "Only the newest 5000 lines of the diary and steps of all targets are read,"
                + " so some of these hours may be missing here.";

        assertThat(TonightPage.of(facts, Audience.ALL, Wish.ALL).unknown()).containsExactly(said);
        assertThat(TonightPage.of(facts, Audience.of(Set.of("bank")), Wish.ALL).unknown())
                .containsExactly(said);
        assertThat(TonightPage.of(facts, Audience.ALL, Wish.ALL).drawn())
                .as("a commit may be among what is missing")
                .isPresent();
    }

    @Test
    void anAudienceSeesItsNamespacesAlone() {
        Facts facts = KnownTargets.facts(
                DEFINITIONS,
                KnownTargets.standing(List.of(good("cart"))),
                Optional.of(new PastEvents(
                        List.of(),
                        List.of(new DiaryEntry(RAISE, Optional.empty(), "commit-read", "commit of another team")),
                        List.of())));

        Tonight other = TonightPage.of(facts, Audience.of(Set.of("bank")), Wish.ALL);
        assertThat(other.groups()).isEmpty();
        assertThat(other.commits()).isEmpty();
        assertThat(other.paging().targets()).isZero();
    }

    @Test
    void manyLanesComeInPages() {
        List<TargetStatus> many =
                IntStream.range(0, 450).mapToObj(i -> good("t" + (1_000 + i))).toList();
        Facts facts = KnownTargets.facts(DEFINITIONS, KnownTargets.standing(many), Optional.of(PastEvents.NONE));

        Tonight last = TonightPage.of(facts, Audience.ALL, new Wish("", Optional.empty(), 99));
        assertThat(last.paging().page()).isEqualTo(3);
        assertThat(last.groups().get(0).lanes()).hasSize(50);
        Tonight found = TonightPage.of(facts, Audience.ALL, new Wish("T144", Optional.of("shop"), 1));
        assertThat(found.paging().lanes()).isEqualTo(10);
        assertThat(found.paging().targets()).isEqualTo(450);
    }

    @Test
    void theNightOfAClockChangeIsMarked() {
        Instant night = Instant.parse("2026-10-24T20:00:00Z");
        Definitions berlin =
                KnownTargets.definitions(KnownTargets.schedule("cart").replace("Asia/Seoul", "Europe/Berlin"));
        Facts facts = at(night, berlin, List.of(good("cart")), PastEvents.NONE);

        assertThat(TonightPage.of(facts, Audience.ALL, Wish.ALL).axis().clockChanges())
                .containsExactly("Clocks in Europe/Berlin go back at 03:00, to 02:00.");
    }

    /** With several zones the axis has the hours of UTC, whose clocks never change. */
    @Test
    void eachZoneWhoseClocksChangeIsNamed() {
        Instant night = Instant.parse("2026-10-24T20:00:00Z");
        Definitions both = KnownTargets.definitions(KnownTargets.schedule("cart")
                + KnownTargets.schedule("checkout").replace("Asia/Seoul", "Europe/Berlin"));
        Facts facts = at(night, both, List.of(good("cart"), good("checkout")), PastEvents.NONE);

        assertThat(TonightPage.of(facts, Audience.ALL, Wish.ALL).axis().zone()).isEqualTo(ZoneOffset.UTC);
        assertThat(TonightPage.of(facts, Audience.ALL, Wish.ALL).axis().clockChanges())
                .containsExactly("Clocks in Europe/Berlin go back at 03:00, to 02:00.");
    }

    private static Facts at(Instant now, Definitions definitions, List<TargetStatus> rows, PastEvents events) {
        return new Facts(
                now,
                new Standing(
                        LoopState.NONE.ended(now, Duration.ZERO),
                        Duration.ofMinutes(5),
                        List.of(),
                        Optional.of(now),
                        rows,
                        List.of()),
                definitions,
                Timetable.of(definitions),
                LearnedLeads.NONE,
                Optional.of(events),
                Set.of());
    }

    /** Half past midnight: what was before has its day. */
    @Test
    void whatIsNotOfTodayHasItsDay() {
        Incident old = new Incident(
                "shop/checkout@1",
                CHECKOUT,
                Optional.empty(),
                State.AVAILABILITY_LAG,
                Optional.empty(),
                Severity.CRITICAL,
                List.of("slack"),
                RAISE.minus(Duration.ofDays(2)),
                Optional.empty(),
                "5 of 7 available");
        PastEvents events = new PastEvents(
                List.of(old),
                List.of(
                        new DiaryEntry(RAISE.plusSeconds(320), Optional.of(CHECKOUT), "nudged", "nudged ReplicaSet a"),
                        new DiaryEntry(RAISE.plus(Duration.ofMinutes(95)), Optional.of(CHECKOUT), "nudged", "again"),
                        new DiaryEntry(RAISE.minusSeconds(900), Optional.empty(), "commit-read", "commit 3f2c1ab")),
                List.of());
        Tonight page = TonightPage.of(
                at(RAISE.plus(Duration.ofHours(2)), DEFINITIONS, List.of(good("checkout")), events),
                Audience.ALL,
                Wish.ALL);

        assertThat(page.groups().get(0).lanes().get(0).told())
                .contains(
                        "incident since Fri 20 Nov 22:30, still open: 5 of 7 available",
                        "Sun 22 Nov 22:35:20 nudged ReplicaSet a",
                        "00:05 again",
                        "window midnight-peak from Sun 22 Nov 22:30 to 02:00, minimum 7");
        assertThat(page.commits()).extracting(Tonight.Commit::text).containsExactly("Sun 22 Nov 22:15 commit 3f2c1ab");
    }

    /** A window that a commit moved at 22:15 is drawn where it is now. */
    @Test
    void itIsSaidThatThePastIsDrawnByTheScheduleOfNow() {
        String said = "Windows of the past are drawn by the schedule that is in force now.";
        PastEvents commit = new PastEvents(
                List.of(),
                List.of(new DiaryEntry(RAISE.minusSeconds(900), Optional.empty(), "commit-read", "commit 3f2c1ab")),
                List.of());
        TargetStatus unscheduled = good("other");

        assertThat(page(List.of(good("checkout")), Optional.of(commit)).drawn()).contains(said);
        assertThat(page(List.of(good("checkout")), Optional.empty()).drawn()).contains(said);
        assertThat(page(List.of(good("checkout")), Optional.of(PastEvents.NONE)).drawn())
                .isEmpty();
        assertThat(page(List.of(unscheduled), Optional.of(commit)).drawn())
                .as("no window is drawn")
                .isEmpty();
    }
}
