package io.tidewatch.alert;

import io.tidewatch.model.Fault;
import io.tidewatch.model.Severity;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.AlertMessage.Envelope;
import io.tidewatch.model.report.AlertMessage.Moment;
import io.tidewatch.model.report.AlertMessage.Text;
import io.tidewatch.model.report.AlertMessage.Times;
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
     * @param contexts one for each incident of the conversation, in their order
     */
    static AlertMessage opened(Conversation begun, List<IncidentContext> contexts) {
        boolean alone = contexts.size() == 1;
        return message(
                begun,
                Moment.OPENED,
                alone ? OneIncident.begins(contexts.get(0)) : SeveralIncidents.begins(contexts),
                alone ? OneIncident.beginning(contexts.get(0)) : SeveralIncidents.beginning(contexts),
                begun.about().get(0).opened(),
                Conversations.due(begun));
    }

    /** The message that all incidents of a conversation are resolved, with how long each lasted. */
    static AlertMessage ended(Conversation resolved, List<IncidentContext> contexts, Instant now) {
        boolean alone = contexts.size() == 1;
        return message(
                resolved,
                Moment.ENDED,
                alone ? OneIncident.ends(contexts.get(0), now) : SeveralIncidents.ends(contexts),
                alone ? OneIncident.ending(contexts.get(0), now) : SeveralIncidents.ending(contexts, now),
                now,
                now);
    }

    /** A message with the summaries alone, after an internal error while the whole message was composed. */
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
                Envelope.id(about.id() + "/" + moment.name().toLowerCase(Locale.ROOT) + "/" + about.receiver())
                        .of(about.id())
                        .to(about.receiver()),
                about.about().stream().map(Incident::id).toList(),
                moment,
                about.about().stream()
                        .map(Incident::severity)
                        .max(Comparator.naturalOrder())
                        .orElse(Severity.INFO),
                Text.headline(AlertText.headline(headline)).body(String.join("\n", lines)),
                Times.at(at).due(due));
    }
}
