package io.tidewatch.model.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An incident with what was done and told about it.
 *
 * @param told the messages about it, in the order in which they were written
 * @param lines of the diary about its target while it was open, the oldest first
 * @param cut whether there are earlier lines, or later messages, than were asked for
 */
public record IncidentStory(Incident incident, List<Told> told, List<DiaryEntry> lines, boolean cut) {

    public IncidentStory {
        told = List.copyOf(told);
        lines = List.copyOf(lines);
    }

    /**
     * A message to one receiver.
     *
     * @param headline its first line, as it was sent
     * @param at when the events of the message happened
     * @param handedOut when it was first sent
     * @param acknowledged when its receiver accepted it
     * @param attempts how many attempts failed
     * @param lastFailure why the last attempt failed
     */
    public record Told(
            String receiver,
            AlertMessage.Moment moment,
            String headline,
            Instant at,
            Optional<Instant> handedOut,
            Optional<Instant> acknowledged,
            int attempts,
            Optional<String> lastFailure) {}

    /**
     * The story of an id.
     *
     * @param story absent: no incident has that id, or it is not kept any more
     */
    public record OfId(Optional<IncidentStory> story) {}
}
