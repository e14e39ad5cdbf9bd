package io.tidewatch.schedule;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.definition.DesiredBounds.OpenWindow;
import io.tidewatch.model.definition.Window;
import java.time.Instant;
import java.util.Optional;

/** A window with its crons parsed and its calendars resolved. */
record CompiledWindow(Window window, Recurrence recurrence) {

    /** The minimum and maximum inside; absent if the minimum is a share of an unknown baseline. */
    Optional<Bounds> boundsFor(Optional<Bounds> baseline) {
        if (baseline.isEmpty() && window.minReplicas() instanceof Window.Minimum.Share) {
            return Optional.empty();
        }
        Bounds below = baseline.orElse(new Bounds(Bounds.DEFAULT_MIN, Bounds.DEFAULT_MAX));
        return Optional.of(new Bounds(
                window.minReplicas().of(below.min()), window.maxReplicas().orElse(below.max())));
    }

    /** The next instant at which this window opens, begins to lead, or closes; strictly after. */
    Optional<Instant> nextBoundary(Instant after, LeadTimes leads) {
        Optional<Instant> close = recurrence.openAt(after).map(Occurrence::end);
        Optional<Instant> open = recurrence.startingAfter(after).map(Occurrence::start);
        return Boundaries.earlier(Boundaries.earlier(close, open), leads.next(this, after));
    }

    /** The last instant at which this window opened, began to lead, or closed; at or before. */
    Optional<Instant> lastBoundary(Instant upTo, LeadTimes leads) {
        Optional<Occurrence> last = recurrence.startedBy(upTo);
        Optional<Instant> open = last.map(Occurrence::start);
        Optional<Instant> close = last.map(Occurrence::end).filter(end -> !end.isAfter(upTo));
        return Boundaries.later(Boundaries.later(close, open), leads.last(this, upTo));
    }

    /** Whether it has a lead time of its own. */
    boolean leads() {
        return !window.leadTime().isZero() && !window.leadTime().isNegative();
    }

    OpenWindow opened(Occurrence occurrence, Instant at) {
        return new OpenWindow(window.name(), occurrence.start(), occurrence.end(), at.isBefore(occurrence.start()));
    }
}
