package io.tidewatch.loop;

import io.tidewatch.alert.Delivery;
import io.tidewatch.loop.outbox.ReceiverBeans;
import io.tidewatch.model.Severity;
import io.tidewatch.model.definition.Receiver;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.AlertMessage.Envelope;
import io.tidewatch.model.report.AlertMessage.Moment;
import io.tidewatch.model.report.AlertMessage.Text;
import io.tidewatch.model.report.AlertMessage.Times;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.impl.DefaultCamelContext;

/** Sends one message at a time to one receiver, with the components of the product and without its routes. */
final class Deliverer implements AutoCloseable {

    private static final Instant NIGHT = Instant.parse("2026-11-24T13:30:00Z");

    private final Receiver receiver;
    private final CamelContext camel = new DefaultCamelContext();

    Deliverer(Receiver receiver) {
        this.receiver = receiver;
        ReceiverBeans.of(List.of(receiver)).forEach(camel.getRegistry()::bind);
        camel.start();
    }

    /** @throws CamelExecutionException if it is not accepted */
    void send(String headline) {
        Delivery delivery = Delivery.of(message(headline), receiver);
        camel.createProducerTemplate()
                .sendBodyAndHeaders(delivery.endpoint(), delivery.body(), Map.copyOf(delivery.headers()));
    }

    private AlertMessage message(String headline) {
        return new AlertMessage(
                Envelope.id(headline).of("shop/cart@1").to(receiver.name()),
                List.of("shop/cart@1"),
                Moment.OPENED,
                Severity.CRITICAL,
                Text.headline(headline).body("since 22:30"),
                Times.at(NIGHT).due(NIGHT));
    }

    @Override
    public void close() {
        camel.stop();
    }
}
