package io.tidewatch.app.cli;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Edge;
import io.tidewatch.model.Target;
import io.tidewatch.schedule.Precedence.Beaten;
import io.tidewatch.schedule.Skip;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** A row of the calendar in words. */
final class PreviewWords {

    /** Stands for whichever target in an edge that many share. */
    static final Target ANY = new Target("", "");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    private final Preview preview;

    PreviewWords(Preview preview) {
        this.preview = preview;
    }

    String who(List<Edge> alike) {
        return alike.size() == 1
                ? alike.get(0).target().toString()
                : alike.get(0).schedule() + " (" + alike.size() + " targets)";
    }

    String what(Edge edge) {
        StringBuilder what = new StringBuilder(edge.window().orElse("baseline"))
                .append(": minimum ")
                .append(change(edge.from().map(Bounds::min), edge.to().map(Bounds::min)));
        Optional<Integer> before = preview.max(edge, edge.from(), Optional.empty());
        Optional<Integer> after = preview.max(edge, edge.to(), edge.window());
        if (!before.equals(after)) {
            what.append(", maximum ").append(change(before, after));
        }
        if (edge.actsAt().isBefore(edge.at())) {
            what.append(", from ")
                    .append(TIME.format(edge.actsAt().atZone(preview.zone(edge))))
                    .append(" on");
        }
        for (Beaten other : preview.beaten(edge)) {
            what.append(", over ").append(other.window()).append(rule(other));
        }
        return what.append(whichOfTwo(edge.at().atZone(preview.zone(edge)))).toString();
    }

    /** A window for a few days of the year is left out on all others, which is told once, {@code #} times. */
    static String leftOut(Skip skip) {
        return skip.schedule().id() + "  " + skip.window() + " left out on #, " + skip.why();
    }

    private static String rule(Beaten beaten) {
        return switch (beaten.by()) {
            case PRIORITY -> " by priority";
            case MINIMUM -> " by its higher minimum";
            case WRITTEN_FIRST -> ", being written first";
        };
    }

    /** Where the clock goes back an hour, one time comes twice. */
    private static String whichOfTwo(ZonedDateTime at) {
        List<ZoneOffset> offsets = at.getZone().getRules().getValidOffsets(at.toLocalDateTime());
        if (offsets.size() < 2) {
            return "";
        }
        return " (the " + (at.getOffset().equals(offsets.get(0)) ? "first " : "second ") + TIME.format(at)
                + " of that day)";
    }

    private static String change(Optional<Integer> before, Optional<Integer> after) {
        return number(before) + (before.equals(after) ? "" : " → " + number(after));
    }

    private static String number(Optional<Integer> number) {
        return number.map(n -> Integer.toString(n)).orElse("?");
    }
}
