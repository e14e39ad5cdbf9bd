package io.tidewatch.journal.content;

import io.tidewatch.model.report.AlertMessage;
import java.time.Instant;
import java.util.Optional;

/**
 * A message in the outbox, with the history of its delivery.
 *
 * @param message the message; its {@code due} is the instant of the next attempt
 * @param attempts the number of attempts that failed
 * @param handedOutAt when the message was first handed out to be sent
 * @param acknowledgedAt when its receiver accepted the message
 * @param lastFailure the error of the last attempt
 */
public record OutboxEntry(
        AlertMessage message,
        int attempts,
        Optional<Instant> handedOutAt,
        Optional<Instant> acknowledgedAt,
        Optional<String> lastFailure) {

    /** The entry of a message that nobody has tried to send. */
    public static OutboxEntry of(AlertMessage message) {
        return new OutboxEntry(message, 0, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public boolean isWaiting() {
        return acknowledgedAt.isEmpty();
    }

    /** Until a message is handed out, a later message with the same id replaces its text. */
    public OutboxEntry replacedBy(AlertMessage later) {
        return new OutboxEntry(
                new AlertMessage(
                        message.envelope(),
                        later.about(),
                        message.moment(),
                        later.severity(),
                        later.text(),
                        message.times()),
                attempts,
                handedOutAt,
                acknowledgedAt,
                lastFailure);
    }

    public OutboxEntry handedOut(Instant now) {
        return new OutboxEntry(message, attempts, handedOutAt.or(() -> Optional.of(now)), acknowledgedAt, lastFailure);
    }

    /** The entry after the receiver accepted the message: its incidents are still needed, its text is not. */
    public OutboxEntry acknowledged(Instant now) {
        return new OutboxEntry(
                message.with(AlertMessage.Text.NONE), attempts, handedOutAt, Optional.of(now), Optional.empty());
    }

    public OutboxEntry failed(Instant nextAttempt, String error) {
        return new OutboxEntry(message.due(nextAttempt), attempts + 1, handedOutAt, acknowledgedAt, Optional.of(error));
    }

    /** The entry that is due later, without an attempt. */
    public OutboxEntry putOff(Instant until) {
        return new OutboxEntry(message.due(until), attempts, handedOutAt, acknowledgedAt, lastFailure);
    }

    /** The approximate number of characters of a message. */
    public static long size(AlertMessage message) {
        return 200L + message.headline().length() + message.body().length();
    }
}
