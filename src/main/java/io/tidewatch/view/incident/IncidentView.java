package io.tidewatch.view.incident;

import io.tidewatch.model.Durations;
import io.tidewatch.model.Target;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.IncidentStory;
import io.tidewatch.text.IncidentText;
import io.tidewatch.text.PreflightText;
import io.tidewatch.view.Audience;
import io.tidewatch.view.Clocks;
import io.tidewatch.view.Mood;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The page of one incident.
 *
 * @param clocks in whose zone its times are written
 * @param target whose page shows the hops; absent for Tidewatch itself
 * @param events what happened and what was told, in the order of their time
 * @param told what each receiver was sent, and whether it accepted it
 * @param cut whether there are earlier lines or later messages
 */
public record IncidentView(
        Instant at,
        Clocks clocks,
        Mood mood,
        String title,
        IncidentLine incident,
        Optional<Target> target,
        Optional<String> window,
        List<Event> events,
        List<Told> told,
        boolean cut) {

    public IncidentView {
        events = List.copyOf(events);
        told = List.copyOf(told);
    }

    /** Something that happened. */
    public record Event(Instant at, String time, String text) {}

    /**
     * What one receiver was sent.
     *
     * @param moment the beginning or the end of the incident
     * @param outcome whether and when it was accepted, in words
     * @param accepted when; absent where it was not
     */
    public record Told(String receiver, String moment, String headline, String outcome, Optional<Instant> accepted) {}

    /** @param audience who does not see everything is not shown headlines, which may name targets of others */
    public static IncidentView of(IncidentStory story, Audience audience, Clocks clocks, Instant now) {
        Incident incident = story.incident();
        List<Event> events = new ArrayList<>();
        events.add(new Event(incident.opened(), clocks.dayAndTime(incident.opened()), "the incident opened"));
        for (DiaryEntry line : story.lines()) {
            events.add(new Event(line.at(), clocks.dayAndTime(line.at()), line.text()));
        }
        for (IncidentStory.Told told : story.told()) {
            Stream.of(
                            told.handedOut()
                                    .map(at -> new Event(
                                            at,
                                            clocks.dayAndTime(at),
                                            "sent to " + told.receiver()
                                                    + (audience.seesAll() ? ": " + told.headline() : ""))),
                            told.acknowledged()
                                    .map(at -> new Event(at, clocks.dayAndTime(at), told.receiver() + " accepted it")))
                    .flatMap(Optional::stream)
                    .forEach(events::add);
        }
        incident.ended()
                .ifPresent(end -> events.add(new Event(
                        end,
                        clocks.dayAndTime(end),
                        endedAfter(incident, Durations.roughly(Duration.between(incident.opened(), end))) + ": "
                                + incident.summary())));
        events.sort(Comparator.comparing(Event::at));
        return new IncidentView(
                now,
                clocks,
                incident.ended().isPresent() ? Mood.GOOD : Mood.BAD,
                incident.target() + ": " + incident.word()
                        + incident.ended()
                                .map(end -> incident.isOfPreflight() ? ", over" : ", resolved")
                                .orElse(", open"),
                IncidentLine.of(incident, now),
                Optional.of(incident.target()).filter(target -> !target.isTidewatch()),
                incident.window(),
                events,
                story.told().stream().map(told -> told(told, audience, clocks)).toList(),
                story.cut());
    }

    /** As the message about the end says it. */
    private static String endedAfter(Incident incident, String lasted) {
        return incident.isOfPreflight() ? PreflightText.endedAfter(lasted) : IncidentText.resolvedAfter(lasted);
    }

    private static Told told(IncidentStory.Told told, Audience audience, Clocks clocks) {
        return new Told(
                told.receiver(),
                told.moment() == AlertMessage.Moment.ENDED ? "end" : "beginning",
                audience.seesAll() ? told.headline() : "",
                outcome(told, clocks),
                told.acknowledged());
    }

    private static String outcome(IncidentStory.Told told, Clocks clocks) {
        if (told.acknowledged().isPresent()) {
            return "accepted at " + clocks.dayAndTime(told.acknowledged().get())
                    + (told.attempts() == 0 ? "" : ", after " + failed(told.attempts()));
        }
        return (told.handedOut().isPresent() ? "not accepted yet" : "not sent yet")
                + (told.attempts() == 0 ? "" : ", " + failed(told.attempts()))
                + told.lastFailure().map(why -> ": " + why).orElse("");
    }

    private static String failed(int attempts) {
        return attempts + (attempts == 1 ? " failed attempt" : " failed attempts");
    }
}
