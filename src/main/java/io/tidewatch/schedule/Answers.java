package io.tidewatch.schedule;

import io.tidewatch.model.Bounds;
import io.tidewatch.schedule.CompiledSchedule.Next;
import java.time.Instant;
import java.util.Optional;

/**
 * Evaluates one schedule over one baseline at growing instants. The first evaluation searches back and ahead. A later one only
 * passes the boundaries in between, which is cheap whatever the windows are. Any instant is allowed; an instant before the last
 * one, or far after it, needs a new search.
 */
final class Answers {

    /** If the last evaluation is older than this, everything is searched again. */
    private static final int MOST_PASSED = 100;

    private final CompiledSchedule schedule;
    private final Optional<Bounds> baseline;
    private Optional<Last> last = Optional.empty();

    Answers(CompiledSchedule schedule, Optional<Bounds> baseline) {
        this.schedule = schedule;
        this.baseline = baseline;
    }

    /** The bounds that count, since when, and until when. */
    record Answer(EffectiveBounds counting, Optional<Instant> since, Optional<Next> next) {}

    /**
     * The last evaluation.
     *
     * @param boundary the instant until which the answer holds
     */
    private record Last(Instant at, Answer answer, Optional<Instant> boundary) {}

    synchronized Answer at(Instant now) {
        if (last.filter(known -> !now.isBefore(known.at())).isEmpty()) {
            return searched(now);
        }
        Last known = last.get();
        if (known.boundary().filter(boundary -> !boundary.isAfter(now)).isEmpty()) {
            return known.answer();
        }
        return passed(known, now).orElseGet(() -> searched(now));
    }

    private Answer searched(Instant now) {
        Leads leads = new Leads(schedule, baseline);
        EffectiveBounds counting = schedule.at(now, baseline, leads);
        Answer answer = new Answer(
                counting,
                schedule.lastChange(now, counting, baseline, leads),
                schedule.nextChange(now, counting, baseline, leads));
        if (last.filter(known -> now.isBefore(known.at())).isEmpty()) {
            last = Optional.of(new Last(now, answer, schedule.nextBoundary(now, leads.times())));
        }
        return answer;
    }

    private Optional<Answer> passed(Last known, Instant now) {
        Leads leads = new Leads(schedule, baseline);
        EffectiveBounds counting = known.answer().counting();
        Optional<Instant> since = known.answer().since();
        boolean changed = false;
        Optional<Instant> boundary = known.boundary();
        for (int i = 0; boundary.filter(b -> !b.isAfter(now)).isPresent(); i++) {
            if (i == MOST_PASSED) {
                return Optional.empty();
            }
            EffectiveBounds then = schedule.at(boundary.get(), baseline, leads);
            if (then.differsFrom(counting)) {
                since = boundary;
                changed = true;
            }
            counting = then;
            boundary = schedule.nextBoundary(boundary.get(), leads.times());
        }
        Optional<Next> next = known.answer().next();
        if (changed || next.filter(n -> !n.at().isAfter(now)).isPresent()) {
            next = schedule.nextChange(now, counting, baseline, leads);
        }
        Answer answer = new Answer(counting, since, next);
        last = Optional.of(new Last(now, answer, boundary));
        return Optional.of(answer);
    }
}
