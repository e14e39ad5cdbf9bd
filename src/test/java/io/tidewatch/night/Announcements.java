package io.tidewatch.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.journal.table.WrittenRows;
import io.tidewatch.journal.table.WrittenRows.Message;
import io.tidewatch.model.report.Incident;
import io.tidewatch.night.NightWebhook.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a receiver was told, compared with what happened.
 *
 * @param log of the receiver
 * @param strikes what may have kept leaders from writing down that it had answered
 */
record Announcements(List<Receipt> log, List<Strike> strikes) {

    /** In the first line of a message about the end of incidents. */
    static final String RESOLVED = ": resolved after ";

    /** So long after an answer it is written at the latest, on a loaded machine. */
    private static final Duration RECORDED = Duration.ofSeconds(10);

    /**
     * Something that keeps a leader from writing down that a receiver has taken a message.
     *
     * @param replica whom it struck; empty: PostgreSQL, and so all
     */
    record Strike(Instant from, Instant until, String replica) {

        boolean explains(Receipt receipt) {
            return (replica.isEmpty() || replica.equals(receipt.from()))
                    && !from.isAfter(receipt.at().plus(RECORDED))
                    && !until.isBefore(receipt.at());
        }
    }

    /** How a message looks to a reader of Slack. */
    private static String shown(Message message) {
        return ("*" + message.headline() + "*\n" + message.body())
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }

    /** Each incident has one message about its beginning and one about its end, and each of them came, once unless a strike explains more. */
    void assertEachIncidentIsAnnounced(WrittenRows rows) {
        List<Message> messages = rows.messages();
        Map<String, List<Receipt>> received = new LinkedHashMap<>();
        messages.forEach(message -> received.put(message.id(), receipts(message)));
        List<Incident> incidents = rows.incidents();
        for (Incident incident : incidents) {
            assertThat(incident.ended()).as("the end of %s", incident).isPresent();
            for (String moment : List.of("OPENED", "ENDED")) {
                List<Message> about = messages.stream()
                        .filter(message -> message.moment().equals(moment)
                                && message.about().contains(incident.id()))
                        .toList();
                assertThat(about).as("%s of %s", moment, incident).hasSize(1);
                assertThat(received.get(about.get(0).id()))
                        .as("%s of %s", moment, incident)
                        .isNotEmpty();
            }
        }
        List<Receipt> unwritten = new ArrayList<>(log);
        received.values().forEach(unwritten::removeAll);
        assertThat(unwritten)
                .as("nothing was received that is not in the journal")
                .allMatch(receipt ->
                        isAboutItself(receipt) && strikes.stream().anyMatch(strike -> strike.explains(receipt)));
        List<String> twice = new ArrayList<>();
        received.forEach((id, receipts) -> {
            for (int i = 1; i < receipts.size(); i++) {
                twice.add(id + " by " + receipts.get(i - 1).from() + " and "
                        + receipts.get(i).from());
                Receipt before = receipts.get(i - 1);
                assertThat(strikes)
                        .as("why %s came again after %s", id, before)
                        .anyMatch(strike -> strike.explains(before));
            }
        });
        System.out.println(incidents.size() + " incidents, " + messages.size() + " messages, " + log.size()
                + " received; twice: " + twice + "; about a replica that could not write them down: "
                + unwritten.size());
    }

    /** A replica that its journal does not answer says so from memory, and another one may lead before it can write that down. */
    private static boolean isAboutItself(Receipt receipt) {
        return receipt.text().startsWith("*tidewatch: ");
    }

    private List<Receipt> receipts(Message message) {
        return log.stream()
                .filter(receipt -> receipt.text().equals(shown(message)))
                .toList();
    }

    /** In each window each target has an incident, if only one that began before. */
    static void assertEachWindowHasItsIncidents(WrittenRows rows, List<Episode> episodes, List<String> targets) {
        List<Incident> incidents = rows.incidents();
        for (Episode episode : episodes) {
            for (String target : targets) {
                assertThat(incidents)
                        .as("%s of %s", target, episode)
                        .anyMatch(incident -> incident.target().toString().equals(target)
                                && incident.opened().isBefore(episode.closes())
                                && incident.ended().orElse(Instant.MAX).isAfter(episode.opens()));
            }
        }
    }

    /** Whether a target's incident of this episode was announced, and its end. */
    boolean isAnnounced(Episode episode, String target) {
        return told(episode.opens(), target, false) && told(episode.closes(), target, true);
    }

    private boolean told(Instant from, String target, boolean resolved) {
        return log.stream()
                .anyMatch(receipt -> !receipt.at().isBefore(from)
                        && receipt.text().contains(target)
                        && receipt.text().contains(RESOLVED) == resolved);
    }
}
