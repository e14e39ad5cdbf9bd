package io.tidewatch.cluster;

import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.cluster.EventView;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.LeaseView;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.ScaledObjectView;

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
