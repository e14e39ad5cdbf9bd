package io.tidewatch.schedule;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The contract's rules spelled out with plain java.time and no cleverness: every occurrence near a day is listed, and
 * every question is a scan of that list. Imports nothing of what it judges.
 */
final class BruteForce {

    /** The hands of a clock that a cron names, and its text. */
    record Hands(Set<Integer> minutes, Set<Integer> hours, Set<Integer> weekdays) {

        String cron() {
            String days = weekdays.size() == 7 ? "*" : joined(weekdays);
            return joined(minutes) + " " + joined(hours) + " * * " + days;
        }

        private static String joined(Set<Integer> values) {
            return values.stream().map(Object::toString).collect(Collectors.joining(","));
        }

        List<LocalDateTime> on(LocalDate date) {
            List<LocalDateTime> times = new ArrayList<>();
            if (weekdays.contains(
                    date.getDayOfWeek() == DayOfWeek.SUNDAY
                            ? 0
                            : date.getDayOfWeek().getValue())) {
                hours.forEach(h -> minutes.forEach(m -> times.add(date.atTime(h, m))));
            }
            return times;
        }
    }

    /** {@code end} or {@code duration}. */
    record Win(
            String name,
            Hands start,
            Optional<Hands> end,
            Duration duration,
            int min,
            int max,
            int priority,
            Duration lead) {}

    record Occ(Win win, Instant start, Instant end) {}

    record Answer(int min, int max) {}

    private final List<Win> windows;
    private final Answer baseline;
    private final List<Occ> occurrences = new ArrayList<>();

    BruteForce(ZoneId zone, List<Win> windows, Answer baseline, LocalDate first, LocalDate last) {
        this.windows = windows;
        this.baseline = baseline;
        TreeMap<LocalDateTime, Instant> resolved = new TreeMap<>();
        for (Win win : windows) {
            TreeSet<LocalDateTime> ends = new TreeSet<>();
            win.end().ifPresent(end -> first.datesUntil(last.plusDays(10)).forEach(d -> ends.addAll(end.on(d))));
            first.datesUntil(last).flatMap(d -> win.start().on(d).stream()).forEach(local -> {
                Instant from = resolved.computeIfAbsent(local, l -> firstInstantShowingAtLeast(l, zone));
                Instant until = win.end().isPresent()
                        ? resolved.computeIfAbsent(ends.higher(local), l -> firstInstantShowingAtLeast(l, zone))
                        : from.plus(win.duration());
                if (from.isBefore(until)) {
                    occurrences.add(new Occ(win, from, until));
                }
            });
        }
    }

    /** Walks the clock minute by minute: right for plain times, gaps and overlaps alike. */
    static Instant firstInstantShowingAtLeast(LocalDateTime local, ZoneId zone) {
        Instant instant = local.toInstant(ZoneOffset.UTC)
                .minusSeconds(zone.getRules()
                        .getOffset(local.toInstant(ZoneOffset.UTC))
                        .getTotalSeconds())
                .minus(25, ChronoUnit.HOURS);
        while (LocalDateTime.ofInstant(instant, zone).isBefore(local)) {
            long missing = ChronoUnit.MINUTES.between(LocalDateTime.ofInstant(instant, zone), local);
            instant = instant.plus(missing > 300 ? missing - 290 : 1, ChronoUnit.MINUTES);
        }
        return instant;
    }

    Answer at(Instant instant) {
        Answer now = winner(instant).map(w -> new Answer(w.min(), w.max())).orElse(baseline);
        int min = now.min();
        int max = now.max();
        for (Occ coming : occurrences) {
            boolean leads = coming.start().isAfter(instant)
                    && !coming.start().minus(coming.win().lead()).isAfter(instant);
            if (leads && winner(coming.start()).filter(coming.win()::equals).isPresent()) {
                min = Math.max(min, coming.win().min());
                max = Math.max(max, coming.win().max());
            }
        }
        return new Answer(min, max);
    }

    private Optional<Win> winner(Instant instant) {
        Optional<Win> best = Optional.empty();
        for (Win win : windows) {
            boolean open = occurrences.stream()
                    .anyMatch(o -> o.win().equals(win)
                            && !o.start().isAfter(instant)
                            && o.end().isAfter(instant));
            if (open && (best.isEmpty() || beats(win, best.get()))) {
                best = Optional.of(win);
            }
        }
        return best;
    }

    private static boolean beats(Win later, Win earlier) {
        if (later.priority() != earlier.priority()) {
            return later.priority() > earlier.priority();
        }
        return later.min() > earlier.min();
    }

    static Win randomWindow(SplittableRandom random, int number) {
        boolean often = random.nextInt(6) == 0;
        Hands start = new Hands(
                often ? Set.of(0, 20, 40) : Set.of(random.nextInt(60)),
                often ? Set.of(1, 2, 3) : Set.of(hour(random)),
                weekdays(random));
        boolean byDuration = random.nextInt(3) == 0;
        return new Win(
                "w" + number,
                new Hands(new TreeSet<>(start.minutes()), new TreeSet<>(start.hours()), start.weekdays()),
                byDuration
                        ? Optional.empty()
                        : Optional.of(new Hands(
                                Set.of(random.nextInt(60)),
                                Set.of(
                                        random.nextBoolean()
                                                ? hour(random)
                                                : start.hours().iterator().next()),
                                weekdays(random))),
                Duration.ofMinutes(1 + random.nextInt(600)),
                random.nextInt(1, 12),
                random.nextInt(12, 30),
                random.nextInt(3),
                random.nextInt(3) == 0 ? Duration.ofMinutes(random.nextInt(90)) : Duration.ZERO);
    }

    /** Most often one of the hours in which clocks are changed. */
    private static int hour(SplittableRandom random) {
        return random.nextInt(4) == 0 ? random.nextInt(24) : (23 + random.nextInt(6)) % 24;
    }

    private static Set<Integer> weekdays(SplittableRandom random) {
        Set<Integer> days = new TreeSet<>();
        for (int day = 0; day < 7; day++) {
            if (random.nextInt(4) > 0) {
                days.add(day);
            }
        }
        return days.isEmpty() || random.nextBoolean() ? Set.of(0, 1, 2, 3, 4, 5, 6) : days;
    }
}
