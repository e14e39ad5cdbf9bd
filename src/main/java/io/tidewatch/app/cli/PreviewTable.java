package io.tidewatch.app.cli;

import io.tidewatch.model.Edge;
import io.tidewatch.schedule.Skip;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The calendar for people: by day in the schedule's zone and, beside it, the viewer's time where that differs. */
final class PreviewTable {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    private final Preview preview;
    private final PreviewWords words;
    private final ZoneId viewer;

    PreviewTable(Preview preview, ZoneId viewer) {
        this.preview = preview;
        this.words = new PreviewWords(preview);
        this.viewer = viewer;
    }

    String text() {
        List<Row> rows = new ArrayList<>(edges());
        Map<String, Integer> leftOut = new TreeMap<>();
        for (Skip skip : preview.skips()) {
            if (skip.cause() == Skip.Cause.ONLY) {
                leftOut.merge(PreviewWords.leftOut(skip), 1, Integer::sum);
                continue;
            }
            ZonedDateTime local = skip.at().atZone(skip.schedule().timeZone());
            rows.add(new Row(local, skip.schedule().id(), skip.window() + " skipped, " + skip.why()));
        }
        rows.sort(Comparator.comparing(Row::at));
        StringBuilder text = new StringBuilder();
        preview.suspended().forEach(id -> text.append(id).append(" is suspended: no window of it counts\n"));
        if (rows.isEmpty()) {
            text.append("no change in this time\n");
        }
        if (rows.stream().anyMatch(this::differs)) {
            text.append("the times are each schedule's own; beside them those of ")
                    .append(viewer)
                    .append('\n');
        }
        byDay(rows, text);
        leftOut.forEach((words, days) -> text.append(words.replace("#", days == 1 ? "1 day" : days + " days"))
                .append('\n'));
        return text.toString();
    }

    /** Targets that one selector moves alike share a row. */
    private List<Row> edges() {
        Map<Edge, List<Edge>> alike = new LinkedHashMap<>();
        for (Edge edge : preview.edges()) {
            Edge anywhere = new Edge(
                    edge.at(), edge.actsAt(), edge.schedule(), PreviewWords.ANY, edge.window(), edge.from(), edge.to());
            alike.computeIfAbsent(anywhere, e -> new ArrayList<>()).add(edge);
        }
        return alike.values().stream()
                .map(edges -> new Row(
                        edges.get(0).at().atZone(preview.zone(edges.get(0))),
                        words.who(edges),
                        words.what(edges.get(0))))
                .toList();
    }

    private void byDay(List<Row> rows, StringBuilder text) {
        int width = rows.stream().mapToInt(row -> row.who().length()).max().orElse(0);
        boolean beside = rows.stream().anyMatch(this::differs);
        String day = "";
        for (Row row : rows) {
            String today = DAY.format(row.local()) + ", " + row.local().getZone();
            if (!today.equals(day)) {
                text.append(today).append('\n');
                day = today;
            }
            text.append("  ")
                    .append(TIME.format(row.local()))
                    .append(beside ? "  " + there(row) : "")
                    .append("  ")
                    .append(row.who())
                    .append(" ".repeat(width - row.who().length()))
                    .append("  ")
                    .append(row.what())
                    .append('\n');
        }
    }

    private boolean differs(Row row) {
        return !row.local().getOffset().equals(row.at().atZone(viewer).getOffset());
    }

    /** With how many days later or earlier it is there. */
    private String there(Row row) {
        ZonedDateTime there = row.at().atZone(viewer);
        long days = ChronoUnit.DAYS.between(row.local().toLocalDate(), there.toLocalDate());
        return TIME.format(there) + (days == 0 ? "    " : String.format(" %+dd", days));
    }

    private record Row(ZonedDateTime local, String who, String what) {

        Instant at() {
            return local.toInstant();
        }
    }
}
