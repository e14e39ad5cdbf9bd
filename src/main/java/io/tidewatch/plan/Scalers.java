package io.tidewatch.plan;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.Manifest;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Knows which ScaledObject or HPA scales which Rollout: as declared in the source, else as observed in the cluster. */
final class Scalers {

    private static final String ROLLOUT = "Rollout";

    private final Map<Target, Target> scaledObjectOf = new HashMap<>();
    private final Map<Target, Integer> minimums = new HashMap<>();
    private final Map<Target, Integer> hpaMinimums = new HashMap<>();

    /** @param declared ScaledObjects of the source that declares the Rollouts */
    Scalers(Collection<Manifest> declared, ClusterState cluster, DesiredState desiredState) {
        cluster.hpas().forEach(this::live);
        cluster.scaledObjects().forEach(this::live);
        declared.forEach(this::declared);
        desiredState.desired().values().forEach(this::desired);
    }

    /** The ScaledObject that scales a Rollout. */
    Optional<Target> of(Target rollout) {
        return Optional.ofNullable(scaledObjectOf.get(rollout));
    }

    /** The pods that the autoscaler will ask for at least; absent: nothing scales the Rollout. */
    Optional<Integer> minimumOf(Target rollout) {
        return of(rollout)
                .map(scaledObject -> minimums.getOrDefault(scaledObject, Bounds.DEFAULT_MIN))
                .or(() -> Optional.ofNullable(hpaMinimums.get(rollout)));
    }

    private void live(HpaView hpa) {
        if (hpa.targetKind().equals(ROLLOUT)) {
            hpaMinimums.put(new Target(hpa.meta().namespace(), hpa.targetName()), hpa.minReplicas());
        }
    }

    private void live(ScaledObjectView view) {
        Target own = new Target(view.meta().namespace(), view.meta().name());
        if (view.targetKind().equals(ROLLOUT)) {
            scaledObjectOf.put(new Target(own.namespace(), view.targetName()), own);
        }
        minimums.put(own, view.bounds().min());
    }

    private void declared(Manifest scaledObject) {
        Target own =
                new Target(scaledObject.key().namespace(), scaledObject.key().name());
        if (scaledObject.content().get("spec") instanceof Map<?, ?> spec) {
            if (spec.get("scaleTargetRef") instanceof Map<?, ?> ref && ROLLOUT.equals(ref.get("kind"))) {
                scaledObjectOf.put(new Target(own.namespace(), String.valueOf(ref.get("name"))), own);
            }
            minimums.put(own, spec.get("minReplicaCount") instanceof Number min ? min.intValue() : Bounds.DEFAULT_MIN);
        }
    }

    private void desired(DesiredBounds desired) {
        minimums.put(desired.target(), desired.bounds().min());
    }
}
