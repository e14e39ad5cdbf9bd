package io.tidewatch.observe;

import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.TargetObservation;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An observation, with what it was made of.
 *
 * @param parts what was seen, by namespace
 * @param desired the targets that were observed
 * @param hpas those of them that are HPAs
 */
public record Linked(
        ClusterState seen,
        Map<String, ClusterState> parts,
        Set<Target> desired,
        Set<Target> hpas,
        Observation observation) {

    public static final Linked NONE = new Linked(ClusterState.NONE, Map.of(), Set.of(), Set.of(), Observation.NONE);

    /** Whether the same chains would be made of this. A target that failed is tried again. */
    boolean isOf(ClusterState other, Set<Target> targets, Set<Target> ofHpas) {
        return observation.faults().isEmpty()
                && isSameChains(seen, other)
                && seen.eventsSeenIn().equals(other.eventsSeenIn())
                && seen.controllers().equals(other.controllers())
                && seen.missing().equals(other.missing())
                && seen.missingIn().equals(other.missingIn())
                && seen.unseenOf().equals(other.unseenOf())
                && desired.equals(targets)
                && hpas.equals(ofHpas);
    }

    /** Whether the same chains would be made of a namespace, where {@code other} is a part of what is seen now. */
    boolean isSameIn(String namespace, ClusterState other) {
        ClusterState part = parts.get(namespace);
        return part != null
                && isSameChains(part, other)
                && seen.seesEventsOf(namespace) == other.seesEventsOf(namespace)
                && seen.missing(namespace).equals(other.missing(namespace))
                && seen.unseenOf().equals(other.unseenOf());
    }

    /** The chain of a target whose namespace is the same; a target that failed is tried again. */
    Optional<TargetObservation> chain(Target target, boolean isHpa) {
        return hpas.contains(target) == isHpa && observation.faults().of(target).isEmpty()
                ? Optional.ofNullable(observation.targets().get(target))
                : Optional.empty();
    }

    private static boolean isSameChains(ClusterState one, ClusterState other) {
        return one.replicaSets().equals(other.replicaSets())
                && one.pods().equals(other.pods())
                && one.workloads().equals(other.workloads())
                && one.hpas().equals(other.hpas())
                && one.scaledObjects().equals(other.scaledObjects())
                && one.events().equals(other.events());
    }
}
