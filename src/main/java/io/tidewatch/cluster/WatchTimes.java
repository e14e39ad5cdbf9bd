package io.tidewatch.cluster;

import java.time.Duration;

/**
 * How long a watch may be in trouble before something is made of it.
 *
 * @param unheard without an event, a bookmark or a list for so long, a kind is listed anew and not known until it has been;
 *     an API server sends a bookmark every minute
 * @param shut a watch that could not be opened for so long is reported, and its kind not known until it is open; an API server
 *     that has just started refuses everybody for a moment
 * @param catchingUp what happened before a watch was opened has come within this
 */
record WatchTimes(Duration unheard, Duration shut, Duration catchingUp) {

    static final WatchTimes DEFAULT =
            new WatchTimes(Duration.ofMinutes(2), Duration.ofSeconds(10), Duration.ofSeconds(2));
}
