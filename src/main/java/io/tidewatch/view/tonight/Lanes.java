package io.tidewatch.view.tonight;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Durations;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Edge;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.plan.Promise;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.TargetStatus;
import io.tidewatch.view.Clocks;
import io.tidewatch.view.Facts;
import io.tidewatch.view.Mood;
import io.tidewatch.view.calendar.Preview;
import io.tidewatch.view.tonight.Lane.Bar;
import io.tidewatch.view.tonight.Lane.BarKind;
import io.tidewatch.view.tonight.Lane.Mark;
import io.tidewatch.view.tonight.Lane.MarkKind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Makes the lane of a target: windows by the schedule, what happened by the journal, what is by the last pass. */
final class Lanes {

    /** No lead is longer, so that every edge that acts on the axis is found. */
    private static final Duration LONGEST_LEAD = Duration.ofDays(2);

    private static final int LABEL_SHARE = 24;

    private final Facts facts;
    private final Axis axis;
    private final Happened happened;
    private final Preview preview;
    private final Set<Target> inTrouble;

    /** @param inTrouble the targets with an open incident */
    Lanes(Facts facts, Axis axis, Happened happened, Set<Target> inTrouble) {
        this.facts = facts;
        this.axis = axis;
        this.happened = happened;
        this.inTrouble = inTrouble;
        this.preview = Preview.of(facts.definitions(), facts.timetable(), facts.leads(), List.of());
    }

    Lane of(TargetStatus row) {
        Target target = row.target();
        Optional<ScaleSchedule> schedule = facts.timetable().schedule(target);
        Clocks clocks = new Clocks(schedule.map(ScaleSchedule::timeZone).orElse(axis.zone()));
        List<Edge> edges =
                facts.timetable().between(target, axis.from(), axis.to().plus(LONGEST_LEAD), facts.leads()).stream()
                        .filter(edge -> edge.actsAt().isBefore(axis.to()))
                        .sorted(Comparator.comparing(Edge::actsAt))
                        .toList();
        List<Bar> bars = new ArrayList<>(windows(row, edges, clocks));
        bars.addAll(incidents(target, clocks));
        List<Mark> marks = new ArrayList<>(ramps(edges, clocks));
        steps(target, clocks, bars, marks);
        lines(target, clocks, marks);
        marks.sort(Comparator.comparing(Mark::at));
        return new Lane(
                target,
                Mood.of(row.state(), inTrouble.contains(target)),
                row.state().word()
                        + row.cause().map(Cause::word).map(word -> "/" + word).orElse(""),
                number(row.pods().available()) + "/" + number(row.pods().replicas()),
                minimum(row),
                row.window(),
                NextChange.of(facts, row).map(edge -> next(edge, clocks)),
                row.message(),
                row.since(),
                Optional.of(clocks.zone())
                        .filter(zone -> !zone.equals(axis.zone()))
                        .map(ZoneId::getId),
                bars,
                marks);
    }

    private Lane.Next next(Edge edge, Clocks clocks) {
        return new Lane.Next(
                edge.actsAt(),
                (edge.actsAt().isAfter(axis.to()) ? clocks.dayAndTime(edge.actsAt()) : clocks.exact(edge.actsAt()))
                        + " "
                        + edge.window().map(name -> "window " + name).orElse("baseline")
                        + Headlines.numbers(edge)
                                .map(numbers -> ", minimum " + numbers)
                                .orElse("")
                        + (edge.lead().isZero() ? "" : ", ready by " + clocks.exact(edge.at())));
    }

    /** What is ahead is less than a day ahead; what has been may be days old. */
    private String exact(Clocks clocks, Instant at) {
        return clocks.exact(at, facts.at());
    }

    private static String minimum(TargetStatus row) {
        String live = number(row.minimum().live());
        String desired = number(row.minimum().desired());
        return live.equals(desired) ? live : live + " → " + desired;
    }

    private static String number(OptionalInt count) {
        return count.isPresent() ? Integer.toString(count.getAsInt()) : "?";
    }

    private List<Bar> windows(TargetStatus row, List<Edge> edges, Clocks clocks) {
        List<Bar> bars = new ArrayList<>();
        if (edges.isEmpty()) {
            countingNow(bars, row, clocks);
            return bars;
        }
        Instant begin = axis.from();
        Instant start = axis.from();
        Optional<String> window = edges.get(0).change().before().window();
        Optional<Bounds> bounds = edges.get(0).change().before().bounds();
        for (Edge edge : edges) {
            window(bars, window, bounds, begin, start, edge.actsAt(), clocks);
            window = edge.window();
            bounds = edge.change().after().bounds();
            begin = edge.actsAt();
            start = edge.at();
        }
        window(bars, window, bounds, begin, start, axis.to(), clocks);
        return bars;
    }

    /** A window that changes no number has no edges; the one that counts now is shown all the same. */
    private void countingNow(List<Bar> bars, TargetStatus row, Clocks clocks) {
        facts.timetable()
                .at(row.target(), axis.now(), facts.leads())
                .ifPresent(desired -> desired.window()
                        .ifPresent(open -> window(
                                bars,
                                Optional.of(open.name()),
                                Optional.of(desired.goal()),
                                latest(open.start(), axis.from()),
                                latest(open.start(), axis.from()),
                                open.end().isBefore(axis.to()) ? open.end() : axis.to(),
                                clocks)));
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /**
     * @param begin when its minimum begins to count
     * @param start its own start, which a lead comes before
     */
    private void window(
            List<Bar> bars,
            Optional<String> window,
            Optional<Bounds> bounds,
            Instant begin,
            Instant start,
            Instant end,
            Clocks clocks) {
        if (window.isEmpty() || !end.isAfter(axis.from()) || !end.isAfter(begin)) {
            return;
        }
        String minimum = bounds.map(Bounds::min).map(String::valueOf).orElse("");
        Instant opens = start.isBefore(end) ? start : end;
        if (begin.isBefore(opens)) {
            split(
                    bars,
                    BarKind.LEAD,
                    begin,
                    opens,
                    "from " + exact(clocks, begin) + " on the raise leads window " + window.get(),
                    "");
        }
        if (opens.isBefore(end)) {
            split(
                    bars,
                    BarKind.WINDOW,
                    opens,
                    end,
                    "window " + window.get()
                            + (opens.isAfter(axis.from()) ? " from " + exact(clocks, opens) : "")
                            + (end.isBefore(axis.to()) ? " to " + exact(clocks, end) : "")
                            + (minimum.isEmpty() ? "" : ", minimum " + minimum),
                    minimum);
        }
    }

    /** In two where it goes on: what has been, and what is ahead. */
    private void split(List<Bar> bars, BarKind kind, Instant from, Instant to, String text, String label) {
        if (from.isBefore(axis.line()) && to.isAfter(axis.line())) {
            bars.add(bar(kind, from, axis.line(), text, label));
            bars.add(bar(kind, axis.line(), to, text, ""));
        } else {
            bars.add(bar(kind, from, to, text, label));
        }
    }

    private Bar bar(BarKind kind, Instant from, Instant to, String text, String label) {
        boolean isWide =
                Duration.between(from, to).multipliedBy(LABEL_SHARE).compareTo(Duration.between(axis.from(), axis.to()))
                        >= 0;
        return new Bar(
                kind, from, to, axis.x(from), axis.width(from, to), to.isAfter(axis.line()), text, isWide ? label : "");
    }

    private List<Bar> incidents(Target target, Clocks clocks) {
        List<Bar> bars = new ArrayList<>();
        for (Incident incident : happened.incidents(target)) {
            Instant end = incident.ended().orElse(axis.line());
            bars.add(bar(
                    BarKind.INCIDENT,
                    incident.opened().isBefore(axis.from()) ? axis.from() : incident.opened(),
                    end,
                    "incident since " + exact(clocks, incident.opened())
                            + incident.ended()
                                    .map(at -> ", resolved at " + exact(clocks, at))
                                    .orElse(", still open")
                            + ": " + incident.summary(),
                    ""));
        }
        return bars;
    }

    private List<Mark> ramps(List<Edge> edges, Clocks clocks) {
        List<Mark> marks = new ArrayList<>();
        for (Edge edge : edges) {
            preview.ramp(edge)
                    .ifPresent(ramp -> ramp.steps().stream()
                            .filter(step -> step.at().isAfter(axis.now()) && axis.shows(step.at()))
                            .forEach(step -> marks.add(mark(
                                    MarkKind.RAMP,
                                    step.at(),
                                    clocks.exact(step.at()) + " ramp to " + step.minimum()))));
        }
        return marks;
    }

    private Mark mark(MarkKind kind, Instant at, String text) {
        return new Mark(kind, at, axis.x(at), at.isAfter(axis.now()), text);
    }

    private void steps(Target target, Clocks clocks, List<Bar> bars, List<Mark> marks) {
        Optional<Instant> newer = Optional.empty();
        for (Step step : happened.steps(target)) {
            Step.Times times = step.times();
            put(
                    marks,
                    MarkKind.WRITE,
                    times.patched(),
                    clocks,
                    "minimum " + step.to() + " written by " + step.change().author() + "'s commit "
                            + step.change().commit());
            times.hpa().ifPresent(at -> put(marks, MarkKind.HPA, at, clocks, "the HPA has minimum " + step.to()));
            times.ready().ifPresent(at -> put(marks, MarkKind.READY, at, clocks, readiness(step, at)));
            Optional<Instant> next = newer;
            step.promise()
                    .flatMap(promise -> promise.result(times, next, axis.now()))
                    .ifPresent(result -> {
                        if (result == Promise.Result.LATE || result == Promise.Result.FAILED) {
                            lag(step, next, clocks, bars, marks);
                        }
                    });
            newer = Optional.of(times.patched());
        }
    }

    private static String readiness(Step step, Instant at) {
        return "ready, " + Durations.roughly(Duration.between(step.times().patched(), at)) + " after the write";
    }

    private void lag(Step step, Optional<Instant> next, Clocks clocks, List<Bar> bars, List<Mark> marks) {
        Promise promise = step.promise().orElseThrow();
        Optional<Instant> reached = promise.reached(step.times());
        Instant end = reached.or(() -> next).orElse(axis.line());
        if (end.isAfter(promise.by()) && end.isAfter(axis.from())) {
            bars.add(bar(
                    BarKind.LAG, promise.by(), end, "late: it was to be ready by " + exact(clocks, promise.by()), ""));
            put(marks, MarkKind.LATE, promise.by(), clocks, "to be ready by then, and late");
        }
    }

    private void lines(Target target, Clocks clocks, List<Mark> marks) {
        for (DiaryEntry line : happened.lines(target)) {
            MarkKind.of(line.code()).ifPresent(kind -> put(marks, kind, line.at(), clocks, line.text()));
        }
    }

    private void put(List<Mark> marks, MarkKind kind, Instant at, Clocks clocks, String text) {
        if (axis.shows(at)) {
            marks.add(mark(kind, at, exact(clocks, at) + " " + text));
        }
    }
}
