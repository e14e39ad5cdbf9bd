package io.tidewatch.alert;

import io.tidewatch.model.AlertMessage;
import io.tidewatch.model.Receiver;
import java.util.List;
import java.util.Map;

/**
 * A message as one receiver's transport takes it.
 *
 * @param type which route sends it: {@code slack}, {@code email}
 * @param endpoint Camel's address of the receiver; holds secrets, and must never travel in a header, for mail headers
 *     are sent
 * @param headers what the transport sends along
 */
public record Delivery(String type, String endpoint, Map<String, String> headers, String body) {

    public Delivery {
        headers = Map.copyOf(headers);
    }

    public static Delivery of(AlertMessage message, Receiver receiver) {
        if (receiver instanceof Receiver.SlackWebhook slack) {
            return SlackDelivery.of(message, slack);
        }
        if (receiver instanceof Receiver.Email email) {
            return MailDelivery.of(message, email);
        }
        throw new IllegalArgumentException("no transport for " + receiver);
    }

    /** What a failure says, fit to be written down. */
    public static String withoutSecrets(Receiver receiver, String text) {
        String clean = text;
        for (String secret : secrets(receiver)) {
            clean = secret.isEmpty() ? clean : clean.replace(secret, "xxxxx");
        }
        return clean;
    }

    private static List<String> secrets(Receiver receiver) {
        if (receiver instanceof Receiver.SlackWebhook slack) {
            return List.of(slack.webhookUrl());
        }
        return receiver instanceof Receiver.Email email
                ? email.smtp().password().stream().toList()
                : List.of();
    }

    /** Keeps a value as it is inside an endpoint's address. */
    static String raw(String value) {
        return value.contains(")") ? "RAW{" + value + "}" : "RAW(" + value + ")";
    }

    @Override
    public String toString() {
        return "Delivery[" + type + "]";
    }
}
