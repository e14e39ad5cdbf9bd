package io.tidewatch.view.tonight;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Durations;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Edge;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.TargetStatus;
import io.tidewatch.view.Clocks;
import io.tidewatch.view.Facts;
import io.tidewatch.view.Headline;
import io.tidewatch.view.Mood;
import io.tidewatch.view.Unknowns;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One sentence on how all targets stand, and what comes next. */
final class Headlines {

    /** How many targets the sentence names. */
    private static final int NAMED = 2;

    private Headlines() {}

    /**
     * @param rows of the targets that somebody may see
     * @param inTrouble the targets with an open incident
     */
    static Headline of(Facts facts, List<TargetStatus> rows, Unknowns unknowns, Set<Target> inTrouble) {
        if (facts.standing().targetsAt().isEmpty()) {
            return new Headline(
                    Mood.UNKNOWN, "starting", unknowns.sentences().get(0).replaceFirst("\\.$", ""));
        }
        List<TargetStatus> bad = having(rows, Mood.BAD, inTrouble);
        List<TargetStatus> unknown = having(rows, Mood.UNKNOWN, inTrouble);
        List<TargetStatus> busy = having(rows, Mood.BUSY, inTrouble).stream()
                .filter(row -> row.state() != State.DEFERRED)
                .toList();
        long held = rows.stream().filter(row -> row.state() == State.DEFERRED).count();
        String next = (held == 0 ? "" : "; " + held + " held by a person")
                + next(facts, rows).map(text -> "; next: " + text).orElse("");
        if (!bad.isEmpty()) {
            return new Headline(
                    Mood.BAD,
                    bad.size() + (bad.size() == 1 ? " needs you" : " need you"),
                    bad.size() + " of " + rows.size() + (bad.size() == 1 ? " needs you: " : " need you: ")
                            + named(bad, facts.at()) + next);
        }
        if (unknowns.stands() || !unknown.isEmpty()) {
            int many = unknowns.stands() ? rows.size() : unknown.size();
            return new Headline(
                    Mood.UNKNOWN,
                    "not known",
                    many == 0
                            ? "Nothing is known now"
                            : many + " of " + rows.size() + (many == 1 ? " is" : " are") + " not known now" + next);
        }
        if (rows.isEmpty()) {
            return new Headline(Mood.GOOD, "no target", "There is no target to show");
        }
        if (!busy.isEmpty()) {
            return new Headline(
                    Mood.BUSY,
                    busy.size() + " on the way",
                    (rows.size() - busy.size() - held) + " of " + rows.size() + " ready, " + busy.size()
                            + " on the way: " + named(busy, facts.at()) + next);
        }
        return new Headline(Mood.GOOD, "all ready", ready(rows, held) + next);
    }

    private static String ready(List<TargetStatus> rows, long held) {
        if (held > 0) {
            return (rows.size() - held) + " of " + rows.size() + " are ready";
        }
        return rows.size() == 1 ? rows.get(0).target() + " is ready" : "All " + rows.size() + " are ready";
    }

    private static List<TargetStatus> having(List<TargetStatus> rows, Mood mood, Set<Target> inTrouble) {
        return rows.stream()
                .filter(row -> Mood.of(row.state(), inTrouble.contains(row.target())) == mood)
                .toList();
    }

    private static String named(List<TargetStatus> rows, Instant at) {
        StringBuilder text = new StringBuilder();
        rows.stream()
                .limit(NAMED)
                .forEach(row -> text.append(text.length() == 0 ? "" : ", ")
                        .append(row.target())
                        .append(' ')
                        .append(trouble(row, at)));
        return rows.size() > NAMED ? text + " and " + (rows.size() - NAMED) + " more" : text.toString();
    }

    /** A target that is well may have an open incident: a warning before a raise, or one that ends in a moment. */
    private static String trouble(TargetStatus row, Instant at) {
        return Mood.of(row.state()) == Mood.GOOD
                ? "has an open incident"
                : pods(row) + " for " + Durations.roughly(Duration.between(row.since(), at));
    }

    /** How many pods are available of how many. */
    static String pods(TargetStatus row) {
        String available = row.pods().available().isPresent()
                ? Integer.toString(row.pods().available().getAsInt())
                : "?";
        return available
                + (row.pods().replicas().isPresent()
                        ? " of " + row.pods().replicas().getAsInt()
                        : "");
    }

    private static Optional<String> next(Facts facts, List<TargetStatus> rows) {
        return rows.stream()
                .filter(row -> row.next().filter(facts.at()::isBefore).isPresent())
                .min(Comparator.comparing((TargetStatus row) -> row.next().orElse(Instant.MAX))
                        .thenComparing(TargetStatus::target))
                .map(first -> {
                    Instant at = first.next().orElseThrow();
                    long others = rows.stream()
                                    .filter(row -> row.next().filter(at::equals).isPresent())
                                    .count()
                            - 1;
                    return next(facts, first, at)
                            + (others == 0 ? "" : " and " + others + (others == 1 ? " other" : " others"));
                });
    }

    private static String next(Facts facts, TargetStatus row, Instant at) {
        Clocks clocks = facts.clocks(row.target());
        Optional<Edge> edge = NextChange.of(facts, row);
        String when =
                Duration.between(facts.at(), at).compareTo(Facts.AHEAD) <= 0 ? clocks.exact(at) : clocks.dayAndTime(at);
        return when + " " + clocks.name() + " " + row.target()
                + edge.flatMap(Headlines::numbers).map(numbers -> " " + numbers).orElse("")
                + edge.filter(one -> !one.lead().isZero())
                        .map(one -> " (ready by " + clocks.exact(one.at()) + ")")
                        .orElse("");
    }

    /** The minimum before an edge and after it. */
    static Optional<String> numbers(Edge edge) {
        Optional<Integer> before = edge.change().before().bounds().map(Bounds::min);
        return edge.change()
                .after()
                .bounds()
                .map(Bounds::min)
                .map(after -> before.map(from -> from + " → ").orElse("") + after);
    }
}
