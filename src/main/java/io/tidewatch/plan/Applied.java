package io.tidewatch.plan;

import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Manifest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ScaledObjects and Rollouts that sources apply, gathered while a plan is made, and the targets without writes because of a failure: an
 * apply that lacks some of Tidewatch's fields would give these fields up.
 */
final class Applied {

    private final Map<Target, Manifest> manifests = new HashMap<>();
    private final Map<Target, DeclaredRollout> rollouts = new HashMap<>();
    private final Set<Target> unknown;

    /** @param unknown the targets that failed in a stage before this one */
    Applied(Set<Target> unknown) {
        this.unknown = new HashSet<>(unknown);
    }

    void putManifests(Map<Target, Manifest> more) {
        manifests.putAll(more);
    }

    void putRollouts(Map<Target, DeclaredRollout> more) {
        rollouts.putAll(more);
    }

    /** Excludes a target from writes, because which fields of its manifest are Tidewatch's is unknown. */
    void exclude(Target target) {
        unknown.add(target);
    }

    Optional<Manifest> of(Target target) {
        return Optional.ofNullable(manifests.get(target));
    }

    /** The Rollout of a target, where a source applies it and it exists. */
    Optional<DeclaredRollout> rolloutOf(Target target) {
        return Optional.ofNullable(rollouts.get(target));
    }

    /** The targets without writes until now. */
    Set<Target> unknown() {
        return Set.copyOf(unknown);
    }

    boolean isUnknown(Target target) {
        return unknown.contains(target);
    }
}
