package io.tidewatch.schedule;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.definition.DesiredBounds.OpenWindow;
import io.tidewatch.model.definition.Edge;
import java.util.Optional;

/**
 * What counts at an instant.
 *
 * @param bounds absent where no baseline is known and what counts cannot be said without one
 * @param window absent: the baseline
 */
record EffectiveBounds(Optional<Bounds> bounds, Optional<OpenWindow> window) {

    /** Whether an edge lies between the two: the numbers differ, or one of two unknowns has a window and the other not. */
    boolean differsFrom(EffectiveBounds other) {
        if (bounds.isEmpty() && other.bounds.isEmpty()) {
            return !name().equals(other.name());
        }
        return !bounds.equals(other.bounds);
    }

    Optional<String> name() {
        return window.map(OpenWindow::name);
    }

    /** The same as one side of an edge. */
    Edge.Side side() {
        return new Edge.Side(name(), bounds);
    }

    /**
     * Each bound the larger; this one where that changes nothing, or where it cannot be known. Only a baseline that
     * nobody knows gives way: a window that leads is meant as a raise.
     */
    EffectiveBounds raisedBy(EffectiveBounds coming) {
        if (bounds.isEmpty() && window.isEmpty()) {
            return coming;
        }
        if (bounds.isEmpty() || coming.bounds.isEmpty()) {
            return this;
        }
        Bounds now = bounds.get();
        Bounds then = coming.bounds.get();
        Bounds both = new Bounds(Math.max(now.min(), then.min()), Math.max(now.max(), then.max()));
        return both.equals(now) ? this : new EffectiveBounds(Optional.of(both), coming.window);
    }
}
