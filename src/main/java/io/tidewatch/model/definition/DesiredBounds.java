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
 * @param bounds what counts now
 * @param window the window that counts; absent: the baseline
 * @param setsMax whether Tidewatch writes the maximum: a window or the baseline has one
 * @param since when {@code bounds} began to count, so that a late start can say how late; absent where they always counted
 * @param next the next instant at which {@code bounds} changes
 */
public record DesiredBounds(
        Target target,
        ScaleSchedule schedule,
        Commit commit,
        Bounds baseline,
        Bounds bounds,
        boolean setsMax,
        Optional<OpenWindow> window,
        Optional<Instant> since,
        Optional<Instant> next) {

    /**
     * A window that counts.
     *
     * @param start its own start, not the earlier instant at which a raise leads
     * @param leading true before that start
     */
    public record OpenWindow(String name, Instant start, Instant end, boolean leading) {}

    /** The name of the period in which these bounds count, see {@link Period#text}. */
    public String period() {
        return new Period(
                        window.map(OpenWindow::name),
                        window.map(OpenWindow::start).or(() -> since))
                .text();
    }
}
