package io.tidewatch.schedule;

import io.tidewatch.model.Bounds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * For each window with a lead, the first start after an instant at which it will count. Each start is evaluated once, since that
 * evaluates every window, and a lead of a day may contain thousands of starts.
 */
final class Leads {

    private final CompiledSchedule schedule;
    private final Optional<Bounds> baseline;
    private final LeadTimes times;
    private final List<Optional<Searched>> searched;
    private int evaluated;

    Leads(CompiledSchedule schedule, Optional<Bounds> baseline) {
        this.schedule = schedule;
        this.baseline = baseline;
        this.times = new LeadTimes(schedule, baseline);
        this.searched = new ArrayList<>(Collections.nCopies(schedule.windows().size(), Optional.empty()));
    }

    /**
     * Of the starts after {@code from}, up to and including {@code to}, the first at which the window counts.
     *
     * @param counts absent: none of them
     */
    private record Searched(Instant from, Instant to, Optional<Occurrence> counts) {}

    /**
     * The first start after an instant, within the window's lead, at which it counts.
     *
     * @param index of the window in the schedule
     */
    Optional<Occurrence> next(int index, Instant after) {
        CompiledWindow window = schedule.windows().get(index);
        Instant horizon = after.plus(times.most(window));
        Searched known = searched.get(index).orElseGet(() -> new Searched(after, after, Optional.empty()));
        Optional<Occurrence> found = known.counts();
        Instant to = known.to();
        if (after.isBefore(known.from())) {
            Instant until = horizon.isBefore(known.from()) ? horizon : known.from();
            Optional<Occurrence> earlier = search(window, after, until);
            found = earlier.isPresent() || until.isBefore(known.from()) ? earlier : found;
            to = earlier.map(Occurrence::start).orElse(until.isBefore(known.from()) ? until : to);
        } else if (found.filter(o -> !o.start().isAfter(after)).isPresent() || after.isAfter(to)) {
            found = Optional.empty();
            to = after;
        }
        if (found.isEmpty() && to.isBefore(horizon)) {
            found = search(window, to, horizon);
            to = found.map(Occurrence::start).orElse(horizon);
        }
        searched.set(index, Optional.of(new Searched(after, to, found)));
        return leading(window, found, after, horizon);
    }

    /** Where a schedule has a ramp, a later start may lead already while an earlier one does not. */
    private Optional<Occurrence> leading(
            CompiledWindow window, Optional<Occurrence> first, Instant after, Instant horizon) {
        Optional<Occurrence> found = first.filter(o -> !o.start().isAfter(horizon));
        while (found.filter(o -> o.start().minus(times.of(window, o)).isAfter(after))
                .isPresent()) {
            found = search(window, found.get().start(), horizon);
        }
        return found;
    }

    LeadTimes times() {
        return times;
    }

    private Optional<Occurrence> search(CompiledWindow window, Instant after, Instant to) {
        Optional<Occurrence> next = window.recurrence().startingAfter(after);
        while (next.filter(o -> !o.start().isAfter(to)).isPresent()) {
            if (counts(window, next.get())) {
                return next;
            }
            next = window.recurrence().startingAfter(next.get().start());
        }
        return Optional.empty();
    }

    /** How many starts were evaluated so far, each against every window: the measure of the work. */
    int evaluated() {
        return evaluated;
    }

    private boolean counts(CompiledWindow window, Occurrence occurrence) {
        evaluated++;
        return schedule.winnerAt(occurrence.start(), baseline)
                .filter(open -> open.window().equals(window))
                .isPresent();
    }
}
