package io.tidewatch.loop.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.definition.Receiver;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Report;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReceiverIncidentsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T13:36:00Z");

    private static List<String> receivers(Target target, List<String> defaults) {
        Alerting alerting = new Alerting(
                List.of(
                        new Receiver.SlackWebhook("chat", "http://127.0.0.1:1/x"),
                        new Receiver.SlackWebhook("pager", "http://127.0.0.1:1/y")),
                List.of(),
                defaults,
                Optional.empty());
        Incident opened = new Incident(
                "x",
                target,
                Optional.empty(),
                State.FAILED,
                Optional.empty(),
                Severity.WARNING,
                List.of(),
                NOW,
                Optional.empty(),
                "no answer");
        Report report = Report.of(NOW, List.of()).with(Report.Incidents.opened(List.of(opened)));
        return ReceiverIncidents.addressed(report, alerting).opened().get(0).receivers();
    }

    @Test
    void theIncidentOfAReceiverGoesToTheOtherDefaults() {
        Target chat = Target.ofTidewatch(ReceiverIncidents.key("chat"));

        assertThat(receivers(chat, List.of("chat", "pager"))).containsExactly("pager");
        assertThat(receivers(chat, List.of("chat")))
                .as("without another default, to all others")
                .containsExactly("pager");
    }

    @Test
    void everyOtherIncidentStaysAsItIs() {
        assertThat(receivers(Target.ofTidewatch("loop"), List.of("chat"))).isEmpty();
        assertThat(receivers(new Target("receiver", "chat"), List.of("chat"))).isEmpty();
    }
}
