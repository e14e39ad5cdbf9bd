package io.tidewatch.schedule;

import java.time.Instant;
import java.time.LocalDateTime;

/**
 * One opening of a window.
 *
 * @param local the start in local time, as written; it may lie in a DST gap
 */
record Occurrence(LocalDateTime local, Instant start, Instant end) {

    /** Whether the occurrence has no duration, because both ends lie in one DST gap. */
    boolean isEmpty() {
        return !start.isBefore(end);
    }
}
