package io.tidewatch.schedule;

import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.Window;
import io.tidewatch.model.definition.Window.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * What somebody would write in an afternoon over the same crons: a window is open if its start came after its end. No
 * priorities, calendars, leads, or care for gaps; no reason, no next edge.
 */
public final class PlainCrons {

    private final List<Plain> windows = new ArrayList<>();

    public PlainCrons(Definitions definitions) {
        for (ScaleSchedule schedule : definitions.sources().get(0).schedules()) {
            for (Window window : schedule.windows()) {
                windows.add(plain(window, schedule.timeZone()));
            }
        }
    }

    /** How many windows are open. */
    public int open(Instant now) {
        int open = 0;
        for (Plain window : windows) {
            LocalDateTime local = LocalDateTime.ofInstant(now, window.zone());
            LocalDateTime start = window.start().atOrBefore(local).orElse(LocalDateTime.MIN);
            boolean isOpen = window.end() == null
                    ? start.plus(window.duration()).isAfter(local)
                    : start.isAfter(window.end().atOrBefore(local).orElse(LocalDateTime.MIN));
            open += isOpen ? 1 : 0;
        }
        return open;
    }

    /** Every start and every end within some days, as instants, unsorted. */
    public List<Instant> edges(Instant from, Duration length) {
        List<Instant> edges = new ArrayList<>();
        for (Plain window : windows) {
            LocalDateTime until = LocalDateTime.ofInstant(from.plus(length), window.zone());
            LocalDateTime start = LocalDateTime.ofInstant(from, window.zone());
            while ((start = window.start().after(start).orElse(LocalDateTime.MAX)).isBefore(until)) {
                edges.add(start.atZone(window.zone()).toInstant());
                LocalDateTime end = window.end() == null
                        ? start.plus(window.duration())
                        : window.end().after(start).orElse(LocalDateTime.MAX);
                edges.add(end.atZone(window.zone()).toInstant());
            }
        }
        return edges;
    }

    private static Plain plain(Window window, ZoneId zone) {
        if (window.times() instanceof Times.CronToCron both) {
            return new Plain(zone, new Cron(both.start()), new Cron(both.end()), Duration.ZERO);
        }
        Times.CronFor elapsed = (Times.CronFor) window.times();
        return new Plain(zone, new Cron(elapsed.start()), null, elapsed.duration());
    }

    private record Plain(
            ZoneId zone,
            Cron start,
            @org.jspecify.annotations.Nullable Cron end,
            Duration duration) {}
}
