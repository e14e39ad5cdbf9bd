package io.tidewatch.model.report;

import io.tidewatch.model.Severity;
import io.tidewatch.model.StrangerText;
import java.time.Instant;
import java.util.List;

/**
 * A message for one receiver.
 *
 * <p>The groups are filled by name, so that no two texts or instants can change places unseen.
 *
 * @param about the ids of its incidents; none for a digest or a notice
 */
public record AlertMessage(
        Envelope envelope, List<String> about, Moment moment, Severity severity, Text text, Times times) {

    public AlertMessage {
        about = List.copyOf(about);
    }

    /** Unique per conversation, moment and receiver: after an acknowledgement it is never sent again. */
    public String id() {
        return envelope.id();
    }

    /** The id that every message about these incidents carries: that of the first of them. */
    public String conversation() {
        return envelope.conversation();
    }

    public String receiver() {
        return envelope.receiver();
    }

    public String headline() {
        return text.headline();
    }

    public String body() {
        return text.body();
    }

    /** When the events of the message happened. */
    public Instant at() {
        return times.at();
    }

    /** When the message may be sent at the earliest. */
    public Instant due() {
        return times.due();
    }

    /** The same message for another receiver. */
    public AlertMessage to(String other) {
        String before = "/" + receiver();
        String stem = id().endsWith(before) ? id().substring(0, id().length() - before.length()) : id();
        return new AlertMessage(
                Envelope.id(stem + "/" + other).of(conversation()).to(other), about, moment, severity, text, times);
    }

    public AlertMessage with(Text other) {
        return new AlertMessage(envelope, about, moment, severity, other, times);
    }

    /** The same message, due at another instant. */
    public AlertMessage due(Instant instant) {
        return new AlertMessage(envelope, about, moment, severity, text, times.due(instant));
    }

    /** Which message this is, and for whom: {@code Envelope.id(…).of(conversation).to(receiver)}. */
    public record Envelope(String id, String conversation, String receiver) {

        /** The envelope of a message that is a conversation of its own. */
        public static Envelope id(String id) {
            return new Envelope(id, id, "");
        }

        public Envelope of(String other) {
            return new Envelope(id, other, receiver);
        }

        public Envelope to(String name) {
            return new Envelope(id, conversation, name);
        }
    }

    /**
     * What the message says: {@code Text.headline(…).body(…)}.
     *
     * @param headline fits a lock screen
     */
    public record Text(String headline, String body) {

        public static final Text NONE = headline("");

        public Text {
            headline = StrangerText.line(headline);
            body = StrangerText.block(body);
        }

        public static Text headline(String line) {
            return new Text(line, "");
        }

        public Text body(String lines) {
            return new Text(headline, lines);
        }
    }

    /**
     * When the events of a message happened, and when it may be sent at the earliest: {@code Times.at(…).due(…)}.
     */
    public record Times(Instant at, Instant due) {

        /** The times of a message that may be sent at once. */
        public static Times at(Instant instant) {
            return new Times(instant, instant);
        }

        public Times due(Instant instant) {
            return new Times(at, instant);
        }
    }

    public enum Moment {
        OPENED,
        ENDED,
        DIGEST,
        NOTICE
    }
}
