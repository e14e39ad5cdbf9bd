package io.tidewatch.plan;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import io.tidewatch.model.WorkloadKind;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.plan.LiveObject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What follows from the objects that one source declares, and from all autoscalers, before anything is decided.
 *
 * @param manifests in the order in which they are decided: what is scaled comes before what scales it
 * @param autoscalers the autoscalers that the source declares
 * @param workloadOf the workloads that the source declares, by the autoscaler that scales them
 * @param rollouts the Rollouts that the source declares and that exist, by the autoscaler that scales them
 */
record SourceIndex(
        Basis basis,
        Scalers scalers,
        List<Manifest> manifests,
        Map<Target, Manifest> autoscalers,
        Map<Target, ObjectKey> workloadOf,
        Map<Target, DeclaredRollout> rollouts) {

    /** What an index is made of. */
    record Basis(
            SourceDefinitions source,
            List<HpaView> hpas,
            List<ScaledObjectView> scaledObjects,
            List<Workload> workloads,
            SortedMap<Target, DesiredBounds> desired,
            Set<Target> scheduledHpas,
            Map<ObjectKey, LiveObject> declared) {

        static Basis of(SourceDefinitions source, ClusterState cluster, DesiredState desiredState) {
            return new Basis(
                    source,
                    cluster.hpas(),
                    cluster.scaledObjects(),
                    cluster.workloads(),
                    desiredState.desired(),
                    desiredState.hpas(),
                    cluster.declared());
        }
    }

    static SourceIndex of(Basis basis) {
        List<Manifest> manifests = basis.source().manifests();
        Scalers scalers = new Scalers(
                manifests,
                basis.hpas(),
                basis.scaledObjects(),
                basis.workloads(),
                basis.desired(),
                basis.scheduledHpas());
        Map<Target, Manifest> autoscalers = new LinkedHashMap<>();
        Map<Target, ObjectKey> workloadOf = new HashMap<>();
        Map<Target, DeclaredRollout> rollouts = new HashMap<>();
        for (Manifest manifest : manifests) {
            if (isAutoscaler(manifest)) {
                autoscalers.putIfAbsent(own(manifest), manifest);
            }
            if (isWorkload(manifest)) {
                scalers.of(manifest.key()).ifPresent(target -> workloadOf.putIfAbsent(target, manifest.key()));
            }
            if (manifest.key().kind().equals(RolloutView.KIND)) {
                scalers.of(manifest.key())
                        .ifPresent(target -> Optional.ofNullable(
                                        basis.declared().get(manifest.key()))
                                .ifPresent(
                                        live -> rollouts.put(target, new DeclaredRollout(manifest.content(), live))));
            }
        }
        List<Manifest> inOrder = manifests.stream()
                .sorted(Comparator.comparingInt(SourceIndex::rank))
                .toList();
        return new SourceIndex(basis, scalers, inOrder, autoscalers, workloadOf, rollouts);
    }

    /** Whether the same would be made of this. The objects of a source are the same as long as it is at the same commit. */
    @SuppressWarnings("ReferenceEquality") // comparing all files of a source costs more than the index
    boolean isOf(Basis other) {
        return basis.source() == other.source()
                && basis.hpas().equals(other.hpas())
                && basis.scaledObjects().equals(other.scaledObjects())
                && basis.workloads().equals(other.workloads())
                && basis.desired().equals(other.desired())
                && basis.scheduledHpas().equals(other.scheduledHpas())
                && basis.declared().equals(other.declared());
    }

    /** Autoscalers scale it, so it is written before them. */
    static boolean isWorkload(Manifest manifest) {
        return Workload.FOLLOWED.contains(WorkloadKind.of(manifest.key()));
    }

    static boolean isAutoscaler(Manifest manifest) {
        return AutoscalerKind.of(manifest.key().kind()).isPresent();
    }

    static Target own(Manifest manifest) {
        return new Target(manifest.key().namespace(), manifest.key().name());
    }

    private static int rank(Manifest manifest) {
        return isWorkload(manifest) ? 0 : 1;
    }
}
