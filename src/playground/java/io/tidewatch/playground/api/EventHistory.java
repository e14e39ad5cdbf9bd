package io.tidewatch.playground.api;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Keeps the latest changes of the store, so that a watch can resume where it ended. The oldest changes are dropped. */
final class EventHistory {

    private final int capacity;
    private final Deque<StoreEvent> events = new ArrayDeque<>();
    private long forgottenUpTo;

    EventHistory(int capacity) {
        this.capacity = capacity;
    }

    void add(StoreEvent event) {
        events.addLast(event);
        if (events.size() > capacity) {
            forgottenUpTo = events.removeFirst().revision();
        }
    }

    /** Lets a test make every revision up to now too old to resume from. */
    void forget() {
        if (!events.isEmpty()) {
            forgottenUpTo = events.getLast().revision();
            events.clear();
        }
    }

    /** What came after a revision, in order; absent when some of it is forgotten. */
    Optional<List<StoreEvent>> after(long revision) {
        if (revision < forgottenUpTo) {
            return Optional.empty();
        }
        List<StoreEvent> later = new ArrayList<>();
        for (StoreEvent event : events) {
            if (event.revision() > revision) {
                later.add(event);
            }
        }
        return Optional.of(later);
    }
}
