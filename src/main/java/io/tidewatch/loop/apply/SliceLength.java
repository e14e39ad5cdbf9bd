package io.tidewatch.loop.apply;

import io.tidewatch.model.definition.DesiredState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long a pass may spend on writing, in wall-clock time. */
final class SliceLength {

    static final Duration LONGEST = Duration.ofSeconds(2);

    /** The shortest slice, even where an edge is near: edges that are close to each other must not keep every write waiting. */
    static final Duration SHORTEST = Duration.ofMillis(250);

    private SliceLength() {}

    /** The edge that ends the slice: the first edge after the pass began, even if it has passed by now. */
    static Optional<Instant> edge(DesiredState desired) {
        return desired.next().stream()
                .filter(edge -> edge.isAfter(desired.at()))
                .findFirst();
    }

    /** @param untilEdge how long it is until the edge; negative where the edge has come */
    static Duration until(Optional<Duration> untilEdge) {
        Duration free = untilEdge.orElse(LONGEST);
        Duration bounded = free.compareTo(LONGEST) < 0 ? free : LONGEST;
        return bounded.compareTo(SHORTEST) > 0 ? bounded : SHORTEST;
    }
}
