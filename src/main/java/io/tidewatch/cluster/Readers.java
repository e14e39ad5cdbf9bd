package io.tidewatch.cluster;

import io.tidewatch.model.ControllerView;
import io.tidewatch.model.EventView;
import io.tidewatch.model.HpaView;
import io.tidewatch.model.LeaseView;
import io.tidewatch.model.PodView;
import io.tidewatch.model.ReplicaSetView;
import io.tidewatch.model.RolloutView;
import io.tidewatch.model.ScaledObjectView;

/** How objects are read; given from outside, for the caches understand none of them. */
public record Readers(
        Reader<ScaledObjectView> scaledObjects,
        Reader<HpaView> hpas,
        Reader<RolloutView> rollouts,
        Reader<ReplicaSetView> replicaSets,
        Reader<PodView> pods,
        Reader<EventView> events,
        Reader<ControllerView> controllers,
        Reader<LeaseView> leases) {}
