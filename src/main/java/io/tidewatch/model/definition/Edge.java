package io.tidewatch.model.definition;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An instant at which a desired minimum or maximum changes.
 *
 * @param at the start or the end of the window, without its lead
 * @param lead how long before {@code at} the new bounds begin to count; zero where no raise leads
 * @param schedule namespace and name
 * @param change the bounds before and after the edge
 */
public record Edge(Instant at, Duration lead, String schedule, Target target, Change change) {

    /** When the new bounds begin to count. */
    public Instant actsAt() {
        return at.minus(lead);
    }

    /** The window that counts from the edge on; absent: the baseline. */
    public Optional<String> window() {
        return change.after().window();
    }

    /** Whether the edge leads back to the baseline. Where one window follows another at once, there is one edge, a start. */
    public boolean isEnd() {
        return window().isEmpty();
    }

    /**
     * What an edge changes. It is filled by name, so that the two sides cannot change places unseen: {@code
     * Change.from(before).to(after)}.
     */
    public record Change(Side before, Side after) {

        /** A change that begins with these bounds; {@link #to} says with which bounds it ends. */
        public static Change from(Side before) {
            return new Change(before, before);
        }

        public Change to(Side other) {
            return new Change(before, other);
        }

        /** The same change of windows, with unknown bounds. */
        public Change withoutBounds() {
            return new Change(before.withoutBounds(), after.withoutBounds());
        }
    }

    /**
     * What counts on one side of an edge.
     *
     * @param window absent: the baseline
     * @param bounds absent where the baseline is not known and what counts depends on it
     */
    public record Side(Optional<String> window, Optional<Bounds> bounds) {

        Side withoutBounds() {
            return new Side(window, Optional.empty());
        }
    }
}
