package io.tidewatch.alert;

import io.tidewatch.model.definition.Receiver;
import io.tidewatch.model.report.AlertMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A message as one receiver's transport takes it.
 *
 * @param type which route sends it: {@code slack}, {@code email}
 * @param endpoint Camel's address of the receiver; it refers to what holds its secrets by name, and holds none
 * @param headers what the transport sends along
 */
public record Delivery(String type, String endpoint, Map<String, String> headers, String body) {

    /** In a mail server's address: which receiver's it is, by {@link #beanName}. */
    public static final String MAIL_RECEIVER = "mail.tidewatch.receiver";

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

    /** What holds a receiver's secrets has this name in the registry; it can stand in an address whatever the receiver's is. */
    public static String beanName(Receiver receiver) {
        UUID name = UUID.nameUUIDFromBytes(receiver.name().getBytes(StandardCharsets.UTF_8));
        return "receiver-" + name;
    }

    /** A failure's words without what must not be written down. */
    public static String withoutSecrets(Receiver receiver, String text) {
        String clean = text;
        for (String secret : unspeakable(receiver)) {
            clean = secret.isEmpty() ? clean : clean.replace(secret, "xxxxx");
        }
        return clean;
    }

    /** A failure's words in one line of bounded length. */
    public static String line(String text) {
        return AlertText.line(text);
    }

    /** The whole first: its parts are in it. A webhook's path alone opens it as well. */
    private static List<String> unspeakable(Receiver receiver) {
        if (receiver instanceof Receiver.SlackWebhook slack) {
            String url = slack.webhookUrl();
            int path = url.indexOf('/', url.indexOf("://") + 3);
            return path < 0 || path == url.length() - 1 ? List.of(url) : List.of(url, url.substring(path));
        }
        return receiver instanceof Receiver.Email email
                ? email.smtp().password().stream().toList()
                : List.of();
    }

    @Override
    public String toString() {
        return "Delivery[" + type + "]";
    }
}
