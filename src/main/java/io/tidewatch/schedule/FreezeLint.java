package io.tidewatch.schedule;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Durations;
import io.tidewatch.model.definition.ScaleSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The warnings about the freeze of a schedule in the time ahead: for how long no revision is written. Two windows closer together than
 * {@code preflight} are one freeze. A window takes effect before its start by its lead and by its ramp, of several targets by that of the
 * longest way.
 */
final class FreezeLint {

    private static final Duration DAY = Duration.ofDays(1);
    private static final int MOST_OCCURRENCES = 400;
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

    private final ScaleSchedule schedule;
    private final WallClock clock;
    private final List<LeadTimes> leads;
    private final List<Frozen> freezes = new ArrayList<>();
    private Optional<String> noBreak = Optional.empty();

    /**
     * A time without a break between windows.
     *
     * @param window the name of the window that ends last
     * @param from when the first window takes effect, in local time
     * @param to when the last window ends, in local time
     */
    private record Frozen(String window, LocalDateTime from, LocalDateTime to) {

        Duration length() {
            return Duration.between(from, to);
        }
    }

    /** @param baselines of the schedule's targets; absent: not known */
    FreezeLint(CompiledSchedule compiled, Set<Optional<Bounds>> baselines, Instant from) {
        this.schedule = compiled.schedule();
        this.leads = ends(baselines).stream()
                .map(baseline -> new LeadTimes(compiled, baseline))
                .toList();
        this.clock = WallClock.of(schedule.timeZone());
        if (schedule.freezeRollouts()) {
            compiled.windows().stream()
                    .flatMap(window -> openings(window, from).stream())
                    .sorted(Comparator.comparing(Frozen::from).thenComparing(Frozen::to))
                    .forEach(this::add);
        }
    }

    /** Warns where no revision is written for more than a day. */
    Optional<String> longerThanADay() {
        return freezes.stream()
                .filter(freeze -> freeze.length().compareTo(DAY) > 0)
                .reduce((longest, next) -> next.length().compareTo(longest.length()) > 0 ? next : longest)
                .map(longest -> "writes no new revision for " + hours(longest.length()) + ", from "
                        + WHEN.format(longest.from()) + " to " + WHEN.format(longest.to())
                        + "; shorten the windows, or leave freezeRollouts out");
    }

    /** Warns of the first two windows between which the freeze does not end. */
    Optional<String> noBreak() {
        return noBreak;
    }

    private List<Frozen> openings(CompiledWindow window, Instant from) {
        List<Frozen> found = new ArrayList<>();
        Instant to = from.plus(Lint.AHEAD);
        Optional<Occurrence> next = window.recurrence().startingAfter(from);
        while (found.size() < MOST_OCCURRENCES
                && next.filter(opening -> opening.start().isBefore(to)).isPresent()) {
            Occurrence opening = next.get();
            found.add(new Frozen(
                    window.window().name(),
                    clock.at(opening.start().minus(lead(window, opening))),
                    clock.at(opening.end())));
            next = window.recurrence().startingAfter(opening.start());
        }
        return found;
    }

    private Duration lead(CompiledWindow window, Occurrence opening) {
        return leads.stream()
                .map(times -> times.of(window, opening))
                .max(Comparator.naturalOrder())
                .orElse(window.window().leadTime());
    }

    /** The lowest and the highest: any other has a ramp no longer than that of one of them. */
    static Set<Optional<Bounds>> ends(Set<Optional<Bounds>> baselines) {
        Comparator<Optional<Bounds>> byMinimum =
                Comparator.comparingInt(baseline -> baseline.map(Bounds::min).orElse(Bounds.DEFAULT_MIN));
        return Stream.of(baselines.stream().min(byMinimum), baselines.stream().max(byMinimum))
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    private void add(Frozen opening) {
        if (freezes.isEmpty()) {
            freezes.add(opening);
            return;
        }
        Frozen last = freezes.get(freezes.size() - 1);
        Duration gap = Duration.between(last.to(), opening.from());
        if (gap.compareTo(Duration.ZERO) > 0 && gap.compareTo(schedule.preflight()) >= 0) {
            freezes.add(opening);
            return;
        }
        if (gap.compareTo(Duration.ZERO) > 0 && noBreak.isEmpty()) {
            noBreak = Optional.of("does not end between window " + last.window() + ", which ends at "
                    + WHEN.format(last.to()) + ", and window " + opening.window() + ", which takes effect at "
                    + TIME.format(opening.from()) + ": preflight is " + Durations.compact(schedule.preflight())
                    + "; set a shorter preflight, or let no time pass between the windows");
        }
        boolean endsLater = opening.to().isAfter(last.to());
        freezes.set(freezes.size() - 1, endsLater ? new Frozen(opening.window(), last.from(), opening.to()) : last);
    }

    private static String hours(Duration duration) {
        long minutes = duration.toMinutes();
        return minutes % 60 == 0 ? minutes / 60 + " h" : minutes / 60 + " h " + minutes % 60 + " min";
    }
}
