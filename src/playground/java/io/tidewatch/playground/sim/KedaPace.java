package io.tidewatch.playground.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The pace at which KEDA's operator propagates minimums: one after the other, in the order in which they arrive. */
final class KedaPace {

    private final Map<ObjectKey, Instant> turns = new HashMap<>();
    private Duration interval = Duration.ZERO;
    private Instant next = Instant.MIN;

    synchronized void perSecond(int scaledObjects) {
        interval = Duration.ofSeconds(1).dividedBy(scaledObjects);
    }

    /** How long this ScaledObject still has to wait; empty when its turn has come, which is then used up. */
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
