package io.tidewatch.model.cluster;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Target;
import io.tidewatch.model.WorkloadKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What is read of a HorizontalPodAutoscaler; its status speaks of the Rollout's spec, not of pods.
 *
 * @param scaledObject the ScaledObject whose HPA it is: by KEDA's label, by the owner that controls it, or because the ScaledObject names it;
 *     absent for an HPA without KEDA
 * @param minReplicas spec.minReplicas, which the API server always writes; negative where it is not there or cannot be read
 * @param currentReplicas absent where no status is written, which is not 0
 * @param desiredReplicas absent where no status is written
 * @param scaleDownTolerance spec.behavior.scaleDown.tolerance, a share (Kubernetes 1.33 or later); absent where the cluster's default counts
 * @param usage the highest quotient of a metric's current value and its target; absent where one of them has no current value
 * @param scaleDownDisabled its behaviour forbids scaling down, as KEDA's paused-scale-in makes it
 */
public record HpaView(
        ObjectMeta meta,
        Optional<String> scaledObject,
        int minReplicas,
        int maxReplicas,
        WorkloadKind targetKind,
        String targetName,
        TargetApi targetApi,
        OptionalInt currentReplicas,
        OptionalInt desiredReplicas,
        Optional<Instant> lastScaleTime,
        boolean scaleDownDisabled,
        OptionalDouble scaleDownTolerance,
        OptionalDouble usage,
        Map<String, Condition> conditions)
        implements AutoscalerView {

    /** KEDA labels the HPAs that it makes with the name of the ScaledObject. */
    public static final String OF_SCALED_OBJECT = "scaledobject.keda.sh/name";

    public HpaView {
        conditions = Map.copyOf(conditions);
    }

    @Override
    public AutoscalerKind kind() {
        return AutoscalerKind.HPA;
    }

    @Override
    public OptionalInt minimum() {
        return isMinimumKnown() ? OptionalInt.of(minReplicas) : OptionalInt.empty();
    }

    @Override
    public OptionalInt maximum() {
        return OptionalInt.of(maxReplicas);
    }

    /** Whether spec.minReplicas is there and can be read. */
    public boolean isMinimumKnown() {
        return minReplicas >= 0;
    }

    /** These HPAs, with the ScaledObject of each that a ScaledObject names as its own. */
    public static List<HpaView> of(List<HpaView> hpas, List<ScaledObjectView> scaledObjects) {
        Map<Target, String> named = new HashMap<>();
        scaledObjects.forEach(one -> named.put(
                new Target(one.meta().namespace(), one.hpaName()), one.meta().name()));
        return hpas.stream()
                .map(hpa -> hpa.or(Optional.ofNullable(
                        named.get(new Target(hpa.meta().namespace(), hpa.meta().name())))))
                .toList();
    }

    private HpaView or(Optional<String> owner) {
        return scaledObject.isPresent() || owner.isEmpty()
                ? this
                : new HpaView(
                        meta,
                        owner,
                        minReplicas,
                        maxReplicas,
                        targetKind,
                        targetName,
                        targetApi,
                        currentReplicas,
                        desiredReplicas,
                        lastScaleTime,
                        scaleDownDisabled,
                        scaleDownTolerance,
                        usage,
                        conditions);
    }

    /** Whether the HPA wants exactly so many; false where it has written nothing. */
    public boolean wants(int replicas) {
        return desiredReplicas.isPresent() && desiredReplicas.getAsInt() == replicas;
    }

    /** Whether it has computed a number: an HPA writes 0 until it has, and never wants 0 while it can compute. */
    public boolean hasComputed() {
        Condition active = conditions.get("ScalingActive");
        return desiredReplicas.isPresent() && (desiredReplicas.getAsInt() != 0 || (active != null && active.isTrue()));
    }
}
