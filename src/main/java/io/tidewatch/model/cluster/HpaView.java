package io.tidewatch.model.cluster;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is read of a HorizontalPodAutoscaler; its status speaks of the Rollout's spec, not of pods.
 *
 * @param scaleDownDisabled its behaviour forbids scaling down, as KEDA's paused-scale-in makes it
 */
public record HpaView(
        ObjectMeta meta,
        int minReplicas,
        int maxReplicas,
        String targetKind,
        String targetName,
        int currentReplicas,
        int desiredReplicas,
        Optional<Instant> lastScaleTime,
        boolean scaleDownDisabled,
        Map<String, Condition> conditions) {

    public HpaView {
        conditions = Map.copyOf(conditions);
    }
}
