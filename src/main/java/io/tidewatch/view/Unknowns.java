package io.tidewatch.view;

import io.tidewatch.model.Durations;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.LoopState;
import io.tidewatch.model.report.PastEvents;
import io.tidewatch.model.report.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is not known, or not as fresh as it should be, each in one sentence.
 *
 * @param sentences for everybody who looks
 * @param stands whether the states of the targets cannot be relied on
 */
public record Unknowns(List<String> sentences, boolean stands) {

    /** A pass takes seconds; one that takes longer is told. */
    private static final Duration LONG_PASS = Duration.ofMinutes(1);

    public Unknowns {
        sentences = List.copyOf(sentences);
    }

    /** @param audience who does not see everything is told what is not known, without names and reasons */
    public static Unknowns of(Facts facts, Audience audience) {
        Unknowns all = of(facts);
        return audience.seesAll() ? all : new Unknowns(brief(facts), all.stands());
    }

    private static List<String> brief(Facts facts) {
        List<String> sentences = new ArrayList<>();
        Standing standing = facts.standing();
        if (standing.targetsAt().isEmpty()) {
            sentences.add("No pass has run yet.");
        }
        if (standing.loop().failedInARow() > 0) {
            sentences.add("The last pass failed.");
        }
        if (facts.missing().contains(ClusterState.API_SERVER)) {
            sentences.add("The API server does not answer, so what is shown is what was known before.");
        }
        if (!standing.unread().isEmpty()) {
            sentences.add("A source has not been read yet, so targets may be missing here.");
        }
        if (standing.sources().stream().anyMatch(source -> source.trouble().isPresent())) {
            sentences.add("A source cannot be read now, so what it says may be old.");
        }
        if (facts.events().isEmpty()) {
            sentences.add("The journal cannot be read now, so incidents and past steps are missing here.");
        }
        cut(facts).ifPresent(sentences::add);
        return sentences;
    }

    /** The newest are read of everything, whoever looks. */
    private static Optional<String> cut(Facts facts) {
        return facts.events()
                .filter(events -> !events.cut().isEmpty())
                .map(events -> "Only the newest " + Facts.MOST_ROWS
                        + " "
                        + events.cut().stream().map(PastEvents.Kind::words).collect(Collectors.joining(" and "))
                        + " of all targets are read, so some of these hours may be missing here.");
    }

    private static Unknowns of(Facts facts) {
        Standing standing = facts.standing();
        Optional<PastEvents> events = facts.events();
        List<String> sentences = new ArrayList<>();
        boolean stands = loop(facts.at(), standing, sentences);
        if (facts.missing().contains(ClusterState.API_SERVER)) {
            sentences.add("The API server does not answer, so what is shown is what was known before.");
            stands = true;
        } else if (!facts.missing().isEmpty()) {
            sentences.add("Not seen now: " + String.join(", ", new TreeSet<>(facts.missing())) + ".");
        }
        standing.unread()
                .forEach(source ->
                        sentences.add("Source " + source + " has not been read yet, so its targets are missing here."));
        standing.sources()
                .forEach(source -> source.trouble()
                        .ifPresent(trouble -> sentences.add("Source " + source.source() + ": " + trouble + ".")));
        if (!standing.leader().leads()) {
            standing.leader()
                    .leader()
                    .ifPresent(other -> sentences.add("This replica follows. " + other
                            + " leads, and may know incidents and steps that are missing here."));
        }
        standing.leader().why().ifPresent(why -> sentences.add("Nothing is written to the cluster: " + why + "."));
        if (events.isEmpty()) {
            sentences.add("The journal cannot be read now, so incidents and past steps are missing here.");
        }
        cut(facts).ifPresent(sentences::add);
        events.ifPresent(known -> known.incidents().stream()
                .filter(incident ->
                        incident.target().isTidewatch() && incident.ended().isEmpty())
                .map(Unknowns::trouble)
                .forEach(sentences::add));
        return new Unknowns(sentences.stream().distinct().toList(), stands);
    }

    private static boolean loop(Instant at, Standing standing, List<String> sentences) {
        LoopState loop = standing.loop();
        if (standing.targetsAt().isEmpty()) {
            sentences.add(
                    loop.runningSince().isPresent() ? "The first pass is still running." : "No pass has run yet.");
            loop.why().ifPresent(why -> sentences.add("The last pass failed: " + why + "."));
            return true;
        }
        boolean failed = loop.failedInARow() > 0;
        if (failed) {
            sentences.add("The last " + (loop.failedInARow() == 1 ? "pass" : loop.failedInARow() + " passes")
                    + " failed: " + loop.why().orElse("for an unknown reason") + ".");
        }
        Duration age = Duration.between(standing.targetsAt().orElse(at), at);
        boolean isOld = age.compareTo(standing.resync().plus(LONG_PASS)) > 0;
        if (isOld) {
            sentences.add("The states are " + Durations.roughly(age) + " old: no pass has ended since.");
        }
        return failed || isOld;
    }

    private static String trouble(Incident incident) {
        return "Tidewatch itself: " + incident.summary() + ".";
    }
}
