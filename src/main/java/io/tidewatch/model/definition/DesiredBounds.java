package io.tidewatch.model.definition;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Period;
import io.tidewatch.model.Target;
import java.time.Instant;
import java.util.Optional;

/**
 * The desired minimum and maximum of a target at an instant, and why.
 *
 * @param schedule the schedule that defines them
 * @param commit the commit that its source is at
 * @param baseline the bounds outside of all windows
 * @param setsMax whether Tidewatch writes the maximum: a window or the baseline has one
 * @param current the bounds that count now
 * @param ramp the ramp on the way to the bounds that count now; absent where they are to be written in one step
 */
public record DesiredBounds(
        Target target,
        ScaleSchedule schedule,
        Commit commit,
        Bounds baseline,
        boolean setsMax,
        Current current,
        Optional<RampStep> ramp) {

    /** Bounds that are to be written in one step. */
    public DesiredBounds(
            Target target, ScaleSchedule schedule, Commit commit, Bounds baseline, boolean setsMax, Current current) {
        this(target, schedule, commit, baseline, setsMax, current, Optional.empty());
    }

    /** The bounds that are to stand now: the window's, or on the way to them those of a ramp's step. */
    public Bounds bounds() {
        return ramp.map(RampStep::bounds).orElse(current.bounds());
    }

    /** The bounds that count now, to which a ramp leads. */
    public Bounds goal() {
        return current.bounds();
    }

    /** When the bounds that are to stand now became due: at the edge, or a pause after the last step of a ramp. */
    public Optional<Instant> due() {
        return ramp.flatMap(RampStep::due).or(this::since);
    }

    public DesiredBounds with(RampStep step) {
        return new DesiredBounds(target, schedule, commit, baseline, setsMax, current, Optional.of(step));
    }

    /** The window that counts; absent: the baseline. */
    public Optional<OpenWindow> window() {
        return current.window();
    }

    /** When the bounds began to count, from which a late start is measured; absent where they always counted. */
    public Optional<Instant> since() {
        return current.since();
    }

    /** The next instant at which the bounds change. */
    public Optional<Instant> next() {
        return current.next();
    }

    /** What counts from {@link #next} on, if something changes there. */
    public Optional<Upcoming> upcoming() {
        return current.upcoming();
    }

    /** The name of the period in which these bounds count, see {@link Period#text}. */
    public String period() {
        return new Period(
                        window().map(OpenWindow::name),
                        window().map(OpenWindow::start).or(this::since))
                .text();
    }

    /**
     * The bounds between two edges. They are filled by name, so that the two instants cannot change places unseen: {@code
     * Current.of(bounds).in(window).since(edge).until(nextEdge)}.
     *
     * @param window the window that counts; absent: the baseline
     * @param since when {@code bounds} began to count; absent where they always counted
     * @param next the next instant at which {@code bounds} changes; absent where none is known
     * @param upcoming what counts from {@code next} on; absent where that is not known
     */
    public record Current(
            Bounds bounds,
            Optional<OpenWindow> window,
            Optional<Instant> since,
            Optional<Instant> next,
            Optional<Upcoming> upcoming) {

        /** Bounds outside of all windows that always count. */
        public static Current of(Bounds bounds) {
            return new Current(bounds, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }

        public Current in(Optional<OpenWindow> open) {
            return new Current(bounds, open, since, next, upcoming);
        }

        public Current since(Optional<Instant> edge) {
            return new Current(bounds, window, edge, next, upcoming);
        }

        public Current until(Optional<Instant> nextEdge) {
            return new Current(bounds, window, since, nextEdge, upcoming);
        }

        public Current then(Optional<Upcoming> nextBounds) {
            return new Current(bounds, window, since, next, nextBounds);
        }

        /** Other bounds in the same period. */
        public Current with(Bounds other) {
            return new Current(other, window, since, next, upcoming);
        }
    }

    /**
     * What counts from the next edge on.
     *
     * @param bounds of the window, or of the baseline
     * @param window absent: the baseline
     */
    public record Upcoming(Bounds bounds, Optional<OpenWindow> window) {}

    /**
     * A step of a ramp.
     *
     * @param bounds that are to stand now
     * @param origin the minimum at which the ramp began
     * @param due when this step became due; absent for the first step, which is due at the edge
     * @param next when the next step becomes due; absent for a step that is not written yet, and for the last step
     */
    public record RampStep(Bounds bounds, int origin, Optional<Instant> due, Optional<Instant> next) {}

    /**
     * A window that counts.
     *
     * @param start its own start, not the earlier instant at which a raise leads
     * @param leading true before that start
     */
    public record OpenWindow(String name, Instant start, Instant end, boolean leading) {}
}
