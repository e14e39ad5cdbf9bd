package io.tidewatch.cluster.watch;

import java.time.Duration;

/**
 * How long a watch may have trouble before it counts.
 *
 * @param silent a watch that received nothing for so long is opened again; if it had received bookmarks, which come every minute,
 *     its kind is missing until it has been listed again
 * @param closed a watch that could not be opened for so long is reported, and its kind is missing until it is open; an API server
 *     that has just started rejects every request for a moment
 * @param catchingUp so long after a watch was opened, everything that happened before has arrived
 */
record WatchTimes(Duration silent, Duration closed, Duration catchingUp) {

    static final WatchTimes DEFAULT =
            new WatchTimes(Duration.ofMinutes(2), Duration.ofSeconds(10), Duration.ofSeconds(2));
}
