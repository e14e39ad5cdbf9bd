package io.tidewatch.preflight;

import io.tidewatch.model.cluster.ScaledObjectView;
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
 */
record PreflightTime(DesiredBounds desired) {

    /** The raise that is to be checked now; absent where the next edge raises nothing, or is not near enough. */
    Optional<Raise> raise(ScaledObjectView live, Instant now) {
        int minimum = live.bounds().min();
        return begins().filter(begin -> !now.isBefore(begin))
                .flatMap(begin -> desired.next())
                .filter(now::isBefore)
                .flatMap(at -> desired.upcoming()
                        .filter(next -> next.bounds().min() > minimum)
                        .map(next -> raise(minimum, next, at)));
    }

    /** When the preflight of the next edge begins, if the edge raises; it may be past. */
    Optional<Instant> begins() {
        Duration before = desired.schedule().preflight();
        boolean raises = desired.upcoming()
                .filter(next -> next.bounds().min() > desired.goal().min())
                .isPresent();
        return raises && !before.isZero() ? desired.next().map(at -> at.minus(before)) : Optional.empty();
    }

    private static Raise raise(int minimum, Upcoming next, Instant at) {
        return new Raise(minimum, next.bounds().min(), next.window().map(OpenWindow::name), at);
    }
}
