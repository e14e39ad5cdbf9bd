package io.tidewatch.playground.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How fast KEDA's operator carries minimums on: one after the other, in the order in which it saw them. */
final class KedaPace {

    private final Map<ObjectKey, Instant> turns = new HashMap<>();
    private Duration interval = Duration.ZERO;
    private Instant next = Instant.MIN;

    synchronized void perSecond(int scaledObjects) {
        interval = Duration.ofSeconds(1).dividedBy(scaledObjects);
    }

    /** How long this one still has to wait; empty when it is its turn, which that takes. */
    synchronized Optional<Duration> wait(ObjectKey scaledObject, Instant now) {
        if (interval.isZero()) {
            return Optional.empty();
        }
        Instant due = turns.computeIfAbsent(scaledObject, key -> {
            Instant turn = next.isBefore(now) ? now : next;
            next = turn.plus(interval);
            return turn;
        });
        if (now.isBefore(due)) {
            return Optional.of(Duration.between(now, due));
        }
        turns.remove(scaledObject);
        return Optional.empty();
    }
}
