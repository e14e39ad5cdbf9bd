package io.tidewatch.loop.outbox;

import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.definition.Receiver;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Report;
import java.util.List;
import java.util.stream.Stream;

/** The incidents of receivers that accept no message. Such an incident is reported to the other receivers. */
final class ReceiverIncidents {

    private static final String KEY = "receiver/";

    private ReceiverIncidents() {}

    /** The key of the incident of a receiver. */
    static String key(String receiver) {
        return KEY + receiver;
    }

    /** The report, with receivers for the incidents of receivers that begin. */
    static Report addressed(Report report, Alerting alerting) {
        return report.with(Report.Incidents.opened(report.opened().stream()
                        .map(incident -> addressed(incident, alerting))
                        .toList())
                .andEnded(report.ended()));
    }

    private static Incident addressed(Incident incident, Alerting alerting) {
        String key = incident.target().name();
        if (!incident.target().isTidewatch()
                || !key.startsWith(KEY)
                || !incident.receivers().isEmpty()) {
            return incident;
        }
        String receiver = key.substring(KEY.length());
        List<String> others = without(receiver, alerting.defaults().stream());
        return incident.to(
                others.isEmpty()
                        ? without(receiver, alerting.receivers().stream().map(Receiver::name))
                        : others);
    }

    private static List<String> without(String receiver, Stream<String> receivers) {
        return receivers.filter(name -> !name.equals(receiver)).toList();
    }
}
