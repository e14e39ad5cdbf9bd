package io.tidewatch.journal;

import io.tidewatch.model.report.AlertMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message with what became of it so far.
 *
 * @param message its {@code due} is the instant of the next attempt
 * @param attempts how many have failed
 * @param handed when it was first handed out to be sent
 * @param taken when a receiver took it
 * @param failure what the last attempt met
 */
record Held(
        AlertMessage message,
        int attempts,
        Optional<Instant> handed,
        Optional<Instant> taken,
        Optional<String> failure) {

    static Held written(AlertMessage message) {
        return new Held(message, 0, Optional.empty(), Optional.empty(), Optional.empty());
    }

    boolean isWaiting() {
        return taken.isEmpty();
    }

    /** Others may join a message until it is handed out. */
    Held joinedBy(AlertMessage later) {
        return new Held(
                with(later.about(), later.headline(), later.body(), later, message.due()),
                attempts,
                handed,
                taken,
                failure);
    }

    Held handedOut(Instant now) {
        return new Held(message, attempts, handed.or(() -> Optional.of(now)), taken, failure);
    }

    /** Its words are not needed any more, only which incidents it told of. */
    Held taken(Instant now) {
        return new Held(
                with(message.about(), "", "", message, message.due()),
                attempts,
                handed,
                Optional.of(now),
                Optional.empty());
    }

    Held failed(Instant nextAttempt, String why) {
        return new Held(
                with(message.about(), message.headline(), message.body(), message, nextAttempt),
                attempts + 1,
                handed,
                taken,
                Optional.of(why));
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
