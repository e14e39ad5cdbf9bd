package io.tidewatch.observe;

import io.tidewatch.model.ControllerView;
import io.tidewatch.model.EventView;
import io.tidewatch.model.HpaView;
import io.tidewatch.model.PodView;
import io.tidewatch.model.ReplicaSetView;
import io.tidewatch.model.RolloutView;
import io.tidewatch.model.ScaledObjectView;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Everything that was seen, kind by kind, in no order.
 *
 * @param missing kinds that could not be seen; a kind in here makes no statement about absence
 */
public record LiveObjects(
        Collection<ScaledObjectView> scaledObjects,
        Collection<HpaView> hpas,
        Collection<RolloutView> rollouts,
        Collection<ReplicaSetView> replicaSets,
        Collection<PodView> pods,
        Collection<EventView> events,
        Collection<ControllerView> controllers,
        Set<String> missing) {

    public LiveObjects {
        scaledObjects = List.copyOf(scaledObjects);
        hpas = List.copyOf(hpas);
        rollouts = List.copyOf(rollouts);
        replicaSets = List.copyOf(replicaSets);
        pods = List.copyOf(pods);
        events = List.copyOf(events);
        controllers = List.copyOf(controllers);
        missing = Set.copyOf(missing);
    }
}
