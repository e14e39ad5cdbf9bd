package io.tidewatch.preflight;

import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredBounds.OpenWindow;
import io.tidewatch.model.definition.DesiredBounds.Upcoming;
import io.tidewatch.model.preflight.Raise;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The time before the next raise of a target in which the raise is checked. It begins {@code preflight} before the raise is written,
 * or when the commit arrives that schedules it, if that is later; it ends when the raise is due.
 *
 * @param begins may be past
 * @param at when the raise is due
 * @param next what counts from then on
 */
record PreflightTime(DesiredBounds desired, Instant begins, Instant at, Upcoming next) {

    /** The time before the next edge; absent where the edge raises nothing, or the schedule wants no preflight. */
    static Optional<PreflightTime> of(DesiredBounds desired) {
        Duration before = desired.schedule().preflight();
        return before.isZero()
                ? Optional.empty()
                : desired.upcoming()
                        .filter(next -> next.bounds().min() > desired.goal().min())
                        .flatMap(next ->
                                desired.next().map(at -> new PreflightTime(desired, at.minus(before), at, next)));
    }

    /** The raise that is to be checked now; absent where it is not near enough, or due, or the live minimum is as high already. */
    Optional<Raise> raise(AutoscalerView live, Instant now) {
        int minimum = live.bounds().min();
        boolean isNear = !now.isBefore(begins) && now.isBefore(at);
        return isNear && next.bounds().min() > minimum ? Optional.of(raise(minimum)) : Optional.empty();
    }

    private Raise raise(int minimum) {
        return new Raise(minimum, next.bounds().min(), next.window().map(OpenWindow::name), at);
    }
}
