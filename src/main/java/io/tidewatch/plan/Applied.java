package io.tidewatch.plan;

import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Manifest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ScaledObjects that sources apply, as far as they are ours to write, gathered while a plan is made; and the targets
 * that nothing is written to because something about them failed: a write that does not carry all that we mean to own
 * would give the rest up.
 */
final class Applied {

    private final Map<Target, Manifest> manifests = new HashMap<>();
    private final Set<Target> unknown;

    /** @param unknown the targets that failed in a stage before this one */
    Applied(Set<Target> unknown) {
        this.unknown = new HashSet<>(unknown);
    }

    void put(Target target, Manifest manifest) {
        manifests.put(target, manifest);
    }

    /** What is ours of its manifest cannot be told. */
    void exclude(Target target) {
        unknown.add(target);
    }

    Optional<Manifest> of(Target target) {
        return Optional.ofNullable(manifests.get(target));
    }

    boolean isUnknown(Target target) {
        return unknown.contains(target);
    }
}
