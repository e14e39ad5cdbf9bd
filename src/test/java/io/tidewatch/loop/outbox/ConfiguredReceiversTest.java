package io.tidewatch.loop.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.journal.content.DueMessage;
import io.tidewatch.model.Severity;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.definition.Receiver;
import io.tidewatch.model.report.AlertMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfiguredReceiversTest {

    private final ConfiguredReceivers receivers = new ConfiguredReceivers(() -> new Alerting(
            List.of(new Receiver.SlackWebhook("chat", "https://hooks.example.com/s3cret")),
            List.of(),
            List.of(),
            Optional.empty()));

    private static DueMessage due(String receiver) {
        return new DueMessage(
                new AlertMessage(
                        AlertMessage.Envelope.id("1").to(receiver),
                        List.of(),
                        AlertMessage.Moment.OPENED,
                        Severity.CRITICAL,
                        AlertMessage.Text.headline("lags").body("since"),
                        AlertMessage.Times.at(Instant.EPOCH)),
                0);
    }

    @Test
    void aMessageIsDeliveredByTheTransportOfItsReceiver() {
        assertThat(receivers.delivery(due("chat")).type()).isEqualTo("slack");
    }

    @Test
    void aReceiverThatIsNotConfiguredIsNamed() {
        assertThatThrownBy(() -> receivers.delivery(due("gone")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("gone");
    }

    @Test
    void aFailureIsWrittenWithoutTheSecretOfItsReceiver() {
        assertThat(receivers.withoutSecrets("POST https://hooks.example.com/s3cret\nfailed", "chat"))
                .doesNotContain("s3cret")
                .doesNotContain("\n");
        assertThat(receivers.withoutSecrets("no answer", "gone")).isEqualTo("no answer");
    }
}
