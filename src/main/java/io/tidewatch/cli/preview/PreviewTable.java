package io.tidewatch.cli.preview;

import io.tidewatch.log.Console;
import io.tidewatch.view.calendar.CalendarRow;
import io.tidewatch.view.calendar.CalendarRows;
import io.tidewatch.view.calendar.Preview;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** The calendar for people: by day in the schedule's zone, with the viewer's time beside it if that differs. */
public final class PreviewTable {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    private static final int COLUMNS = 80;
    /** If a name leaves less room for text than this, the text goes below it. */
    private static final int LEAST_WORDS = 32;

    private final CalendarRows calendar;
    private final ZoneId viewer;

    public PreviewTable(Preview preview, ZoneId viewer) {
        this.calendar = CalendarRows.of(preview);
        this.viewer = viewer;
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        calendar.suspended().forEach(line -> text.append(line).append('\n'));
        if (calendar.rows().isEmpty()) {
            text.append("no change in this time\n");
        }
        if (calendar.rows().stream().anyMatch(this::differs)) {
            text.append("the times are each schedule's own; beside them those of ")
                    .append(viewer)
                    .append('\n');
        }
        byDay(calendar.rows(), text);
        calendar.leftOut().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private void byDay(List<CalendarRow> rows, StringBuilder text) {
        int width = rows.stream().mapToInt(row -> row.who().length()).max().orElse(0);
        boolean beside = rows.stream().anyMatch(this::differs);
        String day = "";
        for (CalendarRow row : rows) {
            String today = DAY.format(row.local()) + ", " + row.zone();
            if (!today.equals(day)) {
                text.append(today).append('\n');
                day = today;
            }
            String times = "  " + TIME.format(row.local()) + (beside ? "  " + there(row) : "") + "  ";
            if (times.length() + width + 2 > COLUMNS - LEAST_WORDS) {
                text.append(times).append(row.who()).append('\n');
                under(" ".repeat(times.length() + 2), row.what(), text);
            } else {
                String who = row.who() + " ".repeat(width - row.who().length()) + "  ";
                int line = text.length();
                under(" ".repeat(times.length() + who.length()), row.what(), text);
                text.replace(line, line + times.length() + who.length(), times + who);
            }
        }
    }

    private static void under(String margin, String words, StringBuilder text) {
        String together = words.replace(" → ", "\u00a0→\u00a0");
        Console.wrap(together, COLUMNS - margin.length())
                .forEach(line ->
                        text.append(margin).append(line.replace('\u00a0', ' ')).append('\n'));
    }

    private boolean differs(CalendarRow row) {
        return !row.local().getOffset().equals(row.at().atZone(viewer).getOffset());
    }

    /** With how many days later or earlier it is in the viewer's zone. */
    private String there(CalendarRow row) {
        ZonedDateTime there = row.at().atZone(viewer);
        long days = ChronoUnit.DAYS.between(row.local().toLocalDate(), there.toLocalDate());
        return TIME.format(there) + (days == 0 ? "    " : String.format(" %+dd", days));
    }
}
