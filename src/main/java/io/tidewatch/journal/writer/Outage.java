package io.tidewatch.journal.writer;

import io.tidewatch.journal.database.JournalException.Reason;
import io.tidewatch.model.Backoff;
import java.time.Duration;
import java.time.Instant;

/**
 * A time in which the journal's file cannot be read or written.
 *
 * @param reported whether the {@link JournalListener} knows
 * @param pause until the next attempt
 */
record Outage(Instant since, boolean reported, Duration pause) {

    private static final Backoff BACKOFF = Backoff.doubling(Duration.ofSeconds(1), Duration.ofSeconds(30));

    /** A backup may lock the file for seconds, and a restart of a server takes seconds; that is not reported. */
    private static final Duration SHORT = Duration.ofSeconds(10);

    static Outage began(Instant now, Duration firstPause) {
        return new Outage(now, false, firstPause);
    }

    boolean mustBeReported(Reason reason, Instant now) {
        return (reason != Reason.LOCKED && reason != Reason.AWAY)
                || Duration.between(since, now).compareTo(SHORT) >= 0;
    }

    /** After one more attempt that failed: the next pause is twice as long, up to 30 s. */
    Outage after(boolean reportedNow) {
        return new Outage(since, reported || reportedNow, BACKOFF.next(pause));
    }

    Duration lasted(Instant now) {
        Duration lasted = Duration.between(since, now);
        return lasted.isNegative() ? Duration.ZERO : lasted;
    }
}
