package io.tidewatch.view.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.DailyTime;
import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Promise;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.PastEvents;
import io.tidewatch.view.Clocks;
import io.tidewatch.view.detail.Punctuality;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Which pages of which nights are written, and what they say. */
class NightPagesTest {

    private static final long SEED = 20261123;
    private static final int RUNS = 200;
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final DailyTime NINE = new DailyTime(LocalTime.of(9, 0), SEOUL);
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:05Z");
    private static final Instant DUE = Instant.parse("2026-11-22T13:31:00Z");
    private static final Target CART = new Target("shop", "cart");
    private static final Target OTHER = new Target("bank", "ledger");
    private static final Predicate<Target> SHOP = target -> target.namespace().equals("shop");

    /** Tidewatch was there, two days ago. */
    private static final PastEvents QUIET = events(
            List.of(), List.of(), line(NOW.minus(Duration.ofDays(2)), null, "connected", "connected to a cluster"));

    private static Step step(Target target, Instant due, Duration ready) {
        return new Step(
                        target,
                        Optional.of("midnight-peak"),
                        8,
                        Step.Due.EDGE,
                        Step.Times.patchedAt(due)
                                .withHpa(Optional.of(due.plusSeconds(1)))
                                .withReady(Optional.of(due.plus(ready))),
                        State.CONVERGED,
                        new Step.Change("3f2c1ab", "Dana"))
                .with(new Promise(Promise.Reach.PODS, due.plus(Duration.ofMinutes(5))));
    }

    private static Incident incident(Optional<Instant> ended) {
        Incident open = new Incident(
                "a1",
                CART,
                Optional.of("midnight-peak"),
                State.AVAILABILITY_LAG,
                Optional.of(Cause.QUOTA_EXCEEDED),
                Severity.CRITICAL,
                List.of("oncall"),
                DUE.plusSeconds(300),
                Optional.empty(),
                "5 of 8 available");
        return ended.map(at -> open.resolved(at, "8 of 8 available")).orElse(open);
    }

    private static List<NightReport> nights(PastEvents all, Instant now) {
        return NightSpan.ended(NINE, now, NightPages.NIGHTS).stream()
                .map(night -> NightReport.of(
                        new NightReport.Known("shop", Optional.empty(), all), SHOP, night, new Clocks(SEOUL), now))
                .toList();
    }

    private static PastEvents events(List<Incident> incidents, List<Step> steps, DiaryEntry... lines) {
        return new PastEvents(incidents, List.of(lines), steps, Set.of());
    }

    private static DiaryEntry line(Instant at, Target target, String code, String text) {
        return new DiaryEntry(at, Optional.ofNullable(target), code, text);
    }

    /** The branch after these pages were pushed. */
    private static Map<String, String> after(Map<String, String> standing, Map<String, String> changed) {
        Map<String, String> after = new TreeMap<>(standing);
        after.putAll(changed);
        return after;
    }

    @Test
    void aLateStepIsTold() {
        Instant end = DUE.plusSeconds(673);
        PastEvents known = events(
                List.of(incident(Optional.of(end))),
                List.of(step(CART, DUE, Duration.ofSeconds(673)), step(OTHER, DUE, Duration.ofSeconds(700))),
                line(
                        DUE.plusSeconds(300),
                        CART,
                        "incident-opened",
                        "incident: 5 of 8 available, the quota rejects 3 pods"),
                line(DUE.plusSeconds(400), CART, "nudged", "nudged ReplicaSet cart-1 (attempt 1 of 3)"),
                line(DUE.plusSeconds(500), CART, "applied", "Rollout cart applied: image a_1 → a_2"),
                line(DUE.minusSeconds(60), null, "commit-read", "commit 3f2c1ab of shop (Dana): more *peak*"),
                line(DUE.minusSeconds(50), null, "commit-read", "commit 99999ab of bank (Eve): commit 1 of shop (x)"));

        assertThat(NightPages.changed("shop", nights(known, NOW), Map.of()).get("nights/2026-11-22.md"))
                .isEqualTo("""
                        # Night of Sunday, 22 November 2026

                        Source shop, from Sun 22 Nov 09:00:00 to Mon 23 Nov 09:00:00 (Asia/Seoul).

                        **0 of 1 step was on time. 1 incident, resolved.** In the last 30 nights, 0 of 1 were on time (0.0 %).

                        ## Steps

                        What begins with + is the time after a step was due.

                        | due | target | window | minimum | written | HPA | ready | result | commit | author |
                        |---|---|---|---|---|---|---|---|---|---|
                        | Sun 22 Nov 22:31:00 | shop/cart | midnight-peak | 8 | +0s | +1s | +11m13s | late | 3f2c1ab | Dana |

                        ## Late

                        - shop/cart, midnight-peak, minimum 8: 6m13s late. AvailabilityLag/QuotaExceeded: 5 of 8 available, the quota rejects 3 pods.

                        ## Incidents

                        | opened | target | state | cause | what was wrong | lasted | ended | how it ended |
                        |---|---|---|---|---|---|---|---|
                        | Sun 22 Nov 22:36:00 | shop/cart | AvailabilityLag | QuotaExceeded | 5 of 8 available, the quota rejects 3 pods | 6 min | Sun 22 Nov 22:42:13 | 8 of 8 available |

                        ## Remedies

                        - Sun 22 Nov 22:37:40 shop/cart: nudged ReplicaSet cart-1 (attempt 1 of 3)

                        ## Changes of objects

                        - Sun 22 Nov 22:39:20 shop/cart: Rollout cart applied: image a\\_1 → a\\_2

                        ## Commits

                        - Sun 22 Nov 22:30:00 commit 3f2c1ab of shop (Dana): more \\*peak\\*
                        """);
    }

    @Test
    void theIndexHasARowForEachNight() {
        Map<String, String> standing = Map.of(
                "README.md",
                "<!-- Tidewatch writes this page and those in nights/. -->\n| [2026-06-01](nights/2026-06-01.md) | 3 of 4 | 1 | 1 |\n",
                "nights/2026-06-01.md",
                "old",
                "nights/2026-06-02.md",
                "old, and its row was lost");
        PastEvents known = events(List.of(), List.of(step(CART, DUE, Duration.ofSeconds(30))));

        assertThat(NightPages.changed("shop", nights(known, NOW), standing).get("README.md"))
                .isEqualTo("""
                        # Nights of source shop

                        <!-- Tidewatch writes this page and those in nights/. -->

                        In the last 30 nights, 1 of 1 were on time (100.0 %).

                        | night | steps on time | late | incidents |
                        |---|---|---|---|
                        | [2026-11-22](nights/2026-11-22.md) | 1 of 1 | 0 | 0 |
                        | [2026-06-02](nights/2026-06-02.md) |  |  |  |
                        | [2026-06-01](nights/2026-06-01.md) | 3 of 4 | 1 | 1 |
                        """);
    }

    /** The first start is in the evening: of the night before nothing can be said. */
    @Test
    void aNightBeforeTidewatchWasThereHasNoPage() {
        assertThat(NightPages.changed("shop", nights(PastEvents.NONE, NOW), Map.of()))
                .isEmpty();
        assertThat(NightPages.changed(
                        "shop",
                        nights(
                                events(List.of(), List.of(), line(NOW.minusSeconds(4), null, "connected", "connected")),
                                NOW),
                        Map.of()))
                .isEmpty();
    }

    @Test
    void aQuietNightHasAPageIfItIsTheLast() {
        Map<String, String> changed = NightPages.changed("shop", nights(QUIET, NOW), Map.of());

        assertThat(changed.keySet()).containsExactly("README.md", "nights/2026-11-22.md");
        assertThat(changed.get("nights/2026-11-22.md"))
                .contains("**Nothing was changed.** No step was due in the last");
        assertThat(NightPages.subject(changed)).isEqualTo("Report the night of 2026-11-22");
    }

    @Test
    void nightsThatWereMissedAreWrittenToo() {
        PastEvents known = events(
                List.of(),
                List.of(
                        step(CART, DUE.minus(Duration.ofDays(3)), Duration.ofSeconds(30)),
                        step(CART, DUE.minus(Duration.ofDays(29)), Duration.ofSeconds(30))));
        Map<String, String> changed = NightPages.changed("shop", nights(known, NOW), Map.of());

        assertThat(changed.keySet())
                .containsExactly("README.md", "nights/2026-10-24.md", "nights/2026-11-19.md", "nights/2026-11-22.md");
        assertThat(NightPages.subject(changed)).isEqualTo("Report 3 nights, up to 2026-11-22");
    }

    /** An empty journal, after a loss, must not empty the pages. */
    @Test
    void aPageThatStandsStays() {
        PastEvents known = events(List.of(), List.of(step(CART, DUE, Duration.ofSeconds(30))));
        Map<String, String> standing = NightPages.changed("shop", nights(known, NOW), Map.of());

        assertThat(NightPages.changed("shop", nights(PastEvents.NONE, NOW), standing))
                .isEmpty();
    }

    @Test
    void whatWasOpenIsWrittenAgainUntilItIsOver() {
        PastEvents open = events(List.of(incident(Optional.empty())), List.of());
        Map<String, String> first = NightPages.changed("shop", nights(open, NOW), Map.of());
        assertThat(first.get("nights/2026-11-22.md")).contains("1 incident, still open.", NightMarkdown.OPEN);

        Instant nextDay = NOW.plus(Duration.ofDays(1));
        PastEvents over = events(List.of(incident(Optional.of(NOW.plusSeconds(60)))), List.of());
        Map<String, String> second = NightPages.changed("shop", nights(over, nextDay), first);
        assertThat(second.keySet()).containsExactly("README.md", "nights/2026-11-22.md", "nights/2026-11-23.md");
        assertThat(second.get("nights/2026-11-22.md"))
                .contains("1 incident, resolved.", "8 of 8 available")
                .doesNotContain(NightMarkdown.OPEN);

        assertThat(NightPages.changed("shop", nights(over, nextDay), after(first, second)))
                .isEmpty();
    }

    @Test
    void anIndexOfSomebodyElseIsKnown() {
        assertThat(NightPages.ofOthers(Map.of())).isEmpty();
        assertThat(NightPages.ofOthers(Map.of("README.md", "# Our docs"))).contains("README.md");
        assertThat(NightPages.ofOthers(Map.of("README.md/index.html", ""))).contains("README.md");
        assertThat(NightPages.ofOthers(Map.of("nights", ""))).contains("nights");
        assertThat(NightPages.ofOthers(NightPages.changed("shop", nights(QUIET, NOW), Map.of())))
                .isEmpty();
    }

    @Test
    void aPageThatIsWrittenAgainKeepsItsWindows() {
        Map<String, String> first = new TreeMap<>(NightPages.changed(
                "shop", nights(events(List.of(incident(Optional.empty())), List.of()), NOW), Map.of()));
        String windows = "\n## Windows\n\n| time | who | what |\n|---|---|---|\n| 22:30 | shop/cart | minimum 8 |\n";
        first.computeIfPresent(
                "nights/2026-11-22.md", (path, page) -> page.replace("\n## Incidents", windows + "\n## Incidents"));
        PastEvents over = events(List.of(incident(Optional.of(NOW.plusSeconds(60)))), List.of());

        assertThat(NightPages.changed("shop", nights(over, NOW.plus(Duration.ofDays(1))), first)
                        .get("nights/2026-11-22.md"))
                .contains(windows + "\n## Incidents", "1 incident, resolved.");
    }

    /** An incident that lasts for weeks keeps the page open, and the journal forgets the steps meanwhile. */
    @Test
    void aPageIsNotWrittenAgainWithLessThanItHas() {
        List<Incident> open = List.of(incident(Optional.empty()));
        Map<String, String> first = NightPages.changed(
                "shop", nights(events(open, List.of(step(CART, DUE, Duration.ofSeconds(30)))), NOW), Map.of());

        assertThat(NightPages.changed("shop", nights(events(open, List.of()), NOW.plus(Duration.ofDays(1))), first))
                .doesNotContainKey("nights/2026-11-22.md");
    }

    /** The journal is asked for thirty nights, so an older page looks back on fewer. */
    @Test
    void aRatioNamesTheNightsThatItCounts() {
        PastEvents known = events(
                List.of(),
                List.of(
                        step(CART, DUE.minus(Duration.ofDays(3)), Duration.ofSeconds(30)),
                        step(CART, DUE.minus(Duration.ofDays(29)), Duration.ofSeconds(30))));
        Map<String, String> changed = NightPages.changed("shop", nights(known, NOW), Map.of());

        assertThat(changed.get("nights/2026-11-22.md")).contains("In the last 30 nights, 2 of 2 were on time");
        assertThat(changed.get("nights/2026-11-19.md")).contains("In the last 27 nights, 2 of 2 were on time");
        assertThat(changed.get("nights/2026-10-24.md")).contains("In this night, 1 of 1 were on time");
    }

    @Test
    void aStepThatIsOnItsWayKeepsThePageOpen() {
        Instant due = NOW.minusSeconds(60);
        Step late = step(CART, NOW.minusSeconds(65), Duration.ofMinutes(20));
        Map<String, String> first = NightPages.changed("shop", nights(events(List.of(), List.of(late)), NOW), Map.of());
        assertThat(first.get("nights/2026-11-22.md")).contains("No step was due.", NightMarkdown.OPEN);

        Map<String, String> second = NightPages.changed(
                "shop", nights(events(List.of(), List.of(late)), due.plus(Duration.ofDays(1))), first);
        assertThat(second.get("nights/2026-11-22.md"))
                .contains("0 of 1 step was on time.", ": 15m late.")
                .doesNotContain(NightMarkdown.OPEN);
    }

    @Test
    void anIncidentThatOpenedLaterIsNotTheCause() {
        Step late = step(CART, DUE, Duration.ofSeconds(301));
        Incident hoursLater = new Incident(
                "b2",
                CART,
                Optional.empty(),
                State.AVAILABILITY_LAG,
                Optional.of(Cause.QUOTA_EXCEEDED),
                Severity.CRITICAL,
                List.of("oncall"),
                DUE.plus(Duration.ofHours(5)),
                Optional.empty(),
                "7 of 8 available");

        assertThat(NightPages.changed("shop", nights(events(List.of(hoursLater), List.of(late)), NOW), Map.of())
                        .get("nights/2026-11-22.md"))
                .contains("- shop/cart, midnight-peak, minimum 8: 1s late. No incident was open.");
    }

    /** Every step counts in one night, also where clocks change; what was pushed is complete. */
    @Test
    void everyStepCountsOnce() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int run = 0; run < RUNS; run++) {
            DailyTime time = new DailyTime(
                    LocalTime.of(random.nextInt(24), random.nextInt(60)),
                    ZoneId.of(List.of("Europe/Berlin", "America/New_York", "Asia/Seoul", "Australia/Lord_Howe")
                            .get(random.nextInt(4))));
            Instant now = Instant.parse("2026-11-05T12:00:00Z").plusSeconds(random.nextInt(86_400 * 20));
            List<NightSpan> spans = NightSpan.ended(time, now, NightPages.NIGHTS);
            List<Step> steps = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Instant due = spans.get(NightPages.NIGHTS - 1).from().plusSeconds(random.nextInt(86_400 * 29));
                if (due.isBefore(spans.get(0).to())) {
                    steps.add(step(
                            new Target("shop", "t" + random.nextInt(5)), due, Duration.ofSeconds(random.nextInt(600))));
                }
            }
            PastEvents all = events(List.of(), steps);
            List<NightReport> nights = spans.stream()
                    .map(night -> NightReport.of(
                            new NightReport.Known("shop", Optional.empty(), all),
                            SHOP,
                            night,
                            new Clocks(time.zone()),
                            now))
                    .toList();

            assertThat(nights.stream().mapToInt(night -> night.steps().size()).sum())
                    .as("run %d", run)
                    .isEqualTo(steps.size());
            Punctuality counted =
                    nights.stream().map(NightReport::punctuality).reduce(Punctuality.NONE, Punctuality::plus);
            assertThat(counted.judged()).isEqualTo(steps.size());
            assertThat(counted.onTime())
                    .isEqualTo(steps.stream()
                            .filter(step -> !step.times()
                                    .ready()
                                    .orElseThrow()
                                    .isAfter(step.promise().orElseThrow().by()))
                            .count());
            Map<String, String> written = NightPages.changed("shop", nights, Map.of());
            assertThat(NightPages.changed("shop", nights, written))
                    .as("run %d", run)
                    .isEmpty();
        }
    }

    @Test
    void whatWasNotReadIsSaid() {
        PastEvents known = new PastEvents(List.of(), QUIET.lines(), List.of(), Set.of(PastEvents.Kind.STEPS));

        assertThat(NightPages.changed("shop", nights(known, NOW), Map.of()).get("nights/2026-11-22.md"))
                .contains(
                        "\nThe journal has more steps of this night than were read, so they are neither listed nor counted.\n");
    }

    @Test
    void aFullListIsSaid() {
        List<Incident> many = new ArrayList<>();
        for (int i = 0; i < NightReport.MOST_ROWS + 1; i++) {
            many.add(new Incident(
                    "a" + i,
                    CART,
                    Optional.empty(),
                    State.AVAILABILITY_LAG,
                    Optional.empty(),
                    Severity.CRITICAL,
                    List.of(),
                    DUE.minusSeconds(1_000 - i),
                    Optional.of(DUE.minusSeconds(999 - i)),
                    "a summary"));
        }
        Map<String, String> changed = NightPages.changed("shop", nights(events(many, List.of()), NOW), Map.of());

        assertThat(changed.get("nights/2026-11-22.md"))
                .contains(
                        "At least 500 incidents, resolved.",
                        "\nA list ends after 500 rows, so there may have been more.\n");
        assertThat(changed.get("README.md")).contains("| - | 0 | ≥ 500 |");

        many.add(incident(Optional.empty()));
        assertThat(NightPages.changed("shop", nights(events(many, List.of()), NOW), Map.of())
                        .get("nights/2026-11-22.md"))
                .contains("At least 500 incidents, 1 still open.", NightMarkdown.OPEN);
    }

    @Test
    void ofTooManyStepsThoseOnTimeAreLeftOut() {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < NightReport.MOST_ROWS + 20; i++) {
            steps.add(step(new Target("shop", "t" + i), DUE, Duration.ofSeconds(i % 10 == 0 ? 400 : 30)));
        }
        NightReport report = nights(events(List.of(), steps), NOW).get(0);

        assertThat(report.leftOut()).isEqualTo(20);
        assertThat(report.punctuality()).isEqualTo(new Punctuality(468, 520));
        assertThat(report.late()).hasSize(52);
        assertThat(report.steps().stream()
                        .filter(step -> Punctuality.isMissed(step.row()))
                        .count())
                .isEqualTo(52);
    }
}
