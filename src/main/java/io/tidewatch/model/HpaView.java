package io.tidewatch.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What is read of a HorizontalPodAutoscaler; its status speaks of the Rollout's spec, not of pods. */
public record HpaView(
        ObjectMeta meta,
        int minReplicas,
        int maxReplicas,
        String targetKind,
        String targetName,
        int currentReplicas,
        int desiredReplicas,
        Optional<Instant> lastScaleTime,
        Map<String, Condition> conditions) {

    public HpaView {
        conditions = Map.copyOf(conditions);
    }
}
