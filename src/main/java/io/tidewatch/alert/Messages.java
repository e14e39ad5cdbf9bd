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
 * What receivers read of incidents. The first line fits a lock screen; then since when, the five hops, the commit and its
 * author, what was tried, and one command.
 */
final class Messages {

    private static final int LISTED = 10;

    private Messages() {}

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

    /** Says that all of them are over, and how long each took. */
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

    /** Of incidents that could not be described: what each was said to be at its beginning or its end. */
    static AlertMessage plain(Conversation about, Moment moment, Fault fault, Instant now) {
        Incident first = about.about().get(0);
        int others = about.about().size() - 1;
        boolean begins = moment == Moment.OPENED;
        List<String> lines = new ArrayList<>();
        about.about().stream()
                .limit(LISTED)
                .forEach(incident -> lines.add(incident.target() + (begins ? ": " : ": over, ") + incident.summary()));
        lines.add("Nothing more can be told of it: " + fault.summary());
        return message(
                about,
                moment,
                first.target()
                        + (begins ? ": " : ": over, ")
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
