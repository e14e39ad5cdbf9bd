package io.tidewatch.alert;

import io.tidewatch.model.definition.Receiver;
import io.tidewatch.model.definition.Receiver.Smtp;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.AlertMessage.Moment;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * A message as plain-text e-mail. All mails of an incident are one thread: the id of the first mail is derived from the
 * incident, and later mails refer to it. A mail that is sent again has the same id, so that mail servers recognise it.
 */
final class MailDelivery {

    private static final int IMPLICIT_TLS = 465;
    private static final int TIMEOUT_MILLIS = 10_000;

    private MailDelivery() {}

    static Delivery of(AlertMessage message, Receiver.Email receiver) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("From", receiver.from());
        headers.put("To", String.join(", ", receiver.to()));
        headers.put("Subject", message.headline());
        headers.put("Message-ID", id(message.conversation(), message.moment()));
        if (message.moment() == Moment.ENDED) {
            headers.put("In-Reply-To", id(message.conversation(), Moment.OPENED));
            headers.put("References", id(message.conversation(), Moment.OPENED));
        }
        headers.put("Content-Type", "text/plain; charset=UTF-8");
        headers.put("Auto-Submitted", "auto-generated");
        return new Delivery("email", endpoint(receiver), headers, message.headline() + "\n\n" + message.body() + "\n");
    }

    private static String id(String incident, Moment moment) {
        UUID derived = UUID.nameUUIDFromBytes(incident.getBytes(StandardCharsets.UTF_8));
        return "<" + derived + "." + moment.name().toLowerCase(Locale.ROOT) + "@tidewatch>";
    }

    private static String endpoint(Receiver.Email receiver) {
        Smtp smtp = receiver.smtp();
        String scheme = scheme(receiver);
        StringBuilder uri = new StringBuilder(scheme + "://" + smtp.host() + ":" + smtp.port());
        uri.append("?connectionTimeout=").append(TIMEOUT_MILLIS);
        options(receiver)
                .forEach((key, value) -> uri.append('&').append(key).append('=').append(value));
        uri.append('&').append(Delivery.MAIL_RECEIVER).append('=').append(Delivery.beanName(receiver));
        if (smtp.username().isPresent()) {
            uri.append("&authenticator=#bean:").append(Delivery.beanName(receiver));
        }
        return uri.toString();
    }

    static String scheme(Receiver.Email receiver) {
        return receiver.smtp().port() == IMPLICIT_TLS ? "smtps" : "smtp";
    }

    static Map<String, String> options(Receiver.Email receiver) {
        String scheme = scheme(receiver);
        Map<String, String> options = new LinkedHashMap<>();
        options.put("mail." + scheme + ".writetimeout", Integer.toString(TIMEOUT_MILLIS));
        options.put("mail." + scheme + ".ssl.checkserveridentity", "true");
        if (receiver.smtp().startTls() && scheme.equals("smtp")) {
            options.put("mail.smtp.starttls.enable", "true");
            options.put("mail.smtp.starttls.required", "true");
        }
        return options;
    }
}
