package io.tidewatch.schedule;

import io.tidewatch.model.definition.CronExpression;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.definition.Window;
import io.tidewatch.model.definition.Window.Moment;
import io.tidewatch.model.definition.Window.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compiles schedules. Each cron and each calendar of the definitions is prepared once. */
final class Compiler {

    private final Calendars calendars;
    private final Map<CronExpression, Cron> crons = new HashMap<>();
    private final Map<ZoneId, WallClock> clocks = new HashMap<>();
    private final Map<Starts, OpenDays> starts = new HashMap<>();

    Compiler(Definitions definitions) {
        this.calendars = new Calendars(definitions);
    }

    CompiledSchedule compile(ScaleSchedule schedule, SourceDefinitions source) {
        List<Window> counting = schedule.suspend() ? List.of() : schedule.windows();
        return new CompiledSchedule(
                schedule,
                counting.stream()
                        .map(window -> compile(window, schedule, source))
                        .toList());
    }

    CompiledWindow compile(Window window, ScaleSchedule schedule, SourceDefinitions source) {
        OpenDays days = calendars.openDays(window, schedule.namespace(), source);
        WallClock clock = clocks.computeIfAbsent(schedule.timeZone(), WallClock::of);
        return new CompiledWindow(window, recurrence(window.times(), clock, days));
    }

    /** The start cron of a window; absent for a one-off. */
    Optional<Cron> startCron(Window window) {
        if (window.times() instanceof Times.CronToCron both) {
            return Optional.of(cron(both.start()));
        }
        return window.times() instanceof Times.CronFor elapsed ? Optional.of(cron(elapsed.start())) : Optional.empty();
    }

    Optional<CalendarDays> calendar(String name, ScaleSchedule schedule, SourceDefinitions source) {
        return calendars.find(name, schedule.namespace(), source);
    }

    private Recurrence recurrence(Times times, WallClock clock, OpenDays days) {
        if (times instanceof Times.OneOff once) {
            Occurrence written = once(once, clock);
            return new Recurrence.OneOff(written, days.contains(written.local().toLocalDate()));
        }
        if (times instanceof Times.CronFor elapsed) {
            Cron start = cron(elapsed.start());
            return elapsed.duration().compareTo(Duration.ZERO) > 0
                    ? new Recurrence.CronFor(clock, start, elapsed.duration(), starts(start, days))
                    : new Recurrence.Never();
        }
        Times.CronToCron both = (Times.CronToCron) times;
        Cron start = cron(both.start());
        return new Recurrence.CronToCron(clock, start, cron(both.end()), starts(start, days));
    }

    private Cron cron(CronExpression expression) {
        return crons.computeIfAbsent(expression, Cron::new);
    }

    /**
     * The days of a cron that a calendar leaves, computed once: if the two hardly ever meet, a search for the next common day
     * would go through centuries each time.
     */
    private OpenDays starts(Cron start, OpenDays days) {
        return days.areAll()
                ? days
                : starts.computeIfAbsent(new Starts(start.days(), days), key -> days.filter(start::matchesDate));
    }

    private record Starts(CronDays dates, OpenDays days) {}

    /** A calendar judges the date on the schedule's wall, also where the moment was written with an offset. */
    private static Occurrence once(Times.OneOff once, WallClock clock) {
        Instant from = instant(once.from(), clock);
        LocalDateTime local = once.from() instanceof Moment.Local written ? written.dateTime() : clock.at(from);
        return new Occurrence(local, from, instant(once.until(), clock));
    }

    private static Instant instant(Moment moment, WallClock clock) {
        return moment instanceof Moment.Local local
                ? clock.instantOf(local.dateTime())
                : ((Moment.WithOffset) moment).dateTime().toInstant();
    }
}
