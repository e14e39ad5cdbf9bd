package io.tidewatch.model.definition;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Target;
import java.time.Instant;
import java.util.Optional;

/**
 * An instant at which a desired minimum or maximum changes.
 *
 * @param at the window's own edge
 * @param actsAt when we act: earlier than {@code at} by a raise's lead time
 * @param before the window that counted until then; absent: the baseline
 * @param window what counts from then on; absent: the baseline
 * @param from absent where no baseline is known and none counts; so is {@code to}
 */
public record Edge(
        Instant at,
        Instant actsAt,
        String schedule,
        Target target,
        Optional<String> before,
        Optional<String> window,
        Optional<Bounds> from,
        Optional<Bounds> to) {

    /** At a seam there is one edge, a start; an end leads back to the baseline. */
    public boolean isEnd() {
        return window.isEmpty();
    }
}
