package io.tidewatch.loop.outbox;

import io.tidewatch.journal.content.DueMessage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The deliveries that have begun and not ended, by receiver: one message at a time each. A delivery that missed its deadline is
 * abandoned. It no longer keeps its receiver busy, but holds a thread until it ends. Not safe from several threads: the stage
 * that owns them is.
 */
final class Deliveries {

    /** Abandoned deliveries to one receiver that still hold a thread; at this number nothing more is sent to the receiver. */
    private static final int MOST_ABANDONED = 2;

    private final Map<String, DueMessage> underWay = new HashMap<>();
    private final Map<String, Integer> abandoned = new HashMap<>();

    /** How many deliveries in a row missed their deadline. */
    private final Map<String, Integer> late = new HashMap<>();

    void begin(DueMessage due) {
        underWay.put(due.message().receiver(), due);
    }

    boolean isUnderWay(DueMessage due) {
        return due.equals(underWay.get(due.message().receiver()));
    }

    boolean areNone() {
        return underWay.isEmpty();
    }

    /** The receivers that nothing is to be sent to now. */
    Set<String> unavailable() {
        Set<String> all = new HashSet<>(underWay.keySet());
        abandoned.forEach((receiver, count) -> {
            if (count >= MOST_ABANDONED) {
                all.add(receiver);
            }
        });
        return all;
    }

    /**
     * The delivery has missed its deadline; {@link #end} follows.
     *
     * @return how many in a row have by now
     */
    int expire(DueMessage due) {
        String receiver = due.message().receiver();
        abandoned.merge(receiver, 1, Integer::sum);
        return late.getOrDefault(receiver, 0) + 1;
    }

    /**
     * The delivery has ended, or was given up at its deadline.
     *
     * @param inARow how many in a row have missed their deadlines; 0 where this one has not
     */
    void end(DueMessage due, int inARow) {
        String receiver = due.message().receiver();
        if (underWay.remove(receiver, due)) {
            late.put(receiver, inARow);
        } else {
            abandoned.computeIfPresent(receiver, (same, count) -> count > 1 ? count - 1 : null);
        }
    }
}
