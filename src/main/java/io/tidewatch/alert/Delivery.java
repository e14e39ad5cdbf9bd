package io.tidewatch.alert;

import io.tidewatch.model.definition.Receiver;
import io.tidewatch.model.definition.SecretText;
import io.tidewatch.model.report.AlertMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A message in the form of one receiver's transport.
 *
 * @param type the route that sends it: {@code slack}, {@code email}
 * @param endpoint Camel's address of the receiver; it names the bean with the secrets and contains none
 * @param headers what the transport sends with the body
 */
public record Delivery(String type, String endpoint, Map<String, String> headers, String body) {

    /** The parameter in a mail server's address that names the receiver, by {@link #beanName}. */
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

    /** The mail library's properties for connections to this receiver: encryption, and times in milliseconds. */
    public static Map<String, String> mailOptions(Receiver.Email receiver) {
        return MailDelivery.options(receiver);
    }

    /** {@code smtps} where the connection begins with TLS, else {@code smtp}. */
    public static String mailScheme(Receiver.Email receiver) {
        return MailDelivery.scheme(receiver);
    }

    /** The name of the bean with a receiver's secrets, in characters that an address may have. */
    public static String beanName(Receiver receiver) {
        UUID name = UUID.nameUUIDFromBytes(receiver.name().getBytes(StandardCharsets.UTF_8));
        return "receiver-" + name;
    }

    /** A failure's text without secrets. */
    public static String withoutSecrets(Receiver receiver, String text) {
        String clean = text;
        for (String secret : secrets(receiver)) {
            clean = secret.isEmpty() ? clean : clean.replace(secret, "xxxxx");
        }
        return clean;
    }

    /** A failure's text in one line of bounded length. */
    public static String line(String text) {
        return AlertText.line(text);
    }

    /** The whole secret before its parts. The path of a webhook is a secret as well, since it is enough to post. */
    private static List<String> secrets(Receiver receiver) {
        if (receiver instanceof Receiver.SlackWebhook slack) {
            return slack.webhookUrl().known().stream().flatMap(Delivery::pieces).toList();
        }
        return receiver instanceof Receiver.Email email
                ? email.smtp().password().map(SecretText::known).orElse(List.of())
                : List.of();
    }

    private static Stream<String> pieces(String url) {
        int path = url.indexOf('/', url.indexOf("://") + 3);
        return path < 0 || path == url.length() - 1 ? Stream.of(url) : Stream.of(url, url.substring(path));
    }

    @Override
    public String toString() {
        return "Delivery[" + type + "]";
    }
}
