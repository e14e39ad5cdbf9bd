package io.tidewatch.schedule;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.definition.ScaleSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A schedule in a form that can be evaluated at any instant.
 *
 * <p>The bounds are constant between two boundaries: the instants at which a window opens, begins to lead, or closes. Everything
 * about intervals is computed by {@link #at} at each boundary, so that intervals and instants cannot disagree.
 *
 * @param windows in the order written; none while the schedule is suspended
 * @param learned how long a raise of the target takes; absent where nothing was learned
 */
record CompiledSchedule(ScaleSchedule schedule, List<CompiledWindow> windows, Optional<Duration> learned) {

    /**
     * How many boundaries are passed in search of a change. If the windows meet without ever changing anything, the search ends
     * there, and the next pass is due there.
     */
    private static final int MOST_BOUNDARIES = 1_000;

    /** Each boundary evaluates every window, so a schedule with many windows passes fewer boundaries. */
    private static final int MOST_WINDOWS_EVALUATED = 2_000;

    private static final int FEWEST_BOUNDARIES = 20;

    private static final int UNKNOWN_MINIMUM = -1;

    CompiledSchedule {
        windows = List.copyOf(windows);
    }

    /** A schedule for targets of which nothing was learned. */
    CompiledSchedule(ScaleSchedule schedule, List<CompiledWindow> windows) {
        this(schedule, windows, Optional.empty());
    }

    /** The same schedule for a target of which something was learned. */
    CompiledSchedule learning(Duration ofTarget) {
        return new CompiledSchedule(schedule, windows, Optional.of(ofTarget));
    }

    /** Whether the lead of a window is learned. */
    boolean learns() {
        return windows.stream().anyMatch(window -> window.window().lead().isLearned());
    }

    /** The bounds that count at an instant, raises that lead included. */
    EffectiveBounds at(Instant instant, Optional<Bounds> baseline) {
        return at(instant, baseline, new Leads(this, baseline));
    }

    /** The same; a caller that evaluates many instants keeps the leads. */
    EffectiveBounds at(Instant instant, Optional<Bounds> baseline, Leads leads) {
        EffectiveBounds counting = withoutLead(instant, baseline);
        for (Coming coming : leadingAt(instant, baseline, leads)) {
            counting = counting.raisedBy(coming.counting());
        }
        return counting;
    }

    /**
     * What counts next.
     *
     * @param at strictly after the instant in question
     */
    record Next(Instant at, EffectiveBounds counting) {}

    /**
     * The next instant at which the bounds change, strictly after. Where the search ends before that, its last boundary.
     *
     * @param now what counts at {@code after}
     */
    Optional<Next> nextChange(Instant after, EffectiveBounds now, Optional<Bounds> baseline, Leads leads) {
        Boundaries boundaries = new Boundaries(this, after, leads.times());
        Optional<Next> next = Optional.empty();
        for (int passed = 0; passed <= mostBoundaries(); passed++) {
            next = boundaries.next().map(boundary -> new Next(boundary, at(boundary, baseline, leads)));
            if (next.isEmpty() || next.get().counting().differsFrom(now)) {
                return next;
            }
        }
        return next;
    }

    /**
     * The next instant at which the minimum changes, strictly after: a change of the maximum alone ends no ramp. Absent where the search
     * ends before that.
     *
     * @param now what counts at {@code after}
     */
    Optional<Next> nextMinimum(Instant after, EffectiveBounds now, Optional<Bounds> baseline, Leads leads) {
        Optional<Next> next = nextChange(after, now, baseline, leads);
        for (int passed = 0; passed < FEWEST_BOUNDARIES && next.isPresent(); passed++) {
            if (!minimum(next.get().counting()).equals(minimum(now))) {
                return next;
            }
            next = nextChange(next.get().at(), next.get().counting(), baseline, leads);
        }
        return Optional.empty();
    }

    private static Optional<Integer> minimum(EffectiveBounds counting) {
        return counting.bounds().map(Bounds::min);
    }

    /**
     * When the bounds that count at an instant began to count; absent where they always counted, or began before the search ends.
     *
     * @param now what counts at {@code upTo}
     */
    Optional<Instant> lastChange(Instant upTo, EffectiveBounds now, Optional<Bounds> baseline, Leads leads) {
        Optional<Instant> boundary = lastBoundary(upTo, leads.times());
        for (int passed = 0; passed < mostBoundaries() && boundary.isPresent(); passed++) {
            Instant before = boundary.get().minusNanos(1);
            if (at(before, baseline, leads).differsFrom(now)) {
                return boundary;
            }
            boundary = lastBoundary(before, leads.times());
        }
        return Optional.empty();
    }

    private int mostBoundaries() {
        return Math.max(
                FEWEST_BOUNDARIES, Math.min(MOST_BOUNDARIES, MOST_WINDOWS_EVALUATED / Math.max(1, windows.size())));
    }

    private Optional<Instant> lastBoundary(Instant upTo, LeadTimes leads) {
        Optional<Instant> last = Optional.empty();
        for (CompiledWindow window : windows) {
            last = Boundaries.later(last, window.lastBoundary(upTo, leads));
        }
        return last;
    }

    /** The next instant at which the answer may change, strictly after. */
    Optional<Instant> nextBoundary(Instant after, LeadTimes leads) {
        Optional<Instant> next = Optional.empty();
        for (CompiledWindow window : windows) {
            next = Boundaries.earlier(next, window.nextBoundary(after, leads));
        }
        return next;
    }

    EffectiveBounds withoutLead(Instant instant, Optional<Bounds> baseline) {
        return winnerAt(instant, baseline)
                .map(open -> new EffectiveBounds(
                        open.window().boundsFor(baseline),
                        Optional.of(open.window().opened(open.occurrence(), instant))))
                .orElseGet(() -> new EffectiveBounds(baseline, Optional.empty()));
    }

    /** Highest priority; among equals the highest resulting minimum; among equals the first written. */
    Optional<Open> winnerAt(Instant instant, Optional<Bounds> baseline) {
        Optional<Open> winner = Optional.empty();
        for (CompiledWindow window : windows) {
            Optional<Occurrence> occurrence = window.recurrence().openAt(instant);
            if (occurrence.isPresent()
                    && winner.map(w -> beats(window, w.window(), baseline)).orElse(true)) {
                winner = Optional.of(new Open(window, occurrence.get()));
            }
        }
        return winner;
    }

    private static boolean beats(CompiledWindow later, CompiledWindow earlier, Optional<Bounds> baseline) {
        int priority = later.window().priority();
        return priority != earlier.window().priority()
                ? priority > earlier.window().priority()
                : minimum(later, baseline) > minimum(earlier, baseline);
    }

    /** The minimum by which windows of one priority are compared; an unknown minimum loses. */
    static int minimum(CompiledWindow window, Optional<Bounds> baseline) {
        return window.boundsFor(baseline).map(Bounds::min).orElse(UNKNOWN_MINIMUM);
    }

    /**
     * The windows within their lead time that will count when they start, in the order in which they start; of a window
     * that starts several times in it the first, since later ones bring the same.
     */
    private List<Coming> leadingAt(Instant instant, Optional<Bounds> baseline, Leads leads) {
        List<Coming> leading = new ArrayList<>(0);
        for (int i = 0; i < windows.size(); i++) {
            CompiledWindow window = windows.get(i);
            if (leads.times().leads(window)) {
                leads.next(i, instant)
                        .map(occurrence -> new Coming(
                                occurrence.start(),
                                new EffectiveBounds(
                                        window.boundsFor(baseline), Optional.of(window.opened(occurrence, instant)))))
                        .ifPresent(leading::add);
            }
        }
        leading.sort(Comparator.comparing(Coming::start));
        return leading;
    }

    /** A window that is open, and since when. */
    record Open(CompiledWindow window, Occurrence occurrence) {}

    private record Coming(Instant start, EffectiveBounds counting) {}
}
