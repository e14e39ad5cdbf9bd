package io.tidewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Severity;
import io.tidewatch.model.report.AlertMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageLinkTest {

    private static AlertMessage about(List<String> incidents) {
        return new AlertMessage(
                AlertMessage.Envelope.id("a").to("slack"),
                incidents,
                AlertMessage.Moment.OPENED,
                Severity.CRITICAL,
                AlertMessage.Text.headline("shop/cart: 5 of 8 available").body("Since 22:31\n"),
                AlertMessage.Times.at(Instant.EPOCH));
    }

    @Test
    void aMessageAboutAnIncidentEndsWithItsPage() {
        assertThat(PageLink.on(
                                about(List.of("shop/cart@2026-11-22T13:36:06Z", "shop/web@1")),
                                Optional.of("https://tidewatch.example.com"))
                        .body())
                .isEqualTo("Since 22:31\nhttps://tidewatch.example.com/i/shop/cart@2026-11-22T13:36:06Z");
        assertThat(PageLink.on(about(List.of("receiver/a b?#é@1")), Optional.of("https://t"))
                        .body())
                .endsWith("\nhttps://t/i/receiver/a%20b%3F%23%C3%A9@1");
    }

    @Test
    void withoutAPageOrAnIncidentThereIsNoLink() {
        assertThat(PageLink.on(about(List.of("a@1")), Optional.empty()).body()).isEqualTo("Since 22:31\n");
        assertThat(PageLink.on(about(List.of()), Optional.of("https://t")).body())
                .isEqualTo("Since 22:31\n");
    }
}
