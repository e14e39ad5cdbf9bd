package io.tidewatch.plan;

import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Plan.Skipped;
import java.time.Instant;
import java.util.Optional;

/**
 * The result of a decision, which may be to do nothing.
 *
 * @param skipped a write that is not done
 * @param checkAgainAt when the next pass is due at the latest, whatever happens
 */
record Decision(Optional<Action> action, Optional<Skipped> skipped, Optional<Instant> checkAgainAt) {

    static final Decision NOTHING = new Decision(Optional.empty(), Optional.empty(), Optional.empty());

    static Decision act(Action action) {
        return NOTHING.and(action);
    }

    static Decision skip(Skipped skipped) {
        return new Decision(Optional.empty(), Optional.of(skipped), Optional.empty());
    }

    Decision and(Action also) {
        return new Decision(Optional.of(also), skipped, checkAgainAt);
    }

    /** Without a write to the Rollout: it is written otherwise in this pass, so that this one would be outdated. */
    Decision withoutRollout() {
        return new Decision(
                action.filter(one ->
                        !(one instanceof Action.PatchRollout patch && patch.change() != Action.Change.FORGOTTEN)),
                skipped,
                checkAgainAt);
    }

    /** With what another decision has where this one has nothing. */
    Decision or(Decision other) {
        Decision both = new Decision(action.or(other::action), skipped.or(other::skipped), checkAgainAt);
        return other.checkAgainAt().map(both::checkAgainAt).orElse(both);
    }

    /** The earlier of two such instants counts. */
    Decision checkAgainAt(Instant when) {
        return new Decision(action, skipped, checkAgainAt.filter(when::isAfter).or(() -> Optional.of(when)));
    }
}
