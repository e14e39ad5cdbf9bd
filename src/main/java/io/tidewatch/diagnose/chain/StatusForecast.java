package io.tidewatch.diagnose.chain;

import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.RolloutView;
import java.time.Instant;
import java.util.Optional;

/**
 * The status that Argo Rollouts shows for a Rollout whose counters do not change: its phase now, and Degraded once
 * progressDeadlineSeconds have passed since the condition Progressing was updated. It compares with "less than", so too
 * many replicas read as Healthy until then, and nothing ends the timeout but another write.
 *
 * @param phase what status.phase says now
 * @param degradedFrom when it says Degraded, past or to come; absent where the deadline is not counted (a pause)
 */
public record StatusForecast(String phase, Optional<Instant> degradedFrom) {

    /** The forecast for a status that does not change any more. */
    public static StatusForecast of(RolloutView rollout) {
        Optional<Condition> progressing =
                Optional.ofNullable(rollout.status().conditions().get("Progressing"));
        Optional<Instant> degraded = progressing.flatMap(condition -> {
            if (isTimedOut(condition)) {
                return condition.lastUpdate();
            }
            boolean counts = condition.isTrue() && !condition.reason().equals("NewReplicaSetAvailable");
            return counts
                    ? condition.lastUpdate().map(at -> at.plusSeconds(rollout.progressDeadlineSeconds()))
                    : Optional.empty();
        });
        return new StatusForecast(rollout.status().phase(), degraded);
    }

    static boolean isTimedOut(Condition progressing) {
        return progressing.isFalse() && progressing.reason().equals("ProgressDeadlineExceeded");
    }
}
