package io.tidewatch.model.definition;

import java.util.List;
import java.util.Optional;

/** Somebody, or something, that alerts are sent to. What it holds is secret: {@code toString} names it, and no more. */
public sealed interface Receiver {

    /** Unique among the receivers; routes and schedules refer to it. */
    String name();

    /** An incoming webhook of Slack; the URL itself is the secret. */
    record SlackWebhook(String name, SecretText webhookUrl) implements Receiver {

        public SlackWebhook(String name, String webhookUrl) {
            this(name, SecretText.of(webhookUrl));
        }

        @Override
        public String toString() {
            return "slack " + name;
        }
    }

    /** A mailbox, or several: one message goes to all of {@code to}. */
    record Email(String name, String from, List<String> to, Smtp smtp) implements Receiver {

        public Email {
            to = List.copyOf(to);
        }

        @Override
        public String toString() {
            return "email " + name;
        }
    }

    /**
     * The mail server that takes the messages.
     *
     * @param startTls whether the connection must be encrypted before anything is sent
     * @param username empty where the server asks for no login; then the password is empty too
     */
    record Smtp(String host, int port, boolean startTls, Optional<String> username, Optional<SecretText> password) {

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }
}
