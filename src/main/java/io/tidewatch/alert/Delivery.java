package io.tidewatch.alert;

import io.tidewatch.model.AlertMessage;
import io.tidewatch.model.AlertMessage.Moment;
import io.tidewatch.model.Receiver;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A message in the form that one receiver wants it, for the route that sends to its type.
 *
 * @param type names that route
 * @param headers what the route needs to know
 */
public record Delivery(String type, Map<String, Object> headers, String body) {

    /** Read by the route that sends to Slack. */
    public static final String SLACK_WEBHOOK = "TidewatchSlackWebhook";

    /** Read by the route that sends mail. */
    public static final String MAIL_ENDPOINT = "TidewatchMailEndpoint";

    private static final int TIMEOUT_MILLIS = 20_000;

    public Delivery {
        headers = Map.copyOf(headers);
    }

    public static Delivery of(AlertMessage message, Receiver receiver) {
        if (receiver instanceof Receiver.SlackWebhook slack) {
            return new Delivery(
                    "slack",
                    Map.of(SLACK_WEBHOOK, slack.webhookUrl()),
                    "*" + slackText(message.headline()) + "*\n```" + slackText(message.body()) + "```");
        }
        Receiver.Email mail = (Receiver.Email) receiver;
        return new Delivery("email", mailHeaders(message, mail), message.headline() + "\n\n" + message.body() + "\n");
    }

    /** One conversation an incident: the first mail's id follows from the incident, the later ones answer it. */
    private static Map<String, Object> mailHeaders(AlertMessage message, Receiver.Email mail) {
        Map<String, Object> headers = new HashMap<>();
        headers.put(MAIL_ENDPOINT, endpoint(mail.smtp()));
        headers.put("From", mail.from());
        headers.put("To", String.join(",", mail.to()));
        headers.put("Subject", message.headline());
        headers.put("contentType", "text/plain; charset=UTF-8");
        String conversation = mailId(message.incident(), mail.from());
        if (message.moment() == Moment.OPENED) {
            headers.put("Message-ID", conversation);
        } else {
            headers.put("In-Reply-To", conversation);
            headers.put("References", conversation);
        }
        return headers;
    }

    private static String mailId(String incident, String from) {
        String domain =
                from.contains("@") ? from.substring(from.lastIndexOf('@') + 1).replace(">", "") : "tidewatch";
        UUID id = UUID.nameUUIDFromBytes(incident.getBytes(StandardCharsets.UTF_8));
        return "<" + id + "@" + domain + ">";
    }

    private static String endpoint(Receiver.Smtp smtp) {
        StringBuilder uri = new StringBuilder("smtp://" + smtp.host() + ":" + smtp.port());
        uri.append("?connectionTimeout=").append(TIMEOUT_MILLIS);
        uri.append("&additionalJavaMailProperties.mail.smtp.timeout=").append(TIMEOUT_MILLIS);
        if (smtp.startTls()) {
            uri.append("&additionalJavaMailProperties.mail.smtp.starttls.enable=true");
            uri.append("&additionalJavaMailProperties.mail.smtp.starttls.required=true");
        }
        login(smtp.username(), "username").ifPresent(uri::append);
        login(smtp.password(), "password").ifPresent(uri::append);
        return uri.toString();
    }

    private static Optional<String> login(Optional<String> value, String option) {
        return value.map(text -> "&" + option + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
    }

    /** The three characters that mean something to Slack. */
    private static String slackText(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
