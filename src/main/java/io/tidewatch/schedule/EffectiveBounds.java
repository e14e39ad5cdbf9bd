package io.tidewatch.schedule;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.definition.DesiredBounds.OpenWindow;
import io.tidewatch.model.definition.Edge;
import java.util.Optional;

/**
 * The bounds that count at an instant, and their window.
 *
 * @param bounds absent where they depend on a baseline that is not known
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
     * These bounds, raised by a window that leads: each bound is the larger of the two. The same bounds where that changes nothing or
     * where either bounds are unknown; but an unknown baseline is replaced, since a window that leads is meant as a raise.
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
