package io.tidewatch.preflight;

import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.StatefulSetView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredBounds.OpenWindow;
import io.tidewatch.model.definition.DesiredBounds.Upcoming;
import io.tidewatch.model.preflight.ClaimLoss;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The time before the next lowering of a StatefulSet that deletes the claims of pods that go. It begins {@code preflight} before the
 * lowering is due, as before a raise, and ends when it is due.
 *
 * @param begins may be past
 * @param at when the lowering is due
 * @param next what counts from then on
 */
record LoweringTime(
        DesiredBounds desired,
        AutoscalerView live,
        StatefulSetView statefulSet,
        Instant begins,
        Instant at,
        Upcoming next) {

    /** The time before the next edge; absent where the edge lowers nothing or the claims stay, and where the schedule wants no preflight. */
    static Optional<LoweringTime> of(DesiredBounds desired, TargetObservation seen) {
        Duration before = desired.schedule().preflight();
        Optional<StatefulSetView> deleting = seen.statefulSet()
                .filter(set ->
                        !before.isZero() && !set.deletedClaims().templates().isEmpty());
        return deleting.flatMap(set -> seen.autoscaler()
                .flatMap(live -> desired.upcoming()
                        .filter(next -> next.bounds().min() < desired.goal().min())
                        .flatMap(next -> desired.next()
                                .map(at -> new LoweringTime(desired, live, set, at.minus(before), at, next)))));
    }

    /** What the lowering deletes; absent where it is not near, where a hold lasts until after it, and where the minimum or the pods are as
     * few already. */
    Optional<ClaimLoss> loss(Instant now) {
        boolean isNear = !now.isBefore(begins) && now.isBefore(at);
        boolean isHeld = live.meta().heldUntil(at).isPresent();
        int from = live.bounds().min();
        int to = next.bounds().min();
        int pods = statefulSet.desiredReplicas();
        return isNear && !isHeld && from > to && pods > to
                ? Optional.of(new ClaimLoss(
                        from,
                        to,
                        at,
                        desired.window().map(OpenWindow::name),
                        next.window().map(OpenWindow::name),
                        pods - to,
                        statefulSet.meta().name(),
                        statefulSet.deletedClaims().names(pods, to)))
                : Optional.empty();
    }
}
