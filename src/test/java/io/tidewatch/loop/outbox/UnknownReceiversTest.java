package io.tidewatch.loop.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.MovedClock;
import io.tidewatch.journal.QuietJournal;
import io.tidewatch.journal.SafeJournal;
import io.tidewatch.model.Severity;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.definition.Receiver;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.Report;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnknownReceiversTest {

    private static final Instant NOW = Instant.parse("2026-11-22T13:36:00Z");
    private static final Receiver CHAT = new Receiver.SlackWebhook("chat", "http://127.0.0.1:1/x");

    @TempDir
    Path directory;

    private SafeJournal journal;

    @BeforeEach
    void open() {
        journal = QuietJournal.open(directory, new MovedClock(NOW), Set.of());
        journal.record(
                Report.NONE,
                List.of(new AlertMessage(
                        AlertMessage.Envelope.id("1").to("gone"),
                        List.of(),
                        AlertMessage.Moment.OPENED,
                        Severity.CRITICAL,
                        AlertMessage.Text.headline("lags").body("since"),
                        AlertMessage.Times.at(NOW))));
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private List<String> receiversAfter(List<Receiver> configured, List<String> defaults) {
        new UnknownReceivers(journal).readdress(new Alerting(configured, List.of(), defaults, Optional.empty()));
        return journal.due(NOW, Set.of()).stream()
                .map(due -> due.message().receiver())
                .toList();
    }

    @Test
    void theMessagesOfAnUnknownReceiverGoToTheDefaults() {
        assertThat(receiversAfter(List.of(CHAT), List.of("chat"))).containsExactly("chat");
    }

    @Test
    void aDefaultThatDoesNotExistGetsNothing() {
        assertThat(receiversAfter(List.of(CHAT), List.of("pager"))).containsExactly("gone");
    }

    @Test
    void withoutAnyReceiverTheMessagesStay() {
        assertThat(receiversAfter(List.of(), List.of())).containsExactly("gone");
    }
}
