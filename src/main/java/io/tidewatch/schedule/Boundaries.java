package io.tidewatch.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Iterates over the boundaries of a schedule's windows. A step recomputes only the windows whose boundary was passed. */
final class Boundaries {

    private final List<CompiledWindow> windows;
    private final LeadTimes leads;
    private final List<Optional<Instant>> upcoming = new ArrayList<>();

    /** An iterator over the boundaries strictly after an instant. */
    Boundaries(CompiledSchedule schedule, Instant after, LeadTimes leads) {
        this.windows = schedule.windows();
        this.leads = leads;
        windows.forEach(window -> upcoming.add(window.nextBoundary(after, leads)));
    }

    /** Returns the next boundary and moves past it; empty where there is none. */
    Optional<Instant> next() {
        Optional<Instant> first = Optional.empty();
        for (Optional<Instant> boundary : upcoming) {
            first = earlier(first, boundary);
        }
        for (int i = 0; first.isPresent() && i < windows.size(); i++) {
            if (upcoming.get(i).equals(first)) {
                upcoming.set(i, windows.get(i).nextBoundary(first.get(), leads));
            }
        }
        return first;
    }

    static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        return one.isEmpty() || (other.isPresent() && other.get().isBefore(one.get())) ? other : one;
    }

    static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return one.isEmpty() || (other.isPresent() && other.get().isAfter(one.get())) ? other : one;
    }
}
