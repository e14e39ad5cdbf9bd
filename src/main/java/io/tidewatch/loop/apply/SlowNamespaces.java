package io.tidewatch.loop.apply;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The namespaces whose requests take longer than a slice. A namespace counts as slow for a minute after its last slow answer,
 * unless a prompt answer comes. Times are of {@link System#nanoTime}. Not safe from several threads.
 */
final class SlowNamespaces {

    private static final long SLOW_AFTER = SliceLength.LONGEST.toNanos();
    private static final long SLOW_FOR = Duration.ofMinutes(1).toNanos();

    private final Map<String, Long> slowUntil = new HashMap<>();

    /** A request was answered. */
    void answered(WriteInFlight write, long now) {
        String namespace = write.lane().target().namespace();
        if (isSlow(write, now)) {
            slowUntil.put(namespace, now + SLOW_FOR);
        } else {
            slowUntil.remove(namespace);
        }
    }

    /** The namespaces that are slow now, those with a request under way for longer than a slice included. */
    Set<String> now(Iterable<WriteInFlight> underWay, long now) {
        slowUntil.values().removeIf(until -> until - now < 0);
        Set<String> slow = new HashSet<>(slowUntil.keySet());
        for (WriteInFlight write : underWay) {
            if (isSlow(write, now)) {
                slow.add(write.lane().target().namespace());
            }
        }
        return slow;
    }

    private static boolean isSlow(WriteInFlight write, long now) {
        return now - write.chosenAt() > SLOW_AFTER;
    }
}
