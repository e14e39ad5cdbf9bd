package io.tidewatch.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Edge;
import io.tidewatch.schedule.BruteForce.Answer;
import io.tidewatch.schedule.BruteForce.Win;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Random windows in every zone, 2024 to 2032, against {@link BruteForce}: each minute within two days of a transition,
 * and days elsewhere. {@code -Dtidewatch.zones.share=1} looks at all transitions, the default at a share of them.
 */
class EveryZoneTest {

    private static final long SEED = Long.getLong("tidewatch.zones.seed", 20261122L);
    private static final double SHARE = Double.parseDouble(System.getProperty("tidewatch.zones.share", "0.01"));
    private static final Instant FIRST = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2033-01-01T00:00:00Z");
    private static final Bounds BASELINE = new Bounds(5, 20);

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
    }

    private void agree(ZoneId zone, Instant middle, SplittableRandom random) {
        List<Win> windows = new ArrayList<>();
        LocalDate day = middle.atZone(zone).toLocalDate();
        for (int i = 0; i <= random.nextInt(3); i++) {
            windows.add(BruteForce.randomWindow(random, i, day));
        }
        Instant from = middle.minus(Duration.ofDays(2));
        Instant to = middle.plus(Duration.ofDays(2));
        BruteForce brute = new BruteForce(
                zone, windows, new Answer(BASELINE.min(), BASELINE.max()), day.minusDays(LOOK_BACK), day.plusDays(6));
        Timetable timetable = Timetable.of(Written.definitions(documents(zone, windows)));
        String about = "seed " + SEED + " " + zone + " around " + middle + " " + windows;

        Map<Instant, Edge> byAct = new HashMap<>();
        timetable.between(from, to.plus(Duration.ofHours(2))).forEach(edge -> byAct.put(edge.actsAt(), edge));
        CompiledSchedule schedule = timetable.targets().get(0).compiled();
        Bounds before = bounds(brute.at(from.minusSeconds(60)));
        for (Instant instant = from; instant.isBefore(to); instant = instant.plusSeconds(60)) {
            Bounds expected = bounds(brute.at(instant));
            Bounds found = schedule.at(instant, timetable.targets().get(0).baseline())
                    .bounds()
                    .orElseThrow();
            if (!found.equals(expected)) {
                assertThat(found).as("%s at %s", about, instant).isEqualTo(expected);
            }
            // A lead that began before the interval belongs to an edge inside it, and is listed with it.
            if (!expected.equals(before) != byAct.containsKey(instant)) {
                assertThat(byAct)
                        .as("%s: %s -> %s at %s", about, before, expected, instant)
                        .isNull();
            }
            if (byAct.containsKey(instant)) {
                edgesTried++;
                assertThat(byAct.get(instant).from()).as(about).contains(before);
                assertThat(byAct.get(instant).to()).as(about).contains(expected);
                assertThat(timetable.at(instant.minusSeconds(60)).next())
                        .as(about)
                        .containsExactly(instant);
                assertThat(timetable
                                .at(instant)
                                .wanted()
                                .values()
                                .iterator()
                                .next()
                                .since())
                        .as(about)
                        .contains(instant);
            }
            before = expected;
            instantsTried++;
        }
        windowsTried += windows.size();
    }

    private static Bounds bounds(Answer answer) {
        return new Bounds(answer.min(), answer.max());
    }

    /** The schedule, and a calendar of each window's closed dates. */
    private static List<Map<String, Object>> documents(ZoneId zone, List<Win> windows) {
        List<Map<String, Object>> documents = new ArrayList<>();
        documents.add(document(zone, windows));
        for (Win window : windows) {
            documents.add(Map.of(
                    "kind",
                    "Calendar",
                    "metadata",
                    Map.of("name", window.name()),
                    "spec",
                    Map.of(
                            "dates",
                            window.closed().stream().map(LocalDate::toString).toList())));
        }
        return documents;
    }

    private static Map<String, Object> document(ZoneId zone, List<Win> windows) {
        List<Map<String, Object>> written = new ArrayList<>();
        for (Win window : windows) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", window.name());
            window.once()
                    .ifPresentOrElse(
                            once -> {
                                one.put("from", once.from().toString());
                                one.put("until", once.until().toString());
                            },
                            () -> {
                                one.put("start", window.start().cron());
                                window.end()
                                        .ifPresentOrElse(
                                                end -> one.put("end", end.cron()),
                                                () -> one.put(
                                                        "duration",
                                                        window.duration().toString()));
                            });
            one.put("except", window.closed().isEmpty() ? List.of() : List.of(window.name()));
            one.put("minReplicas", window.min());
            one.put("maxReplicas", window.max());
            one.put("priority", window.priority());
            one.put("leadTime", window.lead().toString());
            written.add(one);
        }
        return Map.of(
                "kind", "ScaleSchedule",
                "metadata", Map.of("name", "random"),
                "spec",
                        Map.of(
                                "scaledObjectRef", Map.of("name", "checkout"),
                                "timeZone", zone.getId(),
                                "baseline", Map.of("minReplicas", BASELINE.min(), "maxReplicas", BASELINE.max()),
                                "windows", written));
    }
}
