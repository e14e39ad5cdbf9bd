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
import java.util.Optional;
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

    /** The codes of those lines of the diary that {@link #of} wants to know. */
    public static Set<String> remedies() {
        return RemedySummary.REMEDIES;
    }

    /**
     * A beginning that somebody joins comes with the id that it had before, and takes its place.
     *
     * @param remedies lines of earlier passes about remedies, of any target; those of this report are added
     * @param running conversations of which an incident lasts
     * @param met told what composing one message throws; the message then says what is known without it
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
                () -> IncidentMessages.opened(one, scenes(one, pass, tried)),
                fault -> plain(one, Moment.OPENED, report, fault, met))));
        Conversations.over(report.ended(), Conversations.now(running, begun))
                .forEach(one -> messages.add(Guard.attempt(
                        STAGE,
                        () -> IncidentMessages.ended(one, scenes(one, pass, tried), report.at()),
                        fault -> plain(one, Moment.ENDED, report, fault, met))));
        messages.addAll(OneTimeMessages.of(
                report.diary(),
                alerting,
                target -> Optional.ofNullable(pass.agenda().desired().get(target))));
        return messages;
    }

    private static AlertMessage plain(
            Conversation about, Moment moment, Report report, Fault fault, Consumer<Fault> met) {
        met.accept(fault);
        return IncidentMessages.plain(about, moment, fault, report.at());
    }

    private static List<IncidentContext> scenes(Conversation about, Pass pass, List<DiaryEntry> tried) {
        return about.about().stream()
                .map(incident -> IncidentContext.of(incident, pass, tried))
                .toList();
    }
}
