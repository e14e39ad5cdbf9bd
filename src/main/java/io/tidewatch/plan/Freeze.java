package io.tidewatch.plan;

import io.tidewatch.model.Moment;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.ownership.Goal;
import io.tidewatch.ownership.Ownership;
import io.tidewatch.ownership.Verdict;
import io.tidewatch.text.FreezeText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Whether a new revision of a target's workload has to wait (the contract's "Freeze"): while a window is open or about to open, and
 * after it until the target has followed the way back. Nothing is remembered, so a restart in the middle changes nothing.
 *
 * @param live the ScaledObject; absent: it does not exist, and nothing is to be lowered
 */
record Freeze(DesiredBounds desired, Optional<AutoscalerView> live, Optional<Diagnosis> diagnosis, Moment now) {

    /**
     * Why a revision has to wait.
     *
     * @param reason until when, in words
     * @param since when the freeze began; absent after the window, whose start is no longer known
     * @param checkAgainAt when it may end although nothing else happens
     */
    record Hold(String reason, Optional<Instant> since, Optional<Instant> checkAgainAt) {}

    /** Absent where nothing has to wait. */
    Optional<Hold> hold() {
        if (!desired.schedule().freezeRollouts()) {
            return Optional.empty();
        }
        return desired.window()
                .map(open -> new Hold(
                        FreezeText.open(open, zone()), desired.since().map(this::beforeIt), Optional.of(open.end())))
                .or(this::beforeWindow)
                .or(this::afterWindow);
    }

    /** A rollout that begins immediately before a window takes the window's capacity. */
    private Optional<Hold> beforeWindow() {
        return desired.upcoming()
                .flatMap(DesiredBounds.Upcoming::window)
                .filter(window -> desired.next()
                        .map(this::beforeIt)
                        .filter(from -> !now.isBefore(from))
                        .isPresent())
                .map(window -> new Hold(
                        FreezeText.comes(window, zone()), desired.next().map(this::beforeIt), desired.next()));
    }

    private ZoneId zone() {
        return desired.schedule().timeZone();
    }

    private Instant beforeIt(Instant edge) {
        return edge.minus(desired.schedule().preflight());
    }

    /** Never in the pass that lowers, because a write of the template and a lowering at once provoke argo-rollouts#4047. */
    private Optional<Hold> afterWindow() {
        if (isToBeLowered()) {
            return Optional.of(
                    new Hold(FreezeText.toBeLowered(desired.goal().min()), Optional.empty(), Optional.empty()));
        }
        if (desired.since().isEmpty()) {
            return Optional.empty();
        }
        Instant end = desired.since().get().plus(desired.schedule().checks().timeout());
        boolean hasFollowed = diagnosis
                .filter(found -> found.state().isConverged() && found.state() != State.CONVERGED_UPDATING)
                .isPresent();
        return hasFollowed || !now.isBefore(end)
                ? Optional.empty()
                : Optional.of(new Hold(FreezeText.follows(end, zone()), Optional.empty(), Optional.of(end)));
    }

    /** When the last window ended, if its freeze can have held a revision back until a moment ago. */
    Optional<Instant> endedAt() {
        Duration soon = desired.schedule().checks().timeout().multipliedBy(2);
        return desired.since()
                .filter(end -> desired.schedule().freezeRollouts()
                        && desired.window().isEmpty()
                        && !now.isAfter(end.plus(soon)));
    }

    private boolean isToBeLowered() {
        return live.filter(found -> found.bounds().min() > desired.goal().min())
                .map(found -> new Ownership(Goal.ofWindow(desired), found).verdict())
                .filter(Verdict.Write.class::isInstance)
                .isPresent();
    }
}
