package io.tidewatch.cli.preview;

import io.tidewatch.log.Console;
import io.tidewatch.model.definition.Edge;
import io.tidewatch.schedule.Skip;
import java.time.Instant;
import java.time.LocalDate;
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
import java.util.stream.Stream;

/** The calendar for people: by day in the schedule's zone, with the viewer's time beside it if that differs. */
public final class PreviewTable {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    private static final int COLUMNS = 80;
    /** If a name leaves less room for text than this, the text goes below it. */
    private static final int LEAST_WORDS = 32;
    /** Rows for one edge of one schedule. */
    private static final int MOST_ROWS = 3;

    private final Preview preview;
    private final PreviewMessages words;
    private final ZoneId viewer;

    public PreviewTable(Preview preview, ZoneId viewer) {
        this.preview = preview;
        this.words = new PreviewMessages(preview);
        this.viewer = viewer;
    }

    public String text() {
        List<Row> rows = new ArrayList<>(edges());
        Map<String, Integer> leftOut = new TreeMap<>();
        for (Skip skip : preview.skips()) {
            if (skip.cause() == Skip.Cause.ONLY) {
                leftOut.merge(PreviewMessages.leftOut(skip), 1, Integer::sum);
                continue;
            }
            ZonedDateTime local = skip.at().atZone(skip.schedule().timeZone());
            rows.add(new Row(local, skip.schedule().id(), skip.window() + " skipped, " + skip.why()));
        }
        rows.sort(Comparator.comparing(Row::day)
                .thenComparing(Row::midnight)
                .thenComparing(Row::zone)
                .thenComparing(Row::at));
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

    /** Targets of one selector with equal numbers share a row. If that is still many rows, all its targets share one. */
    private List<Row> edges() {
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
                .map(edges -> new Row(
                        edges.get(0).at().atZone(preview.zone(edges.get(0))), words.who(edges), words.what(edges)))
                .toList();
    }

    private void byDay(List<Row> rows, StringBuilder text) {
        int width = rows.stream().mapToInt(row -> row.who().length()).max().orElse(0);
        boolean beside = rows.stream().anyMatch(this::differs);
        String day = "";
        for (Row row : rows) {
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

    private boolean differs(Row row) {
        return !row.local().getOffset().equals(row.at().atZone(viewer).getOffset());
    }

    /** With how many days later or earlier it is in the viewer's zone. */
    private String there(Row row) {
        ZonedDateTime there = row.at().atZone(viewer);
        long days = ChronoUnit.DAYS.between(row.local().toLocalDate(), there.toLocalDate());
        return TIME.format(there) + (days == 0 ? "    " : String.format(" %+dd", days));
    }

    private record Row(ZonedDateTime local, String who, String what) {

        LocalDate day() {
            return local.toLocalDate();
        }

        /** When its day begins: of two zones, the eastern one comes first. */
        Instant midnight() {
            return day().atStartOfDay(local.getZone()).toInstant();
        }

        String zone() {
            return local.getZone().getId();
        }

        Instant at() {
            return local.toInstant();
        }
    }
}
