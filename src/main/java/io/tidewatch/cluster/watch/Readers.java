package io.tidewatch.cluster.watch;

import io.tidewatch.cluster.Reader;
import io.tidewatch.model.cluster.BudgetView;
import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.cluster.DeploymentView;
import io.tidewatch.model.cluster.EventView;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.LeaseView;
import io.tidewatch.model.cluster.LimitRangeView;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.ResourceQuotaView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.ScaleTargetView;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.StatefulSetView;

/** How the objects of each kind are read. The caches do not know their fields. */
public record Readers(
        Reader<ScaledObjectView> scaledObjects,
        Reader<HpaView> hpas,
        Reader<RolloutView> rollouts,
        Reader<DeploymentView> deployments,
        Reader<StatefulSetView> statefulSets,
        Reader<ScaleTargetView> scaleTargets,
        Reader<ReplicaSetView> replicaSets,
        Reader<PodView> pods,
        Reader<EventView> events,
        Reader<ControllerView> controllers,
        Reader<LeaseView> leases,
        Reader<ResourceQuotaView> quotas,
        Reader<LimitRangeView> limitRanges,
        Reader<BudgetView> budgets) {}
