package io.tidewatch.cluster.watch;

import io.tidewatch.cluster.Kinds;
import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.ScaledObjectView;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All kinds that are watched.
 *
 * @param replicaSets with the label that Argo Rollouts sets on them, as pods
 * @param workloads Deployments and StatefulSets with what they own
 * @param scaleTargets objects of other kinds that targets scale
 * @param controllers the Deployments of KEDA and Argo Rollouts
 */
record WatchedKinds(
        KindWatch<FullObject<ScaledObjectView>> scaledObjects,
        KindWatch<FullObject<RolloutView>> rollouts,
        KindWatch<FullObject<HpaView>> hpas,
        KindWatch<ReplicaSetView> replicaSets,
        KindWatch<PodView> pods,
        KindWatch<ControllerView> controllers,
        WorkloadWatches workloads,
        ScaleTargetWatches scaleTargets,
        LaggingWatches lagging,
        RaiseWatches raises,
        RestartWatches restarts) {

    private static final Selection OF_ROLLOUTS = Selection.labelled("rollouts-pod-template-hash");

    /** @param whole the kinds that a source lists, whose objects are kept with all fields */
    static WatchedKinds of(Readers readers, WatchContext context, Set<Kinds> whole) {
        return new WatchedKinds(
                new KindWatch<>(
                        Kinds.SCALED_OBJECT, Selection.ALL, FullObject.reader(readers.scaledObjects()), context),
                new KindWatch<>(Kinds.ROLLOUT, Selection.ALL, FullObject.reader(readers.rollouts()), context),
                new KindWatch<>(
                        Kinds.HPA,
                        Selection.ALL,
                        FullObject.reader(readers.hpas(), whole.contains(Kinds.HPA)),
                        context),
                new KindWatch<>(Kinds.REPLICA_SET, OF_ROLLOUTS, readers.replicaSets(), context),
                new KindWatch<>(Kinds.POD, OF_ROLLOUTS, readers.pods(), context),
                new KindWatch<>(Kinds.DEPLOYMENT, Selection.ALL, readers.controllers(), context),
                new WorkloadWatches(readers, context, whole),
                new ScaleTargetWatches(readers, context),
                new LaggingWatches(readers, context),
                new RaiseWatches(readers, context),
                new RestartWatches(readers, context));
    }

    /** The kinds of a target's chain that are watched wherever targets are. */
    Stream<KindWatch<?>> chain() {
        return Stream.of(scaledObjects, rollouts, hpas, replicaSets, pods);
    }

    /** The kinds of all chains, those of Deployments and StatefulSets included. */
    Stream<KindWatch<?>> chains() {
        return Stream.of(chain(), workloads.kinds(), scaleTargets.kinds()).flatMap(kinds -> kinds);
    }

    Stream<KindWatch<?>> all() {
        return Stream.of(
                        chains(),
                        Stream.<KindWatch<?>>of(controllers),
                        lagging.kinds(),
                        raises.kinds(),
                        restarts.kinds())
                .flatMap(kinds -> kinds);
    }
}
