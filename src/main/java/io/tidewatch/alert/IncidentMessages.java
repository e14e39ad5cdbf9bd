package io.tidewatch.alert;

import io.tidewatch.model.Fault;
import io.tidewatch.model.Severity;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.AlertMessage.Moment;
import io.tidewatch.model.report.Conversation;
import io.tidewatch.model.report.Incident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The messages about incidents. The first line fits a lock screen. Then follow: since when, the five hops, the commit and
 * its author, the remedies, and one command.
 */
final class IncidentMessages {

    private static final int LISTED = 10;

    private IncidentMessages() {}

    /**
     * @param scenes one for each incident of the conversation, in its order
     */
    static AlertMessage opened(Conversation begun, List<IncidentContext> scenes) {
        boolean alone = scenes.size() == 1;
        return message(
                begun,
                Moment.OPENED,
                alone ? OneIncident.begins(scenes.get(0)) : SeveralIncidents.begins(scenes),
                alone ? OneIncident.beginning(scenes.get(0)) : SeveralIncidents.beginning(scenes),
                begun.about().get(0).opened(),
                Conversations.due(begun));
    }

    /** The message that all incidents of a conversation are resolved, and how long each lasted. */
    static AlertMessage ended(Conversation over, List<IncidentContext> scenes, Instant now) {
        boolean alone = scenes.size() == 1;
        return message(
                over,
                Moment.ENDED,
                alone ? OneIncident.ends(scenes.get(0), now) : SeveralIncidents.ends(scenes),
                alone ? OneIncident.ending(scenes.get(0), now) : SeveralIncidents.ending(scenes, now),
                now,
                now);
    }

    /** A message with the summaries alone, where composing the whole message met an internal error. */
    static AlertMessage plain(Conversation about, Moment moment, Fault fault, Instant now) {
        Incident first = about.about().get(0);
        int others = about.about().size() - 1;
        boolean begins = moment == Moment.OPENED;
        List<String> lines = new ArrayList<>();
        about.about().stream()
                .limit(LISTED)
                .forEach(incident ->
                        lines.add(incident.target() + (begins ? ": " : ": resolved, ") + incident.summary()));
        lines.add("no details: " + fault.summary());
        return message(
                about,
                moment,
                first.target()
                        + (begins ? ": " : ": resolved, ")
                        + first.summary()
                        + (others > 0 ? " (and " + others + " more)" : ""),
                lines,
                begins ? first.opened() : now,
                begins ? Conversations.due(about) : now);
    }

    private static AlertMessage message(
            Conversation about, Moment moment, String headline, List<String> lines, Instant at, Instant due) {
        return new AlertMessage(
                about.id() + "/" + moment.name().toLowerCase(Locale.ROOT) + "/" + about.receiver(),
                about.id(),
                about.about().stream().map(Incident::id).toList(),
                about.receiver(),
                moment,
                about.about().stream()
                        .map(Incident::severity)
                        .max(Comparator.naturalOrder())
                        .orElse(Severity.INFO),
                AlertText.headline(headline),
                String.join("\n", lines),
                at,
                due);
    }
}
