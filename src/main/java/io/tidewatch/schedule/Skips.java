package io.tidewatch.schedule;

import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.definition.Window;
import io.tidewatch.schedule.Skip.Cause;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the days on which a window does not open: a calendar excludes them, or both ends lie in one DST gap. */
public final class Skips {

    private Skips() {}

    /** The skips of an interval, at most one for each day and window; sorted by instant. A suspended schedule has none. */
    public static List<Skip> between(Definitions definitions, Instant from, Instant to) {
        Compiler compiler = new Compiler(definitions);
        List<Skip> skips = new ArrayList<>();
        for (SourceDefinitions source : definitions.sources()) {
            for (ScaleSchedule schedule : source.schedules()) {
                CompiledSchedule compiled = compiler.compile(schedule, source);
                for (CompiledWindow window : compiled.windows()) {
                    new OfWindow(compiler, source, schedule, window).addTo(skips, from, to);
                }
            }
        }
        skips.sort(Comparator.comparing(Skip::at));
        return List.copyOf(skips);
    }

    private record OfWindow(
            Compiler compiler, SourceDefinitions source, ScaleSchedule schedule, CompiledWindow window) {

        void addTo(List<Skip> skips, Instant from, Instant to) {
            if (window.recurrence() instanceof Recurrence.OneOff once) {
                Instant start = once.written().start();
                if (!start.isBefore(from) && start.isBefore(to)) {
                    add(skips, once.written().local(), start);
                }
                return;
            }
            Optional<Cron> cron = compiler.startCron(window.window());
            WallClock clock = WallClock.of(schedule.timeZone());
            Set<LocalDate> skippedDays = new HashSet<>();
            Optional<LocalDateTime> start = cron.flatMap(c -> c.after(clock.reachedBy(from.minusNanos(1))));
            while (start.isPresent() && clock.instantOf(start.get()).isBefore(to)) {
                LocalDateTime local = start.get();
                if (!skippedDays.contains(local.toLocalDate()) && add(skips, local, clock.instantOf(local))) {
                    skippedDays.add(local.toLocalDate());
                }
                start = cron.flatMap(c -> c.after(local));
            }
        }

        private boolean add(List<Skip> skips, LocalDateTime local, Instant at) {
            Optional<Skip> skip = except(local.toLocalDate())
                    .map(why -> skip(at, Cause.EXCEPT, why))
                    .or(() -> only(local.toLocalDate()).map(why -> skip(at, Cause.ONLY, why)))
                    .or(() -> empty(local).map(why -> skip(at, Cause.GAP, why)));
            skip.ifPresent(skips::add);
            return skip.isPresent();
        }

        private Skip skip(Instant at, Cause cause, String why) {
            return new Skip(at, schedule, window.window().name(), cause, why);
        }

        private Optional<String> empty(LocalDateTime local) {
            return window.recurrence().isEmptyAt(local)
                    ? Optional.of("empty: " + Gaps.bothEndsIn(schedule.timeZone(), local))
                    : Optional.empty();
        }

        private Optional<String> except(LocalDate date) {
            for (String name : window.window().except()) {
                Optional<CalendarDays> calendar = compiler.calendar(name, schedule, source);
                if (calendar.filter(c -> c.contains(date)).isPresent()) {
                    return calendar.map(c -> "except " + c.describe(date));
                }
            }
            return Optional.empty();
        }

        private Optional<String> only(LocalDate date) {
            Window written = window.window();
            boolean open = written.only().isEmpty()
                    || written.only().stream()
                            .anyMatch(name -> compiler.calendar(name, schedule, source)
                                    .filter(c -> c.contains(date))
                                    .isPresent());
            return open ? Optional.empty() : Optional.of("only on " + String.join(", ", written.only()));
        }
    }
}
