package io.tidewatch.alert;

import static io.tidewatch.alert.Given.LAG;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Severity;
import io.tidewatch.model.definition.Receiver;
import io.tidewatch.model.definition.Receiver.Smtp;
import io.tidewatch.model.definition.SecretText;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.AlertMessage.Envelope;
import io.tidewatch.model.report.AlertMessage.Moment;
import io.tidewatch.model.report.AlertMessage.Text;
import io.tidewatch.model.report.AlertMessage.Times;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    private static final String URL = "https://hooks.example.com/services/T0/B0/s3cret?a=b";
    private static final Receiver.SlackWebhook CHAT = new Receiver.SlackWebhook("pay & chat/{{x}}", URL);

    private static Receiver.Email mailbox(int port, boolean startTls, String... login) {
        return new Receiver.Email(
                "mailbox",
                "tidewatch@example.com",
                List.of("a@example.com", "b@example.com"),
                new Smtp(
                        "smtp.example.com",
                        port,
                        startTls,
                        login.length == 0 ? Optional.empty() : Optional.of(login[0]),
                        login.length == 0 ? Optional.empty() : Optional.of(SecretText.of(login[1]))));
    }

    private static AlertMessage message(Moment moment) {
        return new AlertMessage(
                Envelope.id("i1/" + moment + "/r").of("i1").to("r"),
                List.of("i1"),
                moment,
                Severity.CRITICAL,
                Text.headline("shop/cart: a < b & c > d").body("body"),
                Times.at(LAG));
    }

    @Test
    void anAddressHoldsNoSecretAndNothingThatAnAddressCannotHold() {
        String slack = Delivery.of(message(Moment.OPENED), CHAT).endpoint();
        String mail = Delivery.of(message(Moment.OPENED), mailbox(587, true, "tide", "p&w)"))
                .endpoint();

        assertThat(slack).matches("receiver-[0-9a-f-]{36}:tidewatch");
        assertThat(mail).contains("authenticator=#bean:receiver-").doesNotContain("tide&", "p&w", "password");
    }

    @Test
    void theThreeCharactersThatSlackReadsAreEscaped() {
        assertThat(Delivery.of(message(Moment.OPENED), CHAT).body())
                .isEqualTo("*shop/cart: a &lt; b &amp; c &gt; d*\nbody");
    }

    @Test
    void startTlsIsRequiredWhereItIsAskedForAndServersMustProveWhoTheyAre() {
        assertThat(Delivery.of(message(Moment.OPENED), mailbox(587, true)).endpoint())
                .startsWith("smtp://smtp.example.com:587?")
                .contains("mail.smtp.starttls.required=true", "mail.smtp.ssl.checkserveridentity=true")
                .doesNotContain("authenticator");
        assertThat(Delivery.of(message(Moment.OPENED), mailbox(465, true)).endpoint())
                .startsWith("smtps://")
                .contains("mail.smtps.ssl.checkserveridentity=true")
                .doesNotContain("starttls");
        assertThat(Delivery.of(message(Moment.OPENED), mailbox(25, false)).endpoint())
                .doesNotContain("starttls");
    }

    @Test
    void theMailsOfAnIncidentAreOneConversation() {
        Delivery begins = Delivery.of(message(Moment.OPENED), mailbox(25, false));
        Delivery ends = Delivery.of(message(Moment.ENDED), mailbox(25, false));
        String id = begins.headers().get("Message-ID");

        assertThat(id).matches("<[^<>@\\s]+@[^<>@\\s]+>");
        assertThat(begins.headers()).doesNotContainKeys("In-Reply-To", "References");
        assertThat(ends.headers()).containsEntry("In-Reply-To", id).containsEntry("References", id);
        assertThat(ends.headers().get("Message-ID")).isNotEqualTo(id);
        assertThat(begins.headers()).containsEntry("To", "a@example.com, b@example.com");
        assertThat(Delivery.of(message(Moment.OPENED), mailbox(25, false)).headers())
                .isEqualTo(begins.headers());
    }

    @Test
    void aFailureIsWrittenDownWithoutTheSecretWholeOrInPart() {
        assertThat(Delivery.withoutSecrets(CHAT, "no answer from " + URL)).isEqualTo("no answer from xxxxx");
        assertThat(Delivery.withoutSecrets(CHAT, "404 at /services/T0/B0/s3cret?a=b of hooks.example.com"))
                .isEqualTo("404 at xxxxx of hooks.example.com");
        assertThat(Delivery.withoutSecrets(mailbox(25, false, "tide", "p&w)"), "535 p&w) is wrong"))
                .isEqualTo("535 xxxxx is wrong");
        assertThat(Delivery.line("two\nlines " + "and more ".repeat(100)))
                .startsWith("two lines and more")
                .hasSizeLessThanOrEqualTo(500);
    }
}
