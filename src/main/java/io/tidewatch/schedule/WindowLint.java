package io.tidewatch.schedule;

import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.Window.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The warnings about one window in the time ahead. Each is the text that follows the window's name in the warning. */
final class WindowLint {

    private static final Duration DAY = Duration.ofDays(1);
    private static final int MOST_OCCURRENCES = 400;
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm", Locale.ENGLISH);

    private final ScaleSchedule schedule;
    private final CompiledWindow window;
    private final Instant from;
    private final Instant to;
    private final List<Occurrence> occurrences = new ArrayList<>();

    WindowLint(ScaleSchedule schedule, CompiledWindow window, Instant from) {
        this.schedule = schedule;
        this.window = window;
        this.from = from;
        this.to = from.plus(Lint.AHEAD);
        Optional<Occurrence> next = window.recurrence().startingAfter(from);
        while (occurrences.size() < MOST_OCCURRENCES
                && next.filter(o -> o.start().isBefore(to)).isPresent()) {
            occurrences.add(next.get());
            next = window.recurrence().startingAfter(next.get().start());
        }
    }

    /** Warns of a window that its calendars never let open. A cron that first matches after the range is intended. */
    Optional<String> neverOpens() {
        boolean restricted =
                !window.window().only().isEmpty() || !window.window().except().isEmpty();
        return occurrences.isEmpty()
                        && restricted
                        && isCron()
                        && window.recurrence().openAt(from).isEmpty()
                ? Optional.of("does not open within " + Lint.AHEAD.toDays() + " days: its calendars exclude all of its"
                        + " starts; fix except or only")
                : Optional.empty();
    }

    /**
     * Warns of a window longer than a day, measured in local time, where a day of 25 hours is one day. A one-off is not judged, since
     * both its dates are written.
     */
    Optional<String> longerThanADay() {
        return occurrences.stream()
                .filter(o -> isCron() && length(o).compareTo(DAY) > 0)
                .reduce((longest, next) -> length(next).compareTo(length(longest)) > 0 ? next : longest)
                .map(longest -> "lasts " + hours(length(longest)) + ", from " + WHEN.format(longest.local()) + " to "
                        + WHEN.format(end(longest)) + hint());
    }

    private String hint() {
        return window.window().times() instanceof Times.CronToCron both
                ? "; to end it sooner let its end, " + both.end().text() + ", match on more days"
                : "";
    }

    Optional<String> empty() {
        if (window.recurrence() instanceof Recurrence.OneOff once) {
            return Optional.of(once.written())
                    .filter(o -> o.isEmpty() && !o.start().isBefore(from))
                    .map(o -> "never opens: " + Gaps.bothEndsIn(schedule.timeZone(), o.local()));
        }
        ZoneOffsetTransition transition = schedule.timeZone().getRules().nextTransition(from);
        while (transition != null && transition.getInstant().isBefore(to)) {
            Optional<LocalDateTime> start = Optional.of(transition)
                    .filter(ZoneOffsetTransition::isGap)
                    .flatMap(window.recurrence()::emptyStartIn);
            if (start.isPresent()) {
                return start.map(local ->
                        "does not open on " + local.toLocalDate() + ": " + Gaps.bothEndsIn(schedule.timeZone(), local));
            }
            transition = schedule.timeZone().getRules().nextTransition(transition.getInstant());
        }
        return Optional.empty();
    }

    Optional<String> leadsIntoOneOf(List<CompiledWindow> windows) {
        if (!window.leads()) {
            return Optional.empty();
        }
        for (Occurrence occurrence : occurrences) {
            Instant lead = occurrence.start().minus(window.window().leadTime());
            for (CompiledWindow other : windows) {
                Optional<Instant> ends = endsWithin(other, lead, occurrence.start());
                if (ends.isPresent()) {
                    WallClock clock = WallClock.of(schedule.timeZone());
                    return Optional.of("leads from " + DATE.format(clock.at(lead)) + " on, while "
                            + (other.equals(window) ? "it" : other.window().name()) + " is open until "
                            + clock.at(ends.get()).toLocalTime() + "; until then the larger of the two counts");
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Whether the lead is longer than the time since another window ended, and when that is. Where one window follows
     * the other at once there is no such time, and a lead into it is meant.
     */
    private static Optional<Instant> endsWithin(CompiledWindow other, Instant lead, Instant start) {
        return other.recurrence()
                .openAt(lead)
                .or(() -> other.recurrence().startedBy(start.minusNanos(1)))
                .map(Occurrence::end)
                .filter(end -> end.isAfter(lead) && end.isBefore(start));
    }

    private boolean isCron() {
        return !(window.window().times() instanceof Times.OneOff);
    }

    private LocalDateTime end(Occurrence occurrence) {
        return WallClock.of(schedule.timeZone()).at(occurrence.end());
    }

    private Duration length(Occurrence occurrence) {
        if (window.window().times() instanceof Times.CronFor elapsed) {
            return elapsed.duration();
        }
        return Duration.between(occurrence.local(), end(occurrence));
    }

    private static String hours(Duration duration) {
        long minutes = duration.toMinutes();
        return minutes % 60 == 0 ? minutes / 60 + " h" : minutes / 60 + " h " + minutes % 60 + " min";
    }
}
