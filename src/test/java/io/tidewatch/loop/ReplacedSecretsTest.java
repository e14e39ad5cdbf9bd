package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.tidewatch.model.definition.Receiver;
import io.tidewatch.model.definition.Receiver.Smtp;
import io.tidewatch.model.definition.ReplacedText;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A webhook and a password that are replaced between two messages. */
@Timeout(180)
class ReplacedSecretsTest {

    @Test
    void theNextMessageGoesToTheNewWebhook() {
        try (ReservedPort port = new ReservedPort();
                Webhook slack = Webhook.at(port.free())) {
            String url = "http://127.0.0.1:" + port.number() + "/services/";
            AtomicReference<String> file = new AtomicReference<>(url + "old");
            try (Deliverer deliverer = new Deliverer(new Receiver.SlackWebhook("chat", new ReplacedText(file)))) {
                deliverer.send("one");
                file.set(url + "new");
                deliverer.send("two");
            }

            assertThat(slack.posted())
                    .extracting(Webhook.Posted::uri)
                    .containsExactly("/services/old", "/services/new");
        }
    }

    @Test
    void theNextLoginHasTheNewPassword() {
        ServerSetup smtp = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        smtp.setServerStartupTimeout(TimeUnit.SECONDS.toMillis(60));
        GreenMail server = new GreenMail(smtp);
        server.setUser("oncall@example.com", "tidewatch", "old");
        server.start();
        AtomicReference<String> file = new AtomicReference<>("old");
        Smtp place = new Smtp(
                "127.0.0.1",
                server.getSmtp().getPort(),
                false,
                Optional.of("tidewatch"),
                Optional.of(new ReplacedText(file)));
        try (Deliverer deliverer =
                new Deliverer(new Receiver.Email("mailbox", "a@example.com", List.of("oncall@example.com"), place))) {
            deliverer.send("one");
            server.setUser("oncall@example.com", "tidewatch", "new");
            assertThatThrownBy(() -> deliverer.send("rejected")).isInstanceOf(CamelExecutionException.class);
            file.set("new");
            deliverer.send("two");

            assertThat(server.getReceivedMessages()).hasSize(2);
        } finally {
            server.stop();
        }
    }
}
