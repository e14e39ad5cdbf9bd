package io.tidewatch.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.Edge;
import io.tidewatch.model.definition.LearnedLead;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.schedule.BruteForce.Answer;
import io.tidewatch.schedule.BruteForce.Win;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Random schedules in every zone, 2024 to 2032, against {@link BruteForce}: each minute within two days of a transition,
 * and days elsewhere. A schedule moves one ScaledObject by name or several by their labels, each with a baseline of its
 * own; it has crons, durations and one-offs, shares, maximums, priorities, leads, learned leads, ramps and calendars, or it is suspended.
 * {@code -Dtidewatch.zones.share=1} looks at all transitions, the default at a share of them.
 */
class EveryZoneTest {

    private static final long SEED = Long.getLong("tidewatch.zones.seed", 20261122L);
    private static final double SHARE = Double.parseDouble(System.getProperty("tidewatch.zones.share", "0.003"));
    private static final Instant FIRST = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2033-01-01T00:00:00Z");

    /** As far as an end on a weekday can be away, and a day over. */
    private static final int LOOK_BACK = 13;

    private long windowsTried;
    private long instantsTried;
    private long edgesTried;

    @Test
    void everyMinuteAroundTransitionsAgreesWithBruteForce() {
        SplittableRandom random = new SplittableRandom(SEED);
        int transitions = 0;
        for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            ZoneId zone = ZoneId.of(id);
            ZoneOffsetTransition transition = zone.getRules().nextTransition(FIRST);
            while (transition != null && transition.getInstant().isBefore(LAST)) {
                if (random.nextDouble() < SHARE) {
                    transitions++;
                    agree(zone, transition.getInstant(), random.split());
                }
                transition = zone.getRules().nextTransition(transition.getInstant());
            }
        }
        System.out.printf(
                "seed %d: %d transitions, %d windows, %d instants, %d edges%n",
                SEED, transitions, windowsTried, instantsTried, edgesTried);
        assertThat(transitions).isPositive();
        assertThat(edgesTried).isPositive();
    }

    @Test
    void daysElsewhereAgreeWithBruteForce() {
        SplittableRandom random = new SplittableRandom(SEED + 1);
        long range = LAST.getEpochSecond() - FIRST.getEpochSecond();
        for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            if (random.nextDouble() < SHARE * 5) {
                long second = random.nextLong(range) / 60 * 60;
                agree(ZoneId.of(id), FIRST.plusSeconds(second), random.split());
            }
        }
        System.out.printf(
                "seed %d, elsewhere: %d windows, %d instants, %d edges%n",
                SEED + 1, windowsTried, instantsTried, edgesTried);
        assertThat(edgesTried).isPositive();
    }

    /** A whole day was skipped, half a day came twice, two hours at once, a change of less than a minute's rounding. */
    @Test
    void clocksThatLeaptFurtherAgreeWithBruteForce() {
        SplittableRandom random = new SplittableRandom(SEED + 2);
        Map<String, String> leaps = new TreeMap<>(Map.of(
                "Pacific/Apia", "2011-12-30T10:00:00Z",
                "Pacific/Fakaofo", "2011-12-30T11:00:00Z",
                "Pacific/Kiritimati", "1994-12-31T10:00:00Z",
                "Pacific/Kwajalein", "1993-08-21T12:00:00Z",
                "Antarctica/Troll", "2026-03-29T01:00:00Z",
                "Asia/Pyongyang", "2018-05-04T15:00:00Z",
                "America/Caracas", "2016-05-01T07:00:00Z",
                "Australia/Lord_Howe", "2026-04-04T15:00:00Z"));
        leaps.forEach((zone, at) -> {
            Instant leap = Instant.parse(at);
            assertThat(ZoneId.of(zone).getRules().nextTransition(leap.minusSeconds(1)))
                    .as(zone)
                    .extracting(ZoneOffsetTransition::getInstant)
                    .isEqualTo(leap);
            agree(ZoneId.of(zone), leap, random.split());
        });
    }

    private void agree(ZoneId zone, Instant middle, SplittableRandom random) {
        LocalDate day = middle.atZone(zone).toLocalDate();
        List<Win> windows = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            windows.add(BruteForce.randomWindow(random, windows.size(), day));
        }
        RandomSchedule schedule = RandomSchedule.of(zone, windows, random);
        Instant from = middle.minus(Duration.ofDays(2));
        Instant to = middle.plus(Duration.ofDays(2));
        Timetable timetable = Timetable.of(Written.definitions(schedule.documents()));
        LearnedLeads leads = leads(schedule.baselines().keySet(), random);
        List<Edge> edges = timetable.between(from, to.plus(Duration.ofHours(49)), leads);
        String about = "seed " + SEED + " around " + middle + " " + schedule + " " + leads;
        assertThat(timetable.targets().stream().map(ScheduledTarget::target))
                .as(about)
                .containsExactlyInAnyOrderElementsOf(schedule.baselines().keySet());

        schedule.baselines().forEach((target, baseline) -> {
            BruteForce brute = new BruteForce(
                    zone,
                    schedule.suspended() ? List.of() : windows,
                    schedule.ramp(),
                    baseline,
                    leads.of(target).map(LearnedLead::length),
                    day.minusDays(LOOK_BACK),
                    day.plusDays(6));
            Map<Instant, Edge> byAct = new HashMap<>();
            edges.stream().filter(e -> e.target().equals(target)).forEach(edge -> byAct.put(edge.actsAt(), edge));
            minuteByMinute(about + " " + target, timetable, leads, target, brute, byAct, from, to);
        });
        windowsTried += windows.size();
    }

    private static LearnedLeads leads(Set<Target> targets, SplittableRandom random) {
        Map<Target, LearnedLead> leads = new TreeMap<>();
        targets.forEach(target -> {
            if (random.nextInt(3) > 0) {
                Duration length = Duration.ofMinutes(random.nextInt(random.nextInt(8) == 0 ? 24 * 60 + 1 : 120));
                leads.put(target, new LearnedLead(length, LearnedLead.MOST, LocalDate.EPOCH));
            }
        });
        return new LearnedLeads(leads);
    }

    private void minuteByMinute(
            String about,
            Timetable timetable,
            LearnedLeads leads,
            Target target,
            BruteForce brute,
            Map<Instant, Edge> edges,
            Instant from,
            Instant to) {
        ScheduledTarget asked = timetable.targets().stream()
                .filter(t -> t.target().equals(target))
                .findFirst()
                .orElseThrow();
        CompiledSchedule compiled =
                asked.learned(leads).map(asked.compiled()::learning).orElse(asked.compiled());
        Bounds before = bounds(brute.at(from.minusSeconds(60)));
        for (Instant instant = from; instant.isBefore(to); instant = instant.plusSeconds(60)) {
            Bounds expected = bounds(brute.at(instant));
            Bounds found = compiled.at(instant, asked.baseline()).bounds().orElseThrow();
            if (!found.equals(expected)) {
                assertThat(found).as("%s at %s", about, instant).isEqualTo(expected);
            }
            // A lead that began before the interval belongs to an edge inside it, and is listed with it.
            if (!expected.equals(before) != edges.containsKey(instant)) {
                assertThat(edges)
                        .as("%s: %s -> %s at %s", about, before, expected, instant)
                        .isNull();
            }
            Edge edge = edges.get(instant);
            if (edge != null) {
                edgesTried++;
                assertThat(edge.change().before().bounds()).as(about).contains(before);
                assertThat(edge.change().after().bounds()).as(about).contains(expected);
                assertThat(edge.at()).as(about).isAfterOrEqualTo(instant);
                compareNeighbours(about, timetable, leads, target, instant);
                assertThat(timetable.precedence(target, instant).map(Precedence::window))
                        .as("%s at %s", about, instant)
                        .isEqualTo(brute.winner(instant).map(Win::name));
            }
            before = expected;
            instantsTried++;
        }
    }

    /** A look just before an edge announces it, one at it says that it is this one. */
    private static void compareNeighbours(
            String about, Timetable timetable, LearnedLeads leads, Target target, Instant edge) {
        DesiredState earlier = timetable.at(edge.minusSeconds(60), leads);
        assertThat(Optional.ofNullable(earlier.desired().get(target)).flatMap(w -> w.next()))
                .as(about)
                .contains(edge);
        assertThat(earlier.next()).as(about).contains(edge);
        assertThat(Optional.ofNullable(timetable.at(edge, leads).desired().get(target))
                        .flatMap(w -> w.since()))
                .as(about)
                .contains(edge);
    }

    private static Bounds bounds(Answer answer) {
        return new Bounds(answer.min(), answer.max());
    }
}
