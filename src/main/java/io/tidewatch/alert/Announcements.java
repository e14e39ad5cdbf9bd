package io.tidewatch.alert;

import io.tidewatch.model.AlertMessage;
import io.tidewatch.model.Alerting;
import io.tidewatch.model.DiaryEntry;
import io.tidewatch.model.Incident;
import io.tidewatch.model.Pass;
import io.tidewatch.model.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a pass tells its receivers: one message for each incident that began or ended, and receiver. */
public final class Announcements {

    /** The code of a remedy's line in the diary. */
    public static final String NUDGED = "nudged";

    private Announcements() {}

    /**
     * @param remedies lines of earlier passes about remedies, of any target; those of this report are added
     */
    public static List<AlertMessage> of(Pass pass, Report report, Alerting alerting, List<DiaryEntry> remedies) {
        List<DiaryEntry> all = Stream.concat(
                        remedies.stream(),
                        report.diary().stream().filter(entry -> entry.code().equals(NUDGED)))
                .toList();
        List<AlertMessage> messages = new ArrayList<>();
        for (Incident incident : report.opened()) {
            messages.addAll(Messages.opened(
                    incident,
                    pass.diagnoses().of(incident.target()),
                    Optional.ofNullable(pass.agenda().wanted().get(incident.target())),
                    about(incident, all),
                    Routing.receivers(incident, alerting)));
        }
        for (Incident incident : report.ended()) {
            messages.addAll(Messages.ended(
                    incident,
                    pass.diagnoses().of(incident.target()),
                    Optional.ofNullable(pass.agenda().wanted().get(incident.target())),
                    about(incident, all),
                    Routing.receivers(incident, alerting),
                    report.at()));
        }
        return messages;
    }

    private static List<DiaryEntry> about(Incident incident, List<DiaryEntry> remedies) {
        return remedies.stream()
                .filter(entry -> entry.target().equals(Optional.of(incident.target())))
                .toList();
    }
}
