package io.tidewatch.view.detail;

import io.tidewatch.model.Target;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Claim;
import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.HopRow;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.view.Clocks;
import io.tidewatch.view.Mood;
import io.tidewatch.view.incident.IncidentLine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The page of one target, now or at an instant of a kept night.
 *
 * @param at the instant that it shows
 * @param past whether that was asked for, so that it is not about now
 * @param keptAt of an instant that was asked for, when the last diagnosis until then was kept; absent where none is, and now
 * @param unknown what is not known, each in one sentence
 * @param clocks in whose zone its times are written
 * @param standing what was diagnosed; absent where nothing is known of that instant, because nothing was kept or nobody looked
 * @param schedule why these bounds count; absent where no schedule names the target now
 * @param nights its last steps, the newest first
 * @param incidents the open ones and the last ones, the newest first
 */
public record TargetView(
        Target target,
        Instant at,
        boolean past,
        Optional<Instant> keptAt,
        List<String> unknown,
        Clocks clocks,
        Optional<Standing> standing,
        Optional<Schedule> schedule,
        List<NightRow> nights,
        Optional<String> punctuality,
        List<IncidentLine> incidents) {

    public TargetView {
        unknown = List.copyOf(unknown);
        nights = List.copyOf(nights);
        incidents = List.copyOf(incidents);
    }

    /** How the target stands for one look. */
    public Mood mood() {
        boolean inTrouble =
                incidents.stream().anyMatch(incident -> incident.ended().isEmpty());
        return standing.map(one -> Mood.of(one.state(), inTrouble)).orElse(Mood.UNKNOWN);
    }

    /**
     * What was diagnosed.
     *
     * @param since since when the state is what it is; absent where that is not known
     * @param next the next sensible command; empty where there is nothing to do
     */
    public record Standing(
            Mood mood,
            State state,
            Optional<Cause> cause,
            Optional<Hop> hop,
            Optional<Instant> since,
            String summary,
            OptionalInt wanted,
            List<HopRow> hops,
            List<Claim> claims,
            List<Evidence> evidence,
            String next) {

        public Standing {
            hops = List.copyOf(hops);
            claims = List.copyOf(claims);
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * The schedule of the target.
     *
     * @param name namespace and name
     * @param why which window counts, and why no other does, in sentences
     * @param next what changes next, in a sentence
     * @param origin file and line
     */
    public record Schedule(
            String name,
            List<String> why,
            Optional<String> next,
            String zone,
            String source,
            String origin,
            String commit,
            String author,
            String subject) {

        public Schedule {
            why = List.copyOf(why);
        }
    }

    /**
     * A step of a night.
     *
     * @param hpa how long after it was due
     * @param ready how long after it was due
     * @param result on time, late, failed or superseded, in words; empty where it was promised nothing or is on its way
     * @param lateness seconds after the promised instant, negative before it; absent where it was not reached, or nothing was promised
     */
    public record NightRow(
            Instant scheduled,
            String time,
            Optional<String> window,
            int minimum,
            String written,
            String hpa,
            String ready,
            String result,
            Optional<Long> lateness,
            String commit,
            String author) {}
}
