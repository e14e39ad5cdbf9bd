package io.tidewatch.loop.outbox;

import io.tidewatch.alert.PassMessages;
import io.tidewatch.journal.content.Records;
import io.tidewatch.loop.FaultLog;
import io.tidewatch.loop.ReportWriter;
import io.tidewatch.model.Fault;
import io.tidewatch.model.Target;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.Conversation;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes a report and the messages that receivers get of it to the journal. */
public final class ReportRecorder implements ReportWriter {

    /** A message names the remedies since this time before the incident. */
    private static final Duration REMEDIES_BEFORE = Duration.ofDays(1);

    private final Records journal;
    private final ConfiguredAlerting alerting;

    public ReportRecorder(Records journal, ConfiguredAlerting alerting) {
        this.journal = journal;
        this.alerting = alerting;
    }

    @Override
    public void write(Pass pass, Report made) {
        Report report = ReceiverIncidents.addressed(made, alerting.now());
        if (!PassMessages.areDue(report)) {
            journal.record(report, List.of());
            return;
        }
        List<DiaryEntry> remedies = remedies(report);
        journal.record(
                report,
                running -> PassMessages.of(pass, report, alerting.now(), remedies, running, ReportRecorder::failed));
    }

    /**
     * The messages that end these conversations.
     *
     * @param outcome one line: what ends their incidents
     */
    public List<AlertMessage> ends(List<Conversation> conversations, String outcome, Instant now) {
        List<Incident> ended = conversations.stream()
                .flatMap(one -> one.about().stream())
                .distinct()
                .filter(incident -> incident.ended().isEmpty())
                .map(incident -> incident.resolved(now, outcome))
                .toList();
        return PassMessages.of(
                Pass.NONE,
                Report.of(now, List.of()).with(Report.Incidents.ended(ended)),
                alerting.now(),
                List.of(),
                conversations,
                ReportRecorder::failed);
    }

    private List<DiaryEntry> remedies(Report report) {
        List<Incident> incidents =
                Stream.concat(report.opened().stream(), report.ended().stream()).toList();
        Instant from = incidents.stream()
                .map(Incident::opened)
                .min(Comparator.naturalOrder())
                .orElse(report.at())
                .minus(REMEDIES_BEFORE);
        Set<Target> targets = incidents.stream().map(Incident::target).collect(Collectors.toUnmodifiableSet());
        return journal.latest(PassMessages.remedies(), targets, from);
    }

    private static void failed(Fault fault) {
        FaultLog.trace(fault, fault.stage());
    }
}
