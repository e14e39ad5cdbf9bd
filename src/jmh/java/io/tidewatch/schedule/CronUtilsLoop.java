package io.tidewatch.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.definition.Window;
import io.tidewatch.model.definition.Window.Times;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/** The plain loop with the library's own answers: its last start, compared with its last end. */
final class CronUtilsLoop {

    private record Plain(
            ZoneId zone,
            ExecutionTime start,
            @org.jspecify.annotations.Nullable ExecutionTime end,
            Window window) {}

    private final List<Plain> windows = new ArrayList<>();

    CronUtilsLoop(Definitions definitions) {
        CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
        for (ScaleSchedule schedule : definitions.sources().get(0).schedules()) {
            for (Window window : schedule.windows()) {
                String start = window.times() instanceof Times.CronToCron both
                        ? both.start().text()
                        : ((Times.CronFor) window.times()).start().text();
                ExecutionTime end = window.times() instanceof Times.CronToCron both
                        ? ExecutionTime.forCron(parser.parse(both.end().text()))
                        : null;
                windows.add(new Plain(schedule.timeZone(), ExecutionTime.forCron(parser.parse(start)), end, window));
            }
        }
    }

    int open(Instant now) {
        int open = 0;
        for (Plain window : windows) {
            ZonedDateTime local = now.atZone(window.zone());
            ZonedDateTime start = window.start().lastExecution(local).orElseThrow();
            boolean isOpen = window.end() == null
                    ? start.plus(((Times.CronFor) window.window().times()).duration())
                            .isAfter(local)
                    : start.isAfter(window.end().lastExecution(local).orElseThrow());
            open += isOpen ? 1 : 0;
        }
        return open;
    }
}
