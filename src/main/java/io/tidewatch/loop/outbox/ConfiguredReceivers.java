package io.tidewatch.loop.outbox;

import io.tidewatch.alert.Delivery;
import io.tidewatch.journal.content.DueMessage;
import io.tidewatch.model.definition.Receiver;
import java.util.Optional;

/** The receivers that are configured, by name. */
record ConfiguredReceivers(ConfiguredAlerting alerting) {

    /** @throws IllegalStateException where the receiver of the message is not configured */
    Delivery delivery(DueMessage due) {
        String name = due.message().receiver();
        Receiver receiver = find(name)
                .orElseThrow(() -> new IllegalStateException("no receiver of this name is configured: " + name));
        return Delivery.of(due.message(), receiver);
    }

    /** The text of a failure in one line, without the secrets of the receiver. */
    String withoutSecrets(String text, String receiver) {
        return Delivery.line(find(receiver)
                .map(known -> Delivery.withoutSecrets(known, text))
                .orElse(text));
    }

    private Optional<Receiver> find(String name) {
        return alerting.now().receivers().stream()
                .filter(receiver -> receiver.name().equals(name))
                .findFirst();
    }
}
