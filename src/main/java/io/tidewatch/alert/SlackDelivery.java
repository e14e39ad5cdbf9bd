package io.tidewatch.alert;

import io.tidewatch.model.definition.Receiver;
import io.tidewatch.model.report.AlertMessage;
import java.util.Map;

/** A message for an incoming webhook of Slack. */
final class SlackDelivery {

    private SlackDelivery() {}

    static Delivery of(AlertMessage message, Receiver.SlackWebhook receiver) {
        return new Delivery(
                "slack",
                Delivery.beanName(receiver) + ":tidewatch",
                Map.of(),
                "*" + escaped(message.headline()) + "*\n" + escaped(message.body()));
    }

    /** Escapes the three characters with a meaning in Slack, the ampersand first. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
