package io.tidewatch.model.cluster;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.WorkloadKind;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is read of a ScaledObject.
 *
 * @param targetApi by status.scaleTargetGVKR, else by spec.scaleTargetRef
 * @param hpaName status.hpaName, else the name asked for in its spec, else KEDA's default
 * @param fallback what KEDA answers for triggers that fail; absent where the spec asks for none
 * @param targetKind of spec.scaleTargetRef
 */
public record ScaledObjectView(
        ObjectMeta meta,
        OptionalInt minReplicaCount,
        OptionalInt maxReplicaCount,
        OptionalInt idleReplicaCount,
        WorkloadKind targetKind,
        String targetName,
        TargetApi targetApi,
        String hpaName,
        Optional<Fallback> fallback,
        Map<String, Condition> conditions)
        implements AutoscalerView {

    public ScaledObjectView {
        conditions = Map.copyOf(conditions);
    }

    /**
     * The fallback of a ScaledObject, with the triggers that fail now.
     *
     * @param replicas spec.fallback.replicas
     * @param failing how often each metric in status.health has failed one time after the other
     */
    public record Fallback(int replicas, Map<String, Integer> failing) {

        public Fallback {
            failing = Map.copyOf(failing);
        }
    }

    /**
     * Ready=False that speaks of the ScaledObject or its triggers. KEDA 2.20.0 and 2.20.1 also report in Ready that the HPA gets no
     * metrics (keda#7669), which is left out here.
     */
    public Optional<Condition> notReady() {
        return Optional.ofNullable(conditions.get("Ready"))
                .filter(Condition::isFalse)
                .filter(ready -> !isAboutHpa(ready));
    }

    /** Whether a condition Ready speaks of the HPA's metrics. */
    public static boolean isAboutHpa(Condition ready) {
        return ready.reason().startsWith("HPA") || ready.reason().equals("ScalingDegraded");
    }

    @Override
    public AutoscalerKind kind() {
        return AutoscalerKind.SCALED_OBJECT;
    }

    @Override
    public OptionalInt minimum() {
        return minReplicaCount;
    }

    @Override
    public OptionalInt maximum() {
        return maxReplicaCount;
    }
}
