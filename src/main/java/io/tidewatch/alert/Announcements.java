package io.tidewatch.alert;

import io.tidewatch.model.AlertMessage;
import io.tidewatch.model.Alerting;
import io.tidewatch.model.Conversation;
import io.tidewatch.model.DiaryEntry;
import io.tidewatch.model.Pass;
import io.tidewatch.model.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a pass tells its receivers: for each conversation one message at its beginning and one at its end. */
public final class Announcements {

    private Announcements() {}

    /** Whether a report has anything for receivers. */
    public static boolean areDue(Report report) {
        return !report.opened().isEmpty()
                || !report.ended().isEmpty()
                || report.diary().stream().anyMatch(Notices::isOne);
    }

    /** The codes of those lines of the diary that {@link #of} wants to know. */
    public static Set<String> remedies() {
        return Tried.REMEDIES;
    }

    /**
     * A beginning that somebody joins comes with the id that it had before, and takes its place.
     *
     * @param remedies lines of earlier passes about remedies, of any target; those of this report are added
     * @param running conversations of which an incident lasts
     */
    public static List<AlertMessage> of(
            Pass pass, Report report, Alerting alerting, List<DiaryEntry> remedies, List<Conversation> running) {
        List<DiaryEntry> tried = Stream.concat(
                        remedies.stream(),
                        report.diary().stream().filter(entry -> Tried.REMEDIES.contains(entry.code())))
                .toList();
        List<Conversation> begun = Conversations.joined(report.opened(), alerting, running);
        List<AlertMessage> messages = new ArrayList<>();
        begun.forEach(one -> messages.add(Messages.opened(one, scenes(one, pass, tried))));
        Conversations.over(report.ended(), Conversations.now(running, begun))
                .forEach(one -> messages.add(Messages.ended(one, scenes(one, pass, tried), report.at())));
        messages.addAll(Notices.of(
                report.diary(),
                alerting,
                target -> Optional.ofNullable(pass.agenda().wanted().get(target))));
        return messages;
    }

    private static List<Scene> scenes(Conversation about, Pass pass, List<DiaryEntry> tried) {
        return about.about().stream()
                .map(incident -> Scene.of(incident, pass, tried))
                .toList();
    }
}
