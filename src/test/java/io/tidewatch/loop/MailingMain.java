package io.tidewatch.loop;

import io.tidewatch.model.definition.Receiver;
import io.tidewatch.model.definition.Receiver.Smtp;
import io.tidewatch.model.definition.SecretText;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelExecutionException;

/** Sends one mail over STARTTLS from a process of its own, which has certificates of its own to trust. */
final class MailingMain {

    private MailingMain() {}

    /** @param arguments host and port of the mail server */
    public static void main(String[] arguments) {
        Smtp smtp = new Smtp(
                arguments[0],
                Integer.parseInt(arguments[1]),
                true,
                Optional.of("tidewatch"),
                Optional.of(SecretText.of("s3cret")));
        try (Deliverer deliverer =
                new Deliverer(new Receiver.Email("mailbox", "a@example.com", List.of("b@example.com"), smtp))) {
            deliverer.send("over TLS");
            System.out.println("accepted");
        } catch (CamelExecutionException rejected) {
            System.out.println(
                    "rejected: " + String.valueOf(rejected.getCause()).replaceAll("\\s+", " "));
        }
    }
}
