package io.tidewatch.model.report;

import io.tidewatch.model.Severity;
import io.tidewatch.model.StrangerText;
import java.time.Instant;
import java.util.List;

/**
 * A message for one receiver.
 *
 * @param id unique per conversation, moment and receiver: after an acknowledgement it is never sent again
 * @param conversation the id that every message about these incidents carries: that of the first of them
 * @param about the ids of its incidents; none for a digest or a notice
 * @param headline fits a lock screen
 * @param at when its events happened
 * @param due when it may be sent at the earliest
 */
public record AlertMessage(
        String id,
        String conversation,
        List<String> about,
        String receiver,
        Moment moment,
        Severity severity,
        String headline,
        String body,
        Instant at,
        Instant due) {

    public AlertMessage {
        about = List.copyOf(about);
        headline = StrangerText.line(headline);
        body = StrangerText.block(body);
    }

    /** The same message for another receiver. */
    public AlertMessage to(String other) {
        String before = "/" + receiver;
        String stem = id.endsWith(before) ? id.substring(0, id.length() - before.length()) : id;
        return new AlertMessage(
                stem + "/" + other, conversation, about, other, moment, severity, headline, body, at, due);
    }

    public enum Moment {
        OPENED,
        ENDED,
        DIGEST,
        NOTICE
    }
}
