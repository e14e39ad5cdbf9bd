package io.tidewatch.plan;

import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Plan.Hold;
import java.time.Instant;
import java.util.Optional;

/**
 * What one decision came to; deciding to do nothing is one too.
 *
 * @param again when to decide again, whatever happens
 */
record Decision(Optional<Action> action, Optional<Hold> hold, Optional<Instant> again) {

    static final Decision NOTHING = new Decision(Optional.empty(), Optional.empty(), Optional.empty());

    static Decision act(Action action) {
        return NOTHING.and(action);
    }

    static Decision hold(Hold hold) {
        return new Decision(Optional.empty(), Optional.of(hold), Optional.empty());
    }

    Decision and(Action also) {
        return new Decision(Optional.of(also), hold, again);
    }

    Decision lookAgainAt(Instant when) {
        return new Decision(action, hold, Optional.of(when));
    }
}
