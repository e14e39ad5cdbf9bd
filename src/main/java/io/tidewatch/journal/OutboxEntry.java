package io.tidewatch.journal;

import io.tidewatch.model.report.AlertMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message in the outbox, with the history of its delivery.
 *
 * @param message the message; its {@code due} is the instant of the next attempt
 * @param attempts the number of attempts that failed
 * @param handed when it was first handed out to be sent
 * @param taken when a receiver accepted it
 * @param failure the error of the last attempt
 */
record OutboxEntry(
        AlertMessage message,
        int attempts,
        Optional<Instant> handed,
        Optional<Instant> taken,
        Optional<String> failure) {

    static OutboxEntry written(AlertMessage message) {
        return new OutboxEntry(message, 0, Optional.empty(), Optional.empty(), Optional.empty());
    }

    boolean isWaiting() {
        return taken.isEmpty();
    }

    /** Until a message is handed out, a later message with the same id replaces its text. */
    OutboxEntry joinedBy(AlertMessage later) {
        return new OutboxEntry(
                with(later.about(), later.headline(), later.body(), later, message.due()),
                attempts,
                handed,
                taken,
                failure);
    }

    OutboxEntry handedOut(Instant now) {
        return new OutboxEntry(message, attempts, handed.or(() -> Optional.of(now)), taken, failure);
    }

    /** A message that a receiver accepted: its text is not needed any more, only its incidents. */
    OutboxEntry taken(Instant now) {
        return new OutboxEntry(
                with(message.about(), "", "", message, message.due()),
                attempts,
                handed,
                Optional.of(now),
                Optional.empty());
    }

    OutboxEntry failed(Instant nextAttempt, String error) {
        return new OutboxEntry(
                with(message.about(), message.headline(), message.body(), message, nextAttempt),
                attempts + 1,
                handed,
                taken,
                Optional.of(error));
    }

    private AlertMessage with(List<String> about, String headline, String body, AlertMessage severity, Instant due) {
        return new AlertMessage(
                message.id(),
                message.conversation(),
                about,
                message.receiver(),
                message.moment(),
                severity.severity(),
                headline,
                body,
                message.at(),
                due);
    }
}
