package io.tidewatch.view.calendar;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Edge;
import io.tidewatch.schedule.Precedence.Beaten;
import io.tidewatch.schedule.Skip;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The text of a row of the calendar. */
final class PreviewMessages {

    /** The placeholder for the target of an edge that many targets share. */
    private static final Target ANY = new Target("", "");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern(":ss");
    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);

    private final Preview preview;

    PreviewMessages(Preview preview) {
        this.preview = preview;
    }

    /** The edge without its target, and optionally without its numbers, to compare edges. */
    static Edge anywhere(Edge edge, boolean withNumbers) {
        return new Edge(
                edge.at(),
                edge.lead(),
                edge.schedule(),
                ANY,
                withNumbers ? edge.change() : edge.change().withoutBounds());
    }

    String who(List<Edge> alike) {
        return alike.size() == 1
                ? alike.get(0).target().toString()
                : alike.get(0).schedule() + " (" + alike.size() + " targets)";
    }

    /** @param alike edges that differ only in their target and perhaps in their numbers */
    String what(List<Edge> alike) {
        Edge edge = alike.get(0);
        StringBuilder what = new StringBuilder(edge.window().orElse("baseline"))
                .append(": minimum ")
                .append(change(
                        numbers(alike, e -> e.change().before().bounds().map(Bounds::min)),
                        numbers(alike, e -> e.change().after().bounds().map(Bounds::min))));
        String before = numbers(alike, e -> preview.max(e, e.change().before()));
        String after = numbers(alike, e -> preview.max(e, e.change().after()));
        if (!before.equals(after)) {
            what.append(", maximum ").append(change(before, after));
        }
        what.append(ramp(alike));
        if (edge.actsAt().isBefore(edge.at())) {
            what.append(", from ").append(acts(edge)).append(" on");
        }
        what.append(lead(alike));
        if (alike.stream().map(preview::beaten).distinct().count() == 1) {
            for (Beaten other : preview.beaten(edge)) {
                what.append(", over ").append(other.window()).append(rule(other));
            }
        }
        return what.append(whichOfTwo(edge.at().atZone(preview.zone(edge)))).toString();
    }

    /** The text about the steps of a ramp; empty where the ramps of the targets differ. */
    private String ramp(List<Edge> alike) {
        Set<String> texts = alike.stream()
                .map(edge -> preview.ramp(edge).map(ramp -> ", " + ramp.text()).orElse(""))
                .collect(Collectors.toSet());
        return texts.size() == 1 ? texts.iterator().next() : "";
    }

    /** What a learned lead rests on, or that the targets differ in that. */
    private String lead(List<Edge> alike) {
        Set<String> texts = alike.stream()
                .map(edge -> preview.lead(edge).map(Preview.LeadOfEdge::text).orElse(""))
                .collect(Collectors.toSet());
        String text = texts.size() == 1 ? texts.iterator().next() : "learned by each target";
        return text.isEmpty() ? "" : " (" + text + ")";
    }

    /** With the day if the lead begins on the day before. */
    private String acts(Edge edge) {
        ZonedDateTime at = edge.at().atZone(preview.zone(edge));
        ZonedDateTime acts = edge.actsAt().atZone(preview.zone(edge));
        String time = (acts.toLocalDate().equals(at.toLocalDate()) ? TIME : DAY_AND_TIME).format(acts);
        return acts.getSecond() == 0 ? time : time + SECONDS.format(acts);
    }

    /** The line for all days on which a window is left out for one reason; {@code #} stands for their number. */
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

    /** When the clock goes back an hour, each time in that hour comes twice. */
    private static String whichOfTwo(ZonedDateTime at) {
        List<ZoneOffset> offsets = at.getZone().getRules().getValidOffsets(at.toLocalDateTime());
        if (offsets.size() < 2) {
            return "";
        }
        return " (the " + (at.getOffset().equals(offsets.get(0)) ? "first " : "second ") + TIME.format(at)
                + " of that day)";
    }

    private static String change(String before, String after) {
        return before + (before.equals(after) ? "" : " → " + after);
    }

    /** The number, or the least and the greatest if they differ. */
    private static String numbers(List<Edge> alike, Function<Edge, Optional<Integer>> number) {
        TreeSet<Integer> known = new TreeSet<>();
        alike.forEach(edge -> number.apply(edge).ifPresent(known::add));
        if (known.isEmpty()) {
            return "?";
        }
        return known.size() == 1 ? known.first().toString() : known.first() + "–" + known.last();
    }
}
