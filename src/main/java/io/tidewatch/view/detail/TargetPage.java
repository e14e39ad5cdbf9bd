package io.tidewatch.view.detail;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Durations;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.Edge;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.report.PastDiagnosis;
import io.tidewatch.model.report.PastEvents;
import io.tidewatch.schedule.Precedence;
import io.tidewatch.view.Audience;
import io.tidewatch.view.Clocks;
import io.tidewatch.view.Facts;
import io.tidewatch.view.Mood;
import io.tidewatch.view.Unknowns;
import io.tidewatch.view.incident.IncidentLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the page of one target. What it says of an instant is the same, whether it is made then or later: later it leaves out what was not
 * known yet.
 */
public final class TargetPage {

    /** How far back its steps and incidents go. */
    public static final Duration NIGHTS = Duration.ofDays(30);

    /** The most rows of one kind that are read from the journal for it. */
    public static final int MOST_ROWS = 500;

    /** How far ahead the next change is looked for. */
    private static final Duration AHEAD = Duration.ofDays(7);

    private static final int MOST_INCIDENTS = 20;

    private static final String NOTHING_KEPT = "Nothing is kept of this target at that instant.";

    private TargetPage() {}

    /** What is known of the target: its diagnosis and its events. Both are absent where they cannot be known now. */
    public record Known(Optional<PastDiagnosis> diagnosis, Optional<PastEvents> events) {}

    /** @param asked an instant of a kept night; absent: now */
    public static TargetView of(Target target, Facts facts, Audience audience, Known known, Optional<Instant> asked) {
        Instant at = asked.orElse(facts.at());
        Clocks clocks = facts.clocks(target);
        List<String> unknown = new ArrayList<>();
        if (asked.isEmpty()) {
            unknown.addAll(Unknowns.of(facts, audience).sentences());
        }
        String away = "The journal cannot be read now, so incidents and past steps are missing here.";
        if (known.events().isEmpty() && !unknown.contains(away)) {
            unknown.add(away);
        }
        Duration resync = facts.standing().resync();
        Optional<PastDiagnosis> counts = known.diagnosis().filter(made -> asked.isEmpty() || made.countsAt(at, resync));
        if (counts.isEmpty()) {
            unknown.add(
                    asked.isPresent()
                            ? known.diagnosis()
                                    .map(made -> unwatched(made, clocks))
                                    .orElse(NOTHING_KEPT)
                            : "No pass has looked at this target yet.");
        }
        PastEvents events = known.events().orElse(PastEvents.NONE);
        List<TargetView.NightRow> nights = NightRows.of(events.steps(), clocks, at);
        return new TargetView(
                target,
                at,
                asked.isPresent(),
                asked.flatMap(instant -> known.diagnosis()).map(PastDiagnosis::at),
                unknown,
                clocks,
                counts.map(TargetPage::standing),
                schedule(target, facts, audience, at, clocks),
                nights,
                punctuality(nights),
                events.incidents().stream()
                        .filter(incident -> !incident.opened().isAfter(at))
                        .limit(MOST_INCIDENTS)
                        .map(incident -> IncidentLine.asOf(incident, at))
                        .toList());
    }

    private static String unwatched(PastDiagnosis last, Clocks clocks) {
        return "Nobody looked at this target in the day before that instant, so its state is not known. It was "
                + last.state().word()
                + last.cause().map(cause -> "/" + cause.word()).orElse("") + " when it was last kept, "
                + clocks.dayAndTime(last.at()) + " " + clocks.name() + ".";
    }

    /** How many of those that promised something were on time; empty where none did. */
    private static Optional<String> punctuality(List<TargetView.NightRow> nights) {
        return Optional.of(Punctuality.of(nights))
                .filter(found -> found.judged() > 0)
                .map(found -> found.ofAll() + " on time");
    }

    private static TargetView.Standing standing(PastDiagnosis made) {
        return new TargetView.Standing(
                Mood.of(made.state()),
                made.state(),
                made.cause(),
                made.hop(),
                made.since(),
                made.summary(),
                made.desired(),
                made.picture().hops(),
                made.picture().claims(),
                made.evidence(),
                made.picture().next());
    }

    private static Optional<TargetView.Schedule> schedule(
            Target target, Facts facts, Audience audience, Instant at, Clocks clocks) {
        return facts.timetable().at(target, at, facts.leads()).map(desired -> {
            ScaleSchedule schedule = desired.schedule();
            return new TargetView.Schedule(
                    schedule.id(),
                    why(target, facts, at, desired, clocks),
                    next(target, facts, at, clocks),
                    clocks.name(),
                    audience.seesAll() ? desired.commit().source() : "",
                    audience.seesAll() ? schedule.origin().toString() : "",
                    desired.commit().shortId(),
                    desired.commit().author(),
                    audience.seesAll() ? desired.commit().subject() : "");
        });
    }

    private static List<String> why(Target target, Facts facts, Instant at, DesiredBounds desired, Clocks clocks) {
        List<String> why = new ArrayList<>();
        String minimum = "minimum " + desired.goal().min();
        if (desired.window().isEmpty()) {
            why.add("No window is open, so the baseline counts: " + minimum + ".");
            return why;
        }
        DesiredBounds.OpenWindow open = desired.window().get();
        why.add("Window " + open.name() + " counts from " + clocks.dayAndTime(open.start()) + " to "
                + clocks.dayAndTime(open.end()) + ": " + minimum + "."
                + (open.leading() ? " Its raise leads its start." : ""));
        facts.timetable()
                .precedence(target, at)
                .filter(found -> found.window().equals(open.name()))
                .ifPresent(found -> found.beaten().forEach(other -> why.add(beaten(other))));
        return why;
    }

    private static String beaten(Precedence.Beaten other) {
        return "Window " + other.window() + " is open too, but "
                + switch (other.by()) {
                    case PRIORITY -> "has the lower priority.";
                    case MINIMUM -> "has the lower minimum.";
                    case WRITTEN_FIRST -> "is written later in the schedule.";
                };
    }

    private static Optional<String> next(Target target, Facts facts, Instant at, Clocks clocks) {
        return facts.timetable().between(target, at, at.plus(AHEAD), facts.leads()).stream()
                .filter(edge -> edge.actsAt().isAfter(at))
                .findFirst()
                .map(edge -> next(edge, clocks));
    }

    private static String next(Edge edge, Clocks clocks) {
        return clocks.dayAndTime(edge.actsAt()) + ": "
                + edge.window().map(name -> "window " + name).orElse("baseline")
                + edge.change()
                        .after()
                        .bounds()
                        .map(Bounds::min)
                        .map(minimum -> ", minimum " + minimum)
                        .orElse("")
                + (edge.lead().isZero() ? "" : ", " + Durations.roughly(edge.lead()) + " before its start");
    }
}
