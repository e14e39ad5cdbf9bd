package io.tidewatch.model;

import java.time.Instant;

/**
 * A message for one receiver.
 *
 * @param id unique per incident, moment and receiver: after an acknowledgement it is never sent again
 * @param headline fits a lock screen
 */
public record AlertMessage(
        String id,
        String incident,
        String receiver,
        Moment moment,
        Severity severity,
        String headline,
        String body,
        Instant at) {

    public enum Moment {
        OPENED,
        ENDED,
        DIGEST
    }
}
