package io.tidewatch.loop.outbox;

import io.tidewatch.alert.DigestTime;
import io.tidewatch.alert.Digests;
import io.tidewatch.journal.content.Records;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.report.Report;
import java.time.Instant;

/**
 * Writes the digest of a day to the outbox when its time has come. A digest that the journal does not answer for is written
 * later. A digest that was written by an earlier process is known by the ids of its messages. Not safe from several threads.
 */
final class DailyDigest {

    private static final String CURED = "status-cured";

    private final Records journal;
    private Instant written = Instant.MIN;

    DailyDigest(Records journal) {
        this.journal = journal;
    }

    void write(Alerting.Digest daily, Instant now) {
        DigestTime time = DigestTime.latest(daily, now);
        if (time.at().equals(written)) {
            return;
        }
        journal.lines(CURED, time.from(), time.at()).ifPresent(cured -> {
            journal.record(
                    Report.NONE,
                    Digests.of(daily, time.at(), cured).stream()
                            .filter(message -> !journal.knowsMessage(message.id()))
                            .toList());
            written = time.at();
        });
    }

    /** When the next digest is due. */
    static Instant next(Alerting.Digest daily, Instant now) {
        return DigestTime.latest(daily, now).next();
    }
}
