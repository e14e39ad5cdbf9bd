package io.tidewatch.loop;

import io.tidewatch.journal.content.Records;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the journal from growing without end. Open incidents and messages that no receiver accepted stay, however old.
 *
 * @param keep how long a line, an ended incident and a delivered message are kept
 */
public record RetentionStage(Records journal, Clock clock, Duration keep) {

    private static final Logger log = LoggerFactory.getLogger(RetentionStage.class);

    /** Forgets what is older than {@code keep}. */
    public void forget() {
        Instant before = clock.instant().minus(keep);
        int forgotten = journal.forget(before);
        if (forgotten > 0) {
            log.info("{} lines, incidents and messages from before {} forgotten", forgotten, before);
        }
    }
}
