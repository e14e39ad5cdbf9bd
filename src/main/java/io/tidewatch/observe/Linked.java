package io.tidewatch.observe;

import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import java.util.Set;

/**
 * An observation, with what it was made of.
 *
 * @param desired the targets that were observed
 * @param hpas those of them that are HPAs
 */
public record Linked(ClusterState seen, Set<Target> desired, Set<Target> hpas, Observation observation) {

    public static final Linked NONE = new Linked(ClusterState.NONE, Set.of(), Set.of(), Observation.NONE);

    /** Whether the same chains would be made of this. A target that failed is tried again. */
    boolean isOf(ClusterState other, Set<Target> targets, Set<Target> ofHpas) {
        return observation.faults().isEmpty()
                && seen.replicaSets().equals(other.replicaSets())
                && seen.pods().equals(other.pods())
                && seen.workloads().equals(other.workloads())
                && seen.hpas().equals(other.hpas())
                && seen.scaledObjects().equals(other.scaledObjects())
                && seen.events().equals(other.events())
                && seen.eventsSeenIn().equals(other.eventsSeenIn())
                && seen.controllers().equals(other.controllers())
                && seen.missing().equals(other.missing())
                && seen.missingIn().equals(other.missingIn())
                && seen.unseenOf().equals(other.unseenOf())
                && desired.equals(targets)
                && hpas.equals(ofHpas);
    }
}
