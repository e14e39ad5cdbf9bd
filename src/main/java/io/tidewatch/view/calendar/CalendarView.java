package io.tidewatch.view.calendar;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The page of the days ahead.
 *
 * @param notes about schedules that are suspended, and windows that open on some days alone
 * @param days in their order; a day of two zones is there twice
 * @param left how many rows are not shown, because there are too many
 */
public record CalendarView(Instant at, List<String> notes, List<Day> days, int left) {

    /** How many days it shows. */
    public static final int DAYS = 14;

    /** The most rows that are shown. */
    static final int MOST_ROWS = 1_000;

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

    public CalendarView {
        notes = List.copyOf(notes);
        days = List.copyOf(days);
    }

    /**
     * One day in one zone.
     *
     * @param clockChange a sentence, where the clocks change on it
     */
    public record Day(String title, String zone, Optional<String> clockChange, List<Row> rows) {

        public Day {
            rows = List.copyOf(rows);
        }
    }

    /** A change, or a start that is skipped. */
    public record Row(Instant at, String time, String who, String what, boolean skipped) {}

    public static CalendarView of(Preview preview, Instant at) {
        CalendarRows calendar = CalendarRows.of(preview);
        List<CalendarRow> rows = calendar.rows().stream().limit(MOST_ROWS).toList();
        Map<String, List<CalendarRow>> byDay = new LinkedHashMap<>();
        rows.forEach(row -> byDay.computeIfAbsent(row.day() + " " + row.zone(), day -> new ArrayList<>())
                .add(row));
        List<String> notes = new ArrayList<>(calendar.suspended());
        notes.addAll(calendar.leftOut());
        return new CalendarView(
                at,
                notes,
                byDay.values().stream().map(CalendarView::day).toList(),
                calendar.rows().size() - rows.size());
    }

    private static Day day(List<CalendarRow> rows) {
        CalendarRow first = rows.get(0);
        return new Day(
                DAY.format(first.local()),
                first.zone(),
                clockChange(first),
                rows.stream()
                        .map(row -> new Row(row.at(), TIME.format(row.local()), row.who(), row.what(), row.skipped()))
                        .toList());
    }

    private static Optional<String> clockChange(CalendarRow row) {
        ZoneId zone = row.local().getZone();
        Instant begin = row.midnight();
        ZoneOffsetTransition next = zone.getRules().nextTransition(begin.minusNanos(1));
        Instant end = row.day().plusDays(1).atStartOfDay(zone).toInstant();
        return next == null || !next.getInstant().isBefore(end)
                ? Optional.empty()
                : Optional.of("Clocks go " + (next.isGap() ? "forward" : "back") + " at "
                        + next.getDateTimeBefore().toLocalTime() + ", to "
                        + next.getDateTimeAfter().toLocalTime() + ".");
    }
}
