package io.tidewatch.loop.apply;

import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.plan.Urgency;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers earlier writes, so that no request is sent whose answer is known: an object that was created a moment ago is not
 * created again, no write is sent upon a version that a write of ours has replaced, and a rejected request waits for the end of
 * its pause. Not safe from several threads.
 */
final class WriteMemory {

    private final RecentCreations creations = new RecentCreations();
    private final SupersededVersions versions = new SupersededVersions();
    private final RejectionBackoff rejections = new RejectionBackoff();

    /** Forgets what no longer matters for the targets that exist and the actions that are planned. */
    void forget(Set<Target> targets, Collection<Action> planned, Instant now) {
        creations.forget(now);
        versions.retain(targets);
        rejections.forget(planned, now);
    }

    /** The outcome of an action that is known without a request; empty where a request is needed. */
    Optional<Outcome> outcome(Action action, Instant now) {
        if (creations.contains(action)) {
            return Optional.of(new Outcome.Outdated(action, now, "created a moment ago, not seen yet"));
        }
        if (versions.isOld(action)) {
            return Optional.of(new Outcome.Outdated(action, now, "written a moment ago, not seen yet"));
        }
        return rejections.answer(action, now);
    }

    void record(WriteInFlight write, Outcome outcome) {
        Action action = write.action();
        rejections.record(action, outcome, isDue(write));
        versions.record(action, outcome);
        creations.record(action, outcome);
    }

    /** When the first of these actions may be sent again, where one of them was rejected. */
    Optional<Instant> next(Collection<Action> actions) {
        return rejections.next(actions);
    }

    /** Whether a minimum waits for the write. An object that does not exist yet has no minimum that could be due. */
    private static boolean isDue(WriteInFlight write) {
        return write.action() instanceof Action.SetMinReplicas
                || (write.lane().line().urgency() == Urgency.RAISE
                        && RecentCreations.createdBy(write.action()).isEmpty());
    }
}
