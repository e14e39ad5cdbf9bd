package io.tidewatch.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The boundaries of a schedule's windows one after the other, asking again only the window that was passed. */
final class Boundaries {

    private final List<CompiledWindow> windows;
    private final List<Optional<Instant>> next = new ArrayList<>();

    /** From here on, strictly after. */
    Boundaries(CompiledSchedule schedule, Instant after) {
        this.windows = schedule.windows();
        windows.forEach(window -> next.add(window.nextBoundary(after)));
    }

    /** The next one, which is then passed. */
    Optional<Instant> pass() {
        Optional<Instant> first = Optional.empty();
        for (Optional<Instant> boundary : next) {
            first = earlier(first, boundary);
        }
        for (int i = 0; first.isPresent() && i < windows.size(); i++) {
            if (next.get(i).equals(first)) {
                next.set(i, windows.get(i).nextBoundary(first.get()));
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
