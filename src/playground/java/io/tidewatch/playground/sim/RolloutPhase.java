package io.tidewatch.playground.sim;

import java.util.Map;

/** The phase and its message: argo-rollouts, {@code utils/rollout}, {@code CalculateRolloutPhase}. */
record RolloutPhase(String phase, String message) {

    static RolloutPhase of(RolloutView rollout, RolloutStatus status) {
        for (WorkloadCondition one : status.conditions().all()) {
            if (one.type().equals("InvalidSpec")) {
                return new RolloutPhase("Degraded", "InvalidSpec: " + one.message());
            }
            if (one.reason().equals("RolloutAborted") || one.reason().equals("ProgressDeadlineExceeded")) {
                return new RolloutPhase("Degraded", one.reason() + ": " + one.message());
            }
        }
        if (rollout.isPausedByUser()) {
            return new RolloutPhase("Paused", "manually paused");
        }
        for (Map<String, Object> pause : status.pauseConditions()) {
            return new RolloutPhase("Paused", String.valueOf(pause.get("reason")));
        }
        if (rollout.restartAt().isPresent()) {
            return progressing("rollout is restarting");
        }
        if (status.count("updatedReplicas") < rollout.replicas()) {
            return progressing("more replicas need to be updated");
        }
        if (status.count("availableReplicas") < status.count("updatedReplicas")) {
            return progressing("updated replicas are still becoming available");
        }
        return rollout.isBlueGreen() ? blueGreen(status) : canary(rollout, status);
    }

    private static RolloutPhase blueGreen(RolloutStatus status) {
        if (status.activeSelector().isEmpty() || !status.activeSelector().equals(status.text("currentPodHash"))) {
            return progressing("active service cutover pending");
        }
        return status.isPromoted() ? healthy() : progressing("waiting for post-promotion verification to complete");
    }

    private static RolloutPhase canary(RolloutView rollout, RolloutStatus status) {
        if (!rollout.isTrafficRouted() && status.count("replicas") > status.count("updatedReplicas")) {
            return progressing("old replicas are pending termination");
        }
        return status.isPromoted() ? healthy() : progressing("waiting for all steps to complete");
    }

    private static RolloutPhase progressing(String message) {
        return new RolloutPhase("Progressing", message);
    }

    private static RolloutPhase healthy() {
        return new RolloutPhase("Healthy", "");
    }
}
