package io.tidewatch.proof;

import static io.tidewatch.proof.Raw.at;
import static io.tidewatch.proof.Raw.count;
import static io.tidewatch.proof.Raw.isTrue;
import static io.tidewatch.proof.Raw.text;

import java.util.Map;

/**
 * What other tools answer for an object, by their own rules: {@code kubectl argo rollouts status} (argo-rollouts,
 * {@code GetRolloutPhase}), and Argo CD's health checks of a Rollout and of a ScaledObject. None looks at another object.
 */
public final class OtherTools {

    private OtherTools() {}

    /** Healthy, Progressing, Paused or Degraded. */
    public static String argoRolloutsStatus(Map<String, Object> rollout) {
        boolean unpausing = isTrue(rollout, "status", "controllerPause")
                && Raw.list(rollout, "status", "pauseConditions").isEmpty();
        return isObserved(rollout) && !unpausing && isWorkloadObserved(rollout)
                ? text(rollout, "status", "phase")
                : "Progressing";
    }

    /** Healthy, Progressing, Suspended or Degraded. */
    public static String argoCdHealth(Map<String, Object> rollout) {
        if (!isObserved(rollout) || !isWorkloadObserved(rollout)) {
            return "Progressing";
        }
        String phase = text(rollout, "status", "phase");
        return phase.equals("Paused") ? "Suspended" : phase;
    }

    /** Of a ScaledObject: its own conditions, whoever wrote them and whenever. */
    public static String argoCdHealthOfScaledObject(Map<String, Object> scaledObject) {
        if (Raw.says(scaledObject, "Ready", "False") || Raw.says(scaledObject, "Fallback", "True")) {
            return "Degraded";
        }
        if (!Raw.says(scaledObject, "Ready", "True")) {
            return "Progressing";
        }
        return Raw.says(scaledObject, "Paused", "True") ? "Suspended" : "Healthy";
    }

    /** What is no number, or beyond the generation, is an old controller's hash and counts as observed. */
    private static boolean isObserved(Map<String, Object> rollout) {
        double observed = Raw.countIn(text(rollout, "status", "observedGeneration"));
        return Double.isNaN(observed) || observed >= count(0, rollout, "metadata", "generation");
    }

    private static boolean isWorkloadObserved(Map<String, Object> rollout) {
        String asked = text(rollout, "metadata", "annotations", "rollout.argoproj.io/workload-generation");
        return at(rollout, "spec", "workloadRef") == null
                || asked.isEmpty()
                || asked.equals(text(rollout, "status", "workloadObservedGeneration"));
    }
}
