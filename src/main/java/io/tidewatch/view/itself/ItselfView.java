package io.tidewatch.view.itself;

import io.tidewatch.model.Durations;
import io.tidewatch.model.report.LeaderState;
import io.tidewatch.model.report.LoopState;
import io.tidewatch.model.report.PastEvents;
import io.tidewatch.view.Audience;
import io.tidewatch.view.Facts;
import io.tidewatch.view.Mood;
import io.tidewatch.view.Unknowns;
import io.tidewatch.view.incident.IncidentLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The page about Tidewatch itself.
 *
 * @param leads one sentence on who writes
 * @param lastPass one sentence on the passes
 * @param rows facts by name
 * @param watches each watched resource, and when it was heard of
 * @param receivers each receiver, and what it has not accepted
 * @param incidents of Tidewatch itself, the newest first
 */
public record ItselfView(
        Instant at,
        Mood mood,
        List<String> unknown,
        String leads,
        String lastPass,
        List<Row> watches,
        List<Row> receivers,
        List<Row> rows,
        List<String> warnings,
        List<IncidentLine> incidents) {

    /** A watch that brings nothing at all for so long is silent; the API server sends a bookmark about every minute. */
    private static final Duration SILENT = Duration.ofMinutes(2);

    public ItselfView {
        unknown = List.copyOf(unknown);
        watches = List.copyOf(watches);
        receivers = List.copyOf(receivers);
        rows = List.copyOf(rows);
        warnings = List.copyOf(warnings);
        incidents = List.copyOf(incidents);
    }

    /** A name, what is to say of it, and whether that is as it should be. */
    public record Row(String name, String text, boolean good) {}

    public static ItselfView of(Facts facts, SelfFacts self) {
        Unknowns unknowns = Unknowns.of(facts, Audience.ALL);
        List<IncidentLine> incidents = facts.events().orElse(PastEvents.NONE).incidents().stream()
                .filter(incident -> incident.target().isTidewatch())
                .map(incident -> IncidentLine.of(incident, facts.at()))
                .toList();
        boolean isOpen =
                incidents.stream().anyMatch(incident -> incident.ended().isEmpty());
        Mood mood = Mood.GOOD;
        if (unknowns.stands()) {
            mood = Mood.UNKNOWN;
        }
        if (isOpen) {
            mood = Mood.BAD;
        }
        return new ItselfView(
                facts.at(),
                mood,
                unknowns.sentences(),
                leads(facts.standing().leader()),
                lastPass(facts.standing().loop(), facts.at()),
                watches(self, facts.at()),
                receivers(self, facts.standing().leader(), facts.at()),
                rows(self),
                facts.standing().warnings(),
                incidents);
    }

    private static String leads(LeaderState leader) {
        if (leader.leads()) {
            return "This replica writes"
                    + (leader.replica().isEmpty() ? "" : ": " + leader.replica())
                    + (leader.term().isPresent() ? ", term " + leader.term().getAsInt() : "") + ".";
        }
        return "This replica follows and writes nothing: " + leader.replica()
                + leader.leader().map(other -> ". " + other + " leads").orElse(". No leader is known") + ".";
    }

    private static String lastPass(LoopState loop, Instant at) {
        if (loop.ended().isEmpty()) {
            return "No pass has ended yet.";
        }
        return "The last pass ended "
                + Durations.roughly(Duration.between(loop.ended().get(), at)) + " ago"
                + loop.took().map(took -> " and took " + Durations.words(took)).orElse("")
                + (loop.failedInARow() == 0 ? "." : "; since then " + loop.failedInARow() + " failed.");
    }

    private static List<Row> watches(SelfFacts self, Instant at) {
        List<Row> rows = new ArrayList<>();
        new TreeMap<>(self.watches()).forEach((resource, heard) -> {
            Duration silent = Duration.between(heard, at);
            rows.add(new Row(resource, "heard " + Durations.roughly(silent) + " ago", silent.compareTo(SILENT) < 0));
        });
        return rows;
    }

    private static List<Row> receivers(SelfFacts self, LeaderState leader, Instant at) {
        return self.receivers().stream()
                .map(receiver -> self.outbox()
                        .map(waiting -> receiver(receiver, Optional.ofNullable(waiting.get(receiver)), at))
                        .orElseGet(() -> new Row(receiver, sender(leader), true)))
                .toList();
    }

    private static String sender(LeaderState leader) {
        return leader.leader().map(other -> other + " leads and sends").orElse("the leader sends, and none is known")
                + "; what waits is not known here";
    }

    private static Row receiver(String receiver, Optional<Instant> waits, Instant at) {
        return waits.map(oldest -> new Row(
                        receiver,
                        "has not accepted a message for " + Durations.roughly(Duration.between(oldest, at)),
                        false))
                .orElseGet(() -> new Row(receiver, "nothing waits", true));
    }

    private static List<Row> rows(SelfFacts self) {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("version", self.version(), true));
        rows.add(new Row("Java", self.java(), true));
        for (Map.Entry<String, String> limit : self.limits().entrySet()) {
            rows.add(new Row(limit.getKey(), limit.getValue(), true));
        }
        return rows;
    }
}
