package io.tidewatch.view.tonight;

import io.tidewatch.model.definition.Edge;
import io.tidewatch.model.report.TargetStatus;
import io.tidewatch.view.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The edge that a target's status announces. */
final class NextChange {

    /** The longest time between the instant at which an edge acts and its own. */
    private static final Duration LONGEST_LEAD = Duration.ofDays(2);

    private NextChange() {}

    static Optional<Edge> of(Facts facts, TargetStatus row) {
        return row.next()
                .filter(facts.at()::isBefore)
                .flatMap(next ->
                        facts.timetable().between(row.target(), next, next.plus(LONGEST_LEAD), facts.leads()).stream()
                                .filter(edge -> isAt(edge, next))
                                .findFirst());
    }

    private static boolean isAt(Edge edge, Instant next) {
        return edge.actsAt().equals(next);
    }
}
