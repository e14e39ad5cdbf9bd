package io.tidewatch.loop.apply;

import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Action.Version;
import io.tidewatch.model.plan.Outcome;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The version of each target's ScaledObject that our last write replaced. While the caches still show that
 * version, the API server would answer another write only with a conflict.
 */
final class SupersededVersions {

    private final ConcurrentMap<Target, Version> replaced = new ConcurrentHashMap<>();

    boolean isOld(Action action) {
        return version(action)
                .filter(on -> on.equals(replaced.get(action.target())))
                .isPresent();
    }

    /** Records a write. A write that changed nothing replaces no version, so another write may be sent upon the same version. */
    void record(Action action, Outcome outcome) {
        if (outcome instanceof Outcome.Done done) {
            version(action)
                    .filter(on -> !on.resourceVersion().equals(done.resourceVersion()))
                    .ifPresent(on -> replaced.put(action.target(), on));
        }
    }

    /** Forgets the targets that are gone. */
    void retain(Set<Target> known) {
        replaced.keySet().retainAll(known);
    }

    private static Optional<Version> version(Action action) {
        return action instanceof Action.SetMinReplicas set ? Optional.of(set.on()) : Optional.empty();
    }
}
