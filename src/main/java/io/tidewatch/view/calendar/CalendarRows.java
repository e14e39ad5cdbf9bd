package io.tidewatch.view.calendar;

import io.tidewatch.model.definition.Edge;
import io.tidewatch.schedule.Skip;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The calendar for people, row by row.
 *
 * @param suspended schedules of which no window counts, as sentences
 * @param rows by day in the zone of each schedule, then by time
 * @param leftOut windows that open on some days alone, with the number of days on which they do not, as sentences
 */
public record CalendarRows(List<String> suspended, List<CalendarRow> rows, List<String> leftOut) {

    /** Rows for one edge of one schedule. */
    private static final int MOST_ROWS = 3;

    public CalendarRows {
        suspended = List.copyOf(suspended);
        rows = List.copyOf(rows);
        leftOut = List.copyOf(leftOut);
    }

    public static CalendarRows of(Preview preview) {
        List<CalendarRow> rows = new ArrayList<>(edges(preview));
        Map<String, Integer> leftOut = new TreeMap<>();
        for (Skip skip : preview.skips()) {
            if (skip.cause() == Skip.Cause.ONLY) {
                leftOut.merge(PreviewMessages.leftOut(skip), 1, Integer::sum);
            } else {
                rows.add(new CalendarRow(
                        skip.at().atZone(skip.schedule().timeZone()),
                        skip.schedule().id(),
                        skip.window() + " skipped, " + skip.why(),
                        true));
            }
        }
        rows.sort(Comparator.comparing(CalendarRow::day)
                .thenComparing(CalendarRow::midnight)
                .thenComparing(CalendarRow::zone)
                .thenComparing(CalendarRow::at));
        return new CalendarRows(
                preview.suspended().stream()
                        .map(id -> id + " is suspended: no window of it counts")
                        .toList(),
                rows,
                leftOut.entrySet().stream()
                        .map(one -> one.getKey().replace("#", one.getValue() == 1 ? "1 day" : one.getValue() + " days"))
                        .toList());
    }

    /** Targets of one selector with equal numbers share a row. If that is still many rows, all its targets share one. */
    private static List<CalendarRow> edges(Preview preview) {
        PreviewMessages words = new PreviewMessages(preview);
        Map<Edge, Map<Edge, List<Edge>>> alike = new LinkedHashMap<>();
        for (Edge edge : preview.edges()) {
            alike.computeIfAbsent(PreviewMessages.anywhere(edge, false), e -> new LinkedHashMap<>())
                    .computeIfAbsent(PreviewMessages.anywhere(edge, true), e -> new ArrayList<>())
                    .add(edge);
        }
        return alike.values().stream()
                .flatMap(rows -> rows.size() <= MOST_ROWS
                        ? rows.values().stream()
                        : Stream.of(rows.values().stream().flatMap(List::stream).toList()))
                .map(edges -> new CalendarRow(
                        edges.get(0).at().atZone(preview.zone(edges.get(0))),
                        words.who(edges),
                        words.what(edges),
                        false))
                .toList();
    }
}
