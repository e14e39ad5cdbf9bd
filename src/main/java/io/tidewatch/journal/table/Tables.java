package io.tidewatch.journal.table;

import io.tidewatch.journal.content.Change;
import io.tidewatch.journal.content.JournalContent;
import io.tidewatch.journal.content.OutboxEntry;
import io.tidewatch.model.Limits;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.PastDiagnosis;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** All tables of the file, and what concerns several of them. Each method is to be called in a transaction. */
public record Tables(
        DiaryTable diary,
        IncidentTable incidents,
        OutboxTable outbox,
        StepTable steps,
        DiagnosisTable diagnoses,
        UpdateTable updates)
        implements Change.Recorder<SQLException> {

    public static Tables of(Statements statements) {
        return new Tables(
                new DiaryTable(statements),
                new IncidentTable(statements),
                new OutboxTable(statements),
                new StepTable(statements),
                new DiagnosisTable(statements),
                new UpdateTable(statements));
    }

    @Override
    public void record(Change.Reported reported) throws SQLException {
        diary.add(reported.diary());
        for (Incident incident : reported.opened()) {
            incidents.open(incident);
        }
        for (Incident incident : reported.ended()) {
            incidents.end(incident);
        }
        for (Step step : reported.steps()) {
            steps.put(step);
        }
        for (PastDiagnosis diagnosis : reported.diagnoses()) {
            diagnoses.put(diagnosis);
        }
        for (AlertMessage message : reported.messages()) {
            outbox.put(message);
        }
    }

    @Override
    public void record(Change.HandedOut handedOut) throws SQLException {
        for (String id : handedOut.messages()) {
            outbox.handedOut(id, handedOut.at());
        }
    }

    @Override
    public void record(Change.Acknowledged acknowledged) throws SQLException {
        outbox.acknowledged(acknowledged.message(), acknowledged.at());
    }

    @Override
    public void record(Change.Failed failed) throws SQLException {
        outbox.failed(failed.message(), failed.nextAttempt(), failed.error());
    }

    @Override
    public void record(Change.Dropped dropped) throws SQLException {
        outbox.remove(dropped.message());
    }

    @Override
    public void record(Change.Followed followed) throws SQLException {
        updates.replaceAll(followed.updates());
    }

    /** The content that is needed in memory, with the lines of these codes. */
    public JournalContent content(Set<String> codes) throws SQLException {
        return new JournalContent(
                incidents.live(),
                outbox.live(),
                outbox.lastAcknowledged(Limits.IDS_REMEMBERED),
                incidents.lastResolved(Limits.IDS_REMEMBERED),
                diary.latest(codes, Limits.TARGETS_REMEMBERED),
                steps.latest(Limits.STEPS_REMEMBERED),
                updates.all(),
                diary.namespaces());
    }

    /**
     * Makes the file agree with memory, because the file may lack some of it, or be new. It adds what the file lacks. It resolves
     * incidents that memory does not know as open, and marks messages as acknowledged that memory does not know as waiting.
     */
    public void reconcile(JournalContent known, Instant now) throws SQLException {
        Set<String> open = new HashSet<>();
        for (Incident incident : known.incidents()) {
            incidents.open(incident);
            if (incident.ended().isPresent()) {
                incidents.end(incident);
            } else {
                open.add(incident.id());
            }
        }
        Set<String> waiting = new HashSet<>();
        for (OutboxEntry entry : known.messages()) {
            outbox.put(entry);
            if (entry.isWaiting()) {
                waiting.add(entry.message().id());
            }
        }
        incidents.endAllExcept(open, now);
        outbox.acknowledgeAllExcept(waiting, now);
        for (Step step : known.steps()) {
            steps.put(step);
        }
        updates.replaceAll(known.followed());
    }

    /** Deletes older rows that are not needed any more, as {@link io.tidewatch.journal.content.Records#forget} says. */
    public int forget(Instant before) throws SQLException {
        return diary.forget(before)
                + steps.forget(before)
                + diagnoses.forget(before)
                + outbox.forget(before)
                + incidents.forget(before);
    }
}
