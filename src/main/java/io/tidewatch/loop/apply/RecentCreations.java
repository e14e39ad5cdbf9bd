package io.tidewatch.loop.apply;

import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The objects that were created a moment ago, which the caches may not show yet. Not safe from several threads. */
final class RecentCreations {

    /** After this time, caches that do not show a new object mean that the object was deleted again. */
    private static final Duration SHOWN_AFTER = Duration.ofSeconds(30);

    private final Map<ObjectKey, Instant> created = new HashMap<>();

    /** The object that an action creates; empty where the action changes an object. */
    static Optional<ObjectKey> createdBy(Action action) {
        return action instanceof Action.ApplyManifest apply && apply.on().isEmpty()
                ? Optional.of(apply.key())
                : Optional.empty();
    }

    boolean contains(Action action) {
        return createdBy(action).filter(created::containsKey).isPresent();
    }

    void record(Action action, Outcome outcome) {
        if (outcome instanceof Outcome.Done) {
            createdBy(action).ifPresent(key -> created.put(key, outcome.at()));
        }
    }

    /** Forgets what is not recent. An instant that is still to come is from before the clock was set back. */
    void forget(Instant now) {
        created.values().removeIf(at -> !now.isBefore(at.plus(SHOWN_AFTER)) || now.isBefore(at));
    }
}
