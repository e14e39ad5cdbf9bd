package io.tidewatch.cluster.watch;

import java.time.Duration;
import java.util.List;

/** The pause before a watch is opened again: it grows with each failure in a row. Guarded by the lock of its watch. */
final class ReopenBackoff {

    private static final List<Duration> PAUSES = List.of(
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8),
            Duration.ofSeconds(16),
            Duration.ofSeconds(30));

    /** The longest pause while the API server answers and permits the request: the targets are unknown meanwhile. */
    private static final Duration LONGEST_WHILE_SERVED = Duration.ofSeconds(4);

    private int failures;

    /** @param served whether the API server answers, and does not reject this kind */
    Duration next(boolean served) {
        failures++;
        Duration pause = PAUSES.get(Math.min(failures, PAUSES.size()) - 1);
        return served && pause.compareTo(LONGEST_WHILE_SERVED) > 0 ? LONGEST_WHILE_SERVED : pause;
    }

    void reset() {
        failures = 0;
    }
}
