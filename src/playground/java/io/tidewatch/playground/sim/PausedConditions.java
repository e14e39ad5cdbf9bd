package io.tidewatch.playground.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The conditions that say that a Rollout is paused, written before anything else: argo-rollouts,
 * {@code rollout/sync.go}, {@code checkPausedConditions}. An aborted Rollout keeps the one it had.
 */
final class PausedConditions {
    private PausedConditions() {}

    /** The write that brings them up to date; absent where they are. */
    static Optional<Decision> bringUpToDate(RolloutState state) {
        RolloutView rollout = state.rollout();
        RolloutStatus status = new RolloutStatus(rollout);
        Optional<WorkloadCondition> progressing = status.conditions().get("Progressing");
        boolean saysPaused =
                progressing.filter(one -> one.reason().equals("RolloutPaused")).isPresent();
        boolean saysAborted =
                progressing.filter(one -> one.reason().equals("RolloutAborted")).isPresent();
        boolean completed = state.version() != RolloutsVersion.V1_7_2
                && status.conditions()
                        .get("Completed")
                        .filter(WorkloadCondition::isTrue)
                        .isPresent();
        boolean paused = rollout.isPaused();
        List<WorkloadCondition> desired = new ArrayList<>();
        if (progressing.isPresent() && paused != saysPaused && !saysAborted && !completed) {
            desired.add(
                    paused
                            ? unknown(state, "RolloutPaused", "Rollout is paused")
                            : unknown(state, "RolloutResumed", "Rollout is resumed"));
        }
        if (saysAborted && !rollout.isAborted()) {
            desired.add(unknown(state, "RolloutRetry", "Retrying Rollout after abort"));
        }
        boolean pausedTrue = status.conditions()
                .get("Paused")
                .filter(WorkloadCondition::isTrue)
                .isPresent();
        if (paused != pausedTrue && !saysAborted) {
            desired.add(WorkloadCondition.now("Paused", paused, "RolloutPaused", "Rollout is paused", state.now()));
        }
        if (desired.isEmpty()) {
            return Optional.empty();
        }
        desired.forEach(status.conditions()::set);
        SyncTurn turn = new SyncTurn(state);
        turn.persist(status);
        return Optional.of(turn.done());
    }

    private static WorkloadCondition unknown(RolloutState state, String reason, String message) {
        return WorkloadCondition.now("Progressing", "Unknown", reason, message, state.now());
    }
}
