package io.tidewatch.schedule;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.definition.Ramp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How long before its start each window takes effect: its lead time, and before that the time of its ramp, so that the last step of
 * a raise is written when the lead time begins. A learned lead was measured from the first step to the pods of the last one, so it
 * stands for both; but a ramp never begins so late that its last step would be written after the start.
 *
 * <p>The ramp begins at what counts immediately before the start. So its time may differ from one start to the next; it is
 * evaluated once for each start.
 */
final class LeadTimes {

    private final CompiledSchedule schedule;
    private final Optional<Bounds> baseline;
    private final Map<Start, Duration> known = new HashMap<>();
    private final Map<CompiledWindow, Duration> longest = new HashMap<>();

    LeadTimes(CompiledSchedule schedule, Optional<Bounds> baseline) {
        this.schedule = schedule;
        this.baseline = baseline;
    }

    private record Start(CompiledWindow window, Instant at) {}

    /** The shortest lead of any start. */
    Duration least(CompiledWindow window) {
        return window.window().lead().with(schedule.learned());
    }

    /** No start has a longer lead. */
    Duration most(CompiledWindow window) {
        return ramp().up().isEmpty() ? least(window) : longest.computeIfAbsent(window, this::longest);
    }

    private Duration longest(CompiledWindow window) {
        Optional<Bounds> bounds = window.boundsFor(baseline);
        return ramp().up()
                .flatMap(pace -> bounds.map(to -> pace.longestLead(Math.min(lowest(), to.min()), to.min())))
                .map(ramp -> both(window, ramp))
                .orElse(least(window));
    }

    private Duration both(CompiledWindow window, Duration ramp) {
        Duration lead = least(window);
        if (!isLearned(window)) {
            return lead.plus(ramp);
        }
        return lead.compareTo(ramp) > 0 ? lead : ramp;
    }

    private boolean isLearned(CompiledWindow window) {
        return window.window().lead().isLearned() && schedule.learned().isPresent();
    }

    Duration of(CompiledWindow window, Occurrence start) {
        return ramp().up().isEmpty()
                ? least(window)
                : known.computeIfAbsent(new Start(window, start.start()), key -> both(window, ramp(window, start)));
    }

    private Duration ramp(CompiledWindow window, Occurrence start) {
        Optional<Bounds> before =
                schedule.withoutLead(start.start().minusNanos(1), baseline).bounds();
        return window.boundsFor(baseline)
                .flatMap(to -> before.map(from -> ramp().lead(from.min(), to.min())))
                .orElse(Duration.ZERO);
    }

    /** The next instant, strictly after, at which the window begins to lead. */
    Optional<Instant> next(CompiledWindow window, Instant after) {
        if (!leads(window)) {
            return Optional.empty();
        }
        Optional<Instant> next = Optional.empty();
        Optional<Occurrence> start = window.recurrence().startingAfter(after.plus(least(window)));
        while (start.isPresent() && mayBeEarlier(start.get().start().minus(most(window)), next)) {
            Optional<Instant> leads = Optional.of(start.get().start().minus(of(window, start.get())));
            next = Boundaries.earlier(next, leads.filter(after::isBefore));
            start = window.recurrence().startingAfter(start.get().start());
        }
        return next;
    }

    private static boolean mayBeEarlier(Instant leadsAtTheEarliest, Optional<Instant> known) {
        return known.map(leadsAtTheEarliest::isBefore).orElse(true);
    }

    /** The last instant, at or before, at which the window began to lead. */
    Optional<Instant> last(CompiledWindow window, Instant upTo) {
        if (!leads(window)) {
            return Optional.empty();
        }
        Optional<Instant> last = Optional.empty();
        Optional<Occurrence> start = window.recurrence().startedBy(upTo.plus(most(window)));
        while (start.isPresent() && mayBeLater(start.get().start().minus(least(window)), last)) {
            Optional<Instant> leads = Optional.of(start.get().start().minus(of(window, start.get())));
            last = Boundaries.later(last, leads.filter(at -> !at.isAfter(upTo)));
            start = window.recurrence().startedBy(start.get().start().minusNanos(1));
        }
        return last;
    }

    private static boolean mayBeLater(Instant leadsAtTheLatest, Optional<Instant> known) {
        return known.map(leadsAtTheLatest::isAfter).orElse(true);
    }

    boolean leads(CompiledWindow window) {
        return !most(window).isZero() && !most(window).isNegative();
    }

    private Ramp ramp() {
        return schedule.schedule().ramp();
    }

    /** The lowest minimum that may count before a start. */
    private int lowest() {
        int windows = schedule.windows().stream()
                .flatMap(window -> window.boundsFor(baseline).stream())
                .mapToInt(Bounds::min)
                .min()
                .orElse(Integer.MAX_VALUE);
        return Math.min(windows, baseline.map(Bounds::min).orElse(Bounds.DEFAULT_MIN));
    }
}
