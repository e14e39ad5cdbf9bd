package io.tidewatch.schedule;

import java.time.Instant;
import java.time.LocalDateTime;

/**
 * One time a window opens.
 *
 * @param local the start as written, on the wall; it may lie in a DST gap
 */
record Occurrence(LocalDateTime local, Instant start, Instant end) {

    /** Both ends in one gap. */
    boolean isEmpty() {
        return !start.isBefore(end);
    }
}
