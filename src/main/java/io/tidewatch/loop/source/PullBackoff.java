package io.tidewatch.loop.source;

import io.tidewatch.model.Backoff;
import java.time.Duration;

/**
 * How long a source is not pulled after a failure. A source that does not answer is pulled again after 5 s, then with growing
 * pauses up to its interval. What a retry alone does not change has pauses from the interval up to 15 minutes, or the interval
 * where that is longer.
 */
record PullBackoff(Duration interval) {

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** @param failures how many pulls have failed in a row, the last one included */
    Duration ofNoAnswer(int failures) {
        return Backoff.doubling(FIRST, interval).pause(failures);
    }

    /**
     * A host may lock out a client that repeats a rejected login.
     *
     * @param failures how many pulls have failed in a row, the last one included
     */
    Duration ofRejectedLogin(int failures) {
        return slow().pause(failures);
    }

    /** @param attempts how often the commit could not be read */
    Duration ofUnreadableCommit(int attempts) {
        return slow().pause(attempts);
    }

    private Backoff slow() {
        return Backoff.doubling(interval, interval.compareTo(LONGEST) > 0 ? interval : LONGEST);
    }
}
