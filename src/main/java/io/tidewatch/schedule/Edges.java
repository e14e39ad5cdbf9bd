package io.tidewatch.schedule;

import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.Edge;
import java.time.Instant;
import java.util.List;

/** The edges of an interval. */
public final class Edges {

    private Edges() {}

    /** The edges with {@code from <= at < to}, sorted. */
    public static List<Edge> between(Definitions definitions, Instant from, Instant to) {
        return Timetable.of(definitions).between(from, to);
    }
}
