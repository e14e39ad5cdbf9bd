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
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The contract's rules spelled out with plain java.time and no cleverness: every occurrence near a day is listed, and
 * every question is a scan of that list. Imports nothing of what it judges.
 */
final class BruteForce {

    private static final Set<Integer> ALL_DAYS = upTo(1, 31);
    private static final Set<Integer> ALL_MONTHS = upTo(1, 12);

    /** The hands of a clock and the dates that a cron names, and its text; a set of all is written {@code *}. */
    record Hands(
            Set<Integer> minutes, Set<Integer> hours, Set<Integer> days, Set<Integer> months, Set<Integer> weekdays) {

        String cron() {
            return joined(minutes) + " " + joined(hours) + " " + (days.size() == 31 ? "*" : joined(days)) + " "
                    + (months.size() == 12 ? "*" : joined(months)) + " "
                    + (weekdays.size() == 7 ? "*" : joined(weekdays));
        }

        private static String joined(Set<Integer> values) {
            return values.stream().map(Object::toString).collect(Collectors.joining(","));
        }

        List<LocalDateTime> on(LocalDate date) {
            List<LocalDateTime> times = new ArrayList<>();
            boolean byWeek = weekdays.contains(
                    date.getDayOfWeek() == DayOfWeek.SUNDAY
                            ? 0
                            : date.getDayOfWeek().getValue());
            boolean byMonth = days.contains(date.getDayOfMonth());
            boolean either = weekdays.size() < 7 && days.size() < 31;
            if (months.contains(date.getMonthValue()) && (either ? byWeek || byMonth : byWeek && byMonth)) {
                hours.forEach(h -> minutes.forEach(m -> times.add(date.atTime(h, m))));
            }
            return times;
        }
    }

    /**
     * {@code end} or {@code duration}; or {@code once}, and then neither counts.
     *
     * @param closed dates on which it does not start
     * @param only dates on which alone it starts; empty: any
     * @param percent of the baseline's minimum, instead of {@code min}
     * @param max the baseline's where absent
     * @param maxLead the lead is learned, {@code lead} at the least and this at the most
     */
    record Win(
            String name,
            Optional<Once> once,
            Set<LocalDate> closed,
            Set<LocalDate> only,
            Hands start,
            Optional<Hands> end,
            Duration duration,
            int min,
            OptionalInt percent,
            OptionalInt max,
            int priority,
            Duration lead,
            Optional<Duration> maxLead) {

        Answer over(Answer baseline) {
            return new Answer(
                    percent.isPresent() ? (int) Math.ceil(baseline.min() * percent.getAsInt() / 100.0) : min,
                    max.orElse(baseline.max()));
        }
    }

    /** @param withOffset written with an offset of its own, so that its date is what the wall shows then */
    record Once(LocalDateTime from, LocalDateTime until, boolean withOffset) {}

    record Occ(Win win, Instant start, Instant end) {}

    record Answer(int min, int max) {}

    /** @param percent of the way, instead of {@code replicas} */
    record Up(int replicas, OptionalInt percent, Duration pause) {

        static Up random(SplittableRandom random) {
            return new Up(
                    random.nextInt(1, 5),
                    random.nextBoolean() ? OptionalInt.of(random.nextInt(1, 101)) : OptionalInt.empty(),
                    Duration.ofMinutes(random.nextInt(1, 11)));
        }

        /** Climbs step by step. */
        Duration time(int from, int to) {
            int step = percent.isPresent()
                    ? Math.max(1, (int) Math.ceil((to - from) * percent.getAsInt() / 100.0))
                    : replicas;
            Duration time = Duration.ZERO;
            for (int min = from; min < to; min += step) {
                time = time.plus(pause);
            }
            return time;
        }
    }

    private final List<Win> windows;
    private final Optional<Up> ramp;
    private final Answer baseline;
    private final Optional<Duration> learned;
    private final List<Occ> occurrences = new ArrayList<>();

    /** @param learned how long raises of the target took until now */
    BruteForce(
            ZoneId zone,
            List<Win> windows,
            Optional<Up> ramp,
            Answer baseline,
            Optional<Duration> learned,
            LocalDate first,
            LocalDate last) {
        this.learned = learned;
        this.windows = windows;
        this.ramp = ramp;
        this.baseline = baseline;
        TreeMap<LocalDateTime, Instant> resolved = new TreeMap<>();
        for (Win win : windows) {
            TreeSet<LocalDateTime> ends = new TreeSet<>();
            win.end().ifPresent(end -> first.datesUntil(last.plusDays(10)).forEach(d -> ends.addAll(end.on(d))));
            List<LocalDateTime> starts = win.once()
                    .map(once -> List.of(once.from()))
                    .orElseGet(() -> first.datesUntil(last)
                            .flatMap(d -> win.start().on(d).stream())
                            .toList());
            for (LocalDateTime local : starts) {
                Instant from = resolved.computeIfAbsent(local, l -> firstInstantShowingAtLeast(l, zone));
                LocalDate date = win.once().filter(Once::withOffset).isPresent()
                        ? LocalDateTime.ofInstant(from, zone).toLocalDate()
                        : local.toLocalDate();
                if (win.closed().contains(date)
                        || (!win.only().isEmpty() && !win.only().contains(date))) {
                    continue;
                }
                LocalDateTime end = win.once().map(Once::until).orElseGet(() -> ends.higher(local));
                Instant until;
                if (win.once().isEmpty() && win.end().isEmpty()) {
                    until = from.plus(win.duration());
                } else if (end == null) {
                    until = Instant.MAX; // its end is a month or more away
                } else {
                    until = resolved.computeIfAbsent(end, l -> firstInstantShowingAtLeast(l, zone));
                }
                if (from.isBefore(until)) {
                    occurrences.add(new Occ(win, from, until));
                }
            }
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
            LocalDateTime shown = LocalDateTime.ofInstant(instant, zone);
            long missing = ChronoUnit.MINUTES.between(shown, local);
            Instant nearer = instant.plus(missing - 290, ChronoUnit.MINUTES);
            boolean calm =
                    missing > 300 && LocalDateTime.ofInstant(nearer, zone).equals(shown.plusMinutes(missing - 290));
            instant = calm ? nearer : instant.plus(1, ChronoUnit.MINUTES);
        }
        return instant;
    }

    Answer at(Instant instant) {
        Answer now = winner(instant).map(w -> w.over(baseline)).orElse(baseline);
        int min = now.min();
        int max = now.max();
        for (Occ coming : occurrences) {
            boolean leads = coming.start().isAfter(instant)
                    && !coming.start().minus(lead(coming)).isAfter(instant);
            if (leads && winner(coming.start()).filter(coming.win()::equals).isPresent()) {
                min = Math.max(min, coming.win().over(baseline).min());
                max = Math.max(max, coming.win().over(baseline).max());
            }
        }
        return new Answer(min, max);
    }

    private Duration lead(Occ coming) {
        Duration least = coming.win().lead();
        Duration ramp = ramp(coming);
        if (coming.win().maxLead().isEmpty() || learned.isEmpty()) {
            return least.plus(ramp);
        }
        long minutes =
                Math.min(learned.get().toMinutes(), coming.win().maxLead().get().toMinutes());
        return Duration.ofMinutes(Math.max(Math.max(minutes, least.toMinutes()), ramp.toMinutes()));
    }

    private Duration ramp(Occ coming) {
        Answer before =
                winner(coming.start().minusNanos(1)).map(w -> w.over(baseline)).orElse(baseline);
        return ramp.map(up -> up.time(before.min(), coming.win().over(baseline).min()))
                .orElse(Duration.ZERO);
    }

    /** What counts by itself, no lead considered. */
    Optional<Win> winner(Instant instant) {
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

    private boolean beats(Win later, Win earlier) {
        if (later.priority() != earlier.priority()) {
            return later.priority() > earlier.priority();
        }
        return later.over(baseline).min() > earlier.over(baseline).min();
    }

    /** @param around a date near which all that happens once lies */
    static Win randomWindow(SplittableRandom random, int number, LocalDate around) {
        boolean often = random.nextInt(6) == 0;
        Hands start = new Hands(
                new TreeSet<>(often ? Set.of(0, 20, 40) : Set.of(random.nextInt(60))),
                new TreeSet<>(often ? Set.of(1, 2, 3) : Set.of(hour(random))),
                days(random, around),
                months(random, around),
                weekdays(random));
        boolean byDuration = random.nextInt(3) == 0;
        int startHour = start.hours().iterator().next();
        Duration lead = random.nextInt(3) == 0 ? lead(random) : Duration.ZERO;
        return new Win(
                "w" + number,
                random.nextInt(8) == 0 ? Optional.of(once(random, around)) : Optional.empty(),
                dates(random.nextInt(4) - 2, random, around),
                dates(random.nextInt(4) == 0 ? 6 : 0, random, around),
                start,
                byDuration
                        ? Optional.empty()
                        : Optional.of(new Hands(
                                Set.of(random.nextInt(60)),
                                Set.of(random.nextBoolean() ? hour(random) : startHour),
                                ALL_DAYS,
                                ALL_MONTHS,
                                weekdays(random))),
                Duration.ofMinutes(1 + random.nextInt(600)),
                random.nextInt(1, 12),
                random.nextInt(4) == 0 ? OptionalInt.of(random.nextInt(20, 300)) : OptionalInt.empty(),
                random.nextInt(3) == 0 ? OptionalInt.empty() : OptionalInt.of(random.nextInt(12, 30)),
                random.nextInt(3),
                lead,
                random.nextInt(3) == 0 ? Optional.of(maxLead(lead, random)) : Optional.empty());
    }

    private static Once once(SplittableRandom random, LocalDate around) {
        LocalDateTime from = around.plusDays(random.nextInt(-2, 3)).atTime(hour(random), random.nextInt(60));
        return new Once(from, from.plusMinutes(1 + random.nextInt(2000)), random.nextBoolean());
    }

    /** Most often short, sometimes over midnight and over whole other windows. */
    private static Duration lead(SplittableRandom random) {
        return Duration.ofMinutes(random.nextInt(random.nextInt(4) == 0 ? 24 * 60 + 1 : 90));
    }

    private static Duration maxLead(Duration lead, SplittableRandom random) {
        return Duration.ofMinutes(Math.min(24 * 60, lead.toMinutes() + random.nextInt(120)));
    }

    private static Set<LocalDate> dates(int many, SplittableRandom random, LocalDate around) {
        Set<LocalDate> dates = new TreeSet<>();
        for (int i = many; i > 0; i--) {
            dates.add(around.plusDays(random.nextInt(-4, 5)));
        }
        return dates;
    }

    private static Set<Integer> days(SplittableRandom random, LocalDate around) {
        if (random.nextInt(5) > 0) {
            return ALL_DAYS;
        }
        Set<Integer> days = new TreeSet<>(Set.of(random.nextInt(28, 32)));
        for (int i = random.nextInt(4); i >= 0; i--) {
            days.add(around.plusDays(random.nextInt(-3, 4)).getDayOfMonth());
        }
        return days;
    }

    private static Set<Integer> months(SplittableRandom random, LocalDate around) {
        return random.nextInt(8) > 0
                ? ALL_MONTHS
                : new TreeSet<>(List.of(around.getMonthValue(), 1 + random.nextInt(12)));
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

    private static Set<Integer> upTo(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().collect(Collectors.toCollection(TreeSet::new));
    }
}
