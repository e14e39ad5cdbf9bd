package io.tidewatch.alert;

import io.tidewatch.model.Fault;
import io.tidewatch.model.Guard;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.AlertMessage.Moment;
import io.tidewatch.model.report.Conversation;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The messages of a pass: for each conversation one when it begins and one when all its incidents are resolved. */
public final class PassMessages {

    private static final String STAGE = "alert";

    private PassMessages() {}

    /** Whether a report has anything for receivers. */
    public static boolean areDue(Report report) {
        return !report.opened().isEmpty()
                || !report.ended().isEmpty()
                || report.diary().stream().anyMatch(OneTimeMessages::isOneTime);
    }

    /** The codes of the diary's lines that {@link #of} needs. */
    public static Set<String> remedies() {
        return RemedySummary.REMEDIES;
    }

    /**
     * A first message that further incidents join keeps its id and replaces the earlier state.
     *
     * @param remedies lines of earlier passes about remedies, of any target; those of this report are added
     * @param running conversations with an open incident
     * @param met given each internal error while a message is composed; the message then has the summaries alone
     */
    public static List<AlertMessage> of(
            Pass pass,
            Report report,
            Alerting alerting,
            List<DiaryEntry> remedies,
            List<Conversation> running,
            Consumer<Fault> met) {
        List<DiaryEntry> tried = Stream.concat(
                        remedies.stream(),
                        report.diary().stream().filter(entry -> RemedySummary.REMEDIES.contains(entry.code())))
                .toList();
        List<Conversation> begun = Conversations.joined(report.opened(), alerting, running);
        List<AlertMessage> messages = new ArrayList<>();
        begun.forEach(one -> messages.add(Guard.attempt(
                STAGE,
                () -> IncidentMessages.opened(one, contexts(one, pass, tried)),
                fault -> plain(one, Moment.OPENED, report, fault, met))));
        Conversations.resolved(report.ended(), Conversations.now(running, begun))
                .forEach(one -> messages.add(Guard.attempt(
                        STAGE,
                        () -> IncidentMessages.ended(one, contexts(one, pass, tried), report.at()),
                        fault -> plain(one, Moment.ENDED, report, fault, met))));
        messages.addAll(OneTimeMessages.of(
                report.diary(), alerting, target -> pass.desired().of(target)));
        return messages.stream()
                .map(message -> PageLink.on(message, alerting.page()))
                .toList();
    }

    private static AlertMessage plain(
            Conversation about, Moment moment, Report report, Fault fault, Consumer<Fault> met) {
        met.accept(fault);
        return IncidentMessages.plain(about, moment, fault, report.at());
    }

    private static List<IncidentContext> contexts(Conversation about, Pass pass, List<DiaryEntry> tried) {
        return about.about().stream()
                .map(incident -> IncidentContext.of(incident, pass, tried))
                .toList();
    }
}
