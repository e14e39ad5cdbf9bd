package io.tidewatch.plan;

import io.tidewatch.model.Action;
import io.tidewatch.model.Plan.Hold;
import java.time.Instant;
import java.util.Optional;

/**
 * What one decision came to; deciding to do nothing is one too.
 *
 * @param again when to decide again, whatever happens
 */
record Decided(Optional<Action> action, Optional<Hold> hold, Optional<Instant> again) {

    static final Decided NOTHING = new Decided(Optional.empty(), Optional.empty(), Optional.empty());

    static Decided act(Action action) {
        return NOTHING.and(action);
    }

    static Decided hold(Hold hold) {
        return new Decided(Optional.empty(), Optional.of(hold), Optional.empty());
    }

    Decided and(Action also) {
        return new Decided(Optional.of(also), hold, again);
    }

    Decided lookAgainAt(Instant when) {
        return new Decided(action, hold, Optional.of(when));
    }
}
