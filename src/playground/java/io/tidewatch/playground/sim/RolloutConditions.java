package io.tidewatch.playground.sim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The conditions of a Rollout: argo-rollouts, {@code rollout/sync.go}, {@code calculateRolloutConditions}. */
final class RolloutConditions {
    private static final String UNAVAILABLE = "Rollout does not have minimum availability";

    private final RolloutState state;
    private final RolloutView rollout;
    private final RolloutStatus status;
    private final List<Write> announcements = new ArrayList<>();

    private RolloutConditions(RolloutState state, RolloutStatus status) {
        this.state = state;
        this.rollout = state.rollout();
        this.status = status;
    }

    /** Recomputes the conditions in {@code status}; returns the Events that go with them. */
    static List<Write> recompute(RolloutState state, RolloutStatus status) {
        RolloutConditions conditions = new RolloutConditions(state, status);
        conditions.recompute();
        return conditions.announcements;
    }

    private void recompute() {
        boolean healthy = isHealthy();
        boolean becameUnhealthy = recomputeHealthy(healthy && !rollout.isPaused());
        if (rollout.isAborted() && !state.isTemplateChanged()) {
            abort();
        } else {
            recomputeProgressing(healthy, becameUnhealthy);
        }
        boolean available = isAvailable();
        set("Available", available, "AvailableReason", available ? "Rollout has minimum availability" : UNAVAILABLE);
        copyReplicaFailure();
        boolean completed = status.isPromoted();
        if (set("Completed", completed, "RolloutCompleted", "RolloutCompleted") && !completed) {
            announcements.add(Write.Announce.normal(
                    Kind.ROLLOUT,
                    rollout.live(),
                    "RolloutNotCompleted",
                    "Rollout not completed, started update to revision %d (%s)"
                            .formatted(
                                    state.version().announcedRevision(rollout.revision()),
                                    status.text("currentPodHash"))));
        }
    }

    private void abort() {
        String message = "Rollout aborted update to revision " + rollout.revision();
        WorkloadCondition aborted =
                WorkloadCondition.now("Progressing", "False", "RolloutAborted", message, state.now());
        if (status.conditions().set(aborted)) {
            announcements.add(Write.Announce.warning(Kind.ROLLOUT, rollout.live(), "RolloutAborted", message));
        }
    }

    /** Copies the ReplicaFailure of a ReplicaSet to the Rollout. */
    private void copyReplicaFailure() {
        Optional<Map<String, Object>> failure = Stream.concat(state.fresh().stream(), state.replicaSets().stream())
                .flatMap(one -> one.live().maps("status", "conditions").stream())
                .filter(one -> "ReplicaFailure".equals(one.get("type")))
                .findFirst();
        if (failure.isPresent()) {
            status.conditions()
                    .set(WorkloadCondition.now(
                            "ReplicaFailure",
                            String.valueOf(failure.get().get("status")),
                            String.valueOf(failure.get().get("reason")),
                            String.valueOf(failure.get().get("message")),
                            state.now()));
        } else {
            status.conditions().remove("ReplicaFailure");
        }
    }

    private boolean recomputeHealthy(boolean healthy) {
        if (healthy) {
            set("Healthy", true, "RolloutHealthy", "Rollout is healthy");
            return false;
        }
        return status.conditions().get("Healthy").isPresent()
                && set("Healthy", false, "RolloutHealthy", "Rollout is not healthy");
    }

    private void recomputeProgressing(boolean healthy, boolean becameUnhealthy) {
        if (healthy) {
            String name = state.fresh().map(RsCopy::name).orElse("");
            set(
                    "Progressing",
                    true,
                    "NewReplicaSetAvailable",
                    "ReplicaSet \"" + name + "\" has successfully progressed.");
        } else if (isProgressing() || becameUnhealthy) {
            String reason = status.isPromoted() && becameUnhealthy ? "ReplicaSetNotAvailable" : "ReplicaSetUpdated";
            String message = reason.equals("ReplicaSetNotAvailable")
                    ? UNAVAILABLE
                    : state.fresh()
                            .map(fresh -> "ReplicaSet \"" + fresh.name() + "\" is progressing.")
                            .orElse("Rollout \"" + rollout.live().name() + "\" is progressing.");
            replaceProgressing(reason, message);
        } else if (!isAtPause() && !isWaitingForScaleDown() && isTimedOut()) {
            String message = state.fresh()
                    .map(fresh -> "ReplicaSet \"" + fresh.name() + "\" has timed out progressing.")
                    .orElse("Rollout \"" + rollout.live().name() + "\" has timed out progressing.");
            set("Progressing", false, "ProgressDeadlineExceeded", message);
        }
    }

    /** Any progress renews {@code lastUpdateTime}, the progress deadline's clock, even with the same reason. */
    private void replaceProgressing(String reason, String message) {
        WorkloadCondition fresh = WorkloadCondition.now("Progressing", true, reason, message, state.now());
        Optional<WorkloadCondition> current = status.conditions().get("Progressing");
        status.conditions().remove("Progressing");
        status.conditions()
                .set(current.filter(WorkloadCondition::isTrue)
                        .map(one -> fresh.since(one.transitioned()))
                        .orElse(fresh));
    }

    private boolean isHealthy() {
        int desired = rollout.replicas();
        String current = status.text("currentPodHash");
        boolean strategyDone = rollout.isBlueGreen()
                ? status.activeSelector().equals(current)
                        && (rollout.previewService().isEmpty()
                                || status.previewSelector().equals(current))
                : status.isPromoted()
                        && status.count("replicas") == desired
                        && status.count("currentStepIndex") >= rollout.steps().count();
        return status.count("updatedReplicas") == desired
                && status.count("availableReplicas") == desired
                && rollout.isGenerationObserved()
                && strategyDone;
    }

    private boolean isProgressing() {
        Live old = rollout.live();
        int oldUpdated = old.integer("status", "updatedReplicas");
        int oldOthers = old.integer("status", "replicas") - oldUpdated;
        int newOthers = status.count("replicas") - status.count("updatedReplicas");
        boolean strategyMoved = rollout.isBlueGreen()
                ? !status.activeSelector().equals(rollout.activeHash())
                        || !status.previewSelector().equals(rollout.previewHash())
                : !status.text("stableRS").equals(rollout.stableHash())
                        || status.count("currentStepIndex") != old.integer("status", "currentStepIndex")
                        || !status.text("currentStepHash").equals(old.text("status", "currentStepHash"));
        return status.count("updatedReplicas") != oldUpdated
                || newOthers < oldOthers
                || status.count("readyReplicas") > old.integer("status", "readyReplicas")
                || status.count("availableReplicas") > old.integer("status", "availableReplicas")
                || strategyMoved;
    }

    /** A pause, or an analysis, has no deadline. */
    private boolean isAtPause() {
        CanarySteps steps = rollout.steps();
        return !rollout.isBlueGreen() && steps.current().isPresent() && !steps.isSetWeight();
    }

    private boolean isWaitingForScaleDown() {
        return state.others().stream().anyMatch(one -> one.deadline().isPresent())
                || status.conditions()
                        .get("Paused")
                        .filter(WorkloadCondition::isTrue)
                        .isPresent();
    }

    private boolean isTimedOut() {
        return status.conditions()
                .get("Progressing")
                .filter(one -> !one.reason().equals("RolloutPaused"))
                .filter(one -> one.reason().equals("ProgressDeadlineExceeded")
                        || deadline(one).isBefore(state.now()))
                .isPresent();
    }

    private Instant deadline(WorkloadCondition progressing) {
        return progressing.updated().plusSeconds(rollout.progressDeadlineSeconds());
    }

    private boolean isAvailable() {
        if (!rollout.isBlueGreen()) {
            return state.total(RsCopy::available) >= rollout.replicas();
        }
        return state.byHash(status.activeSelector())
                .filter(active -> active.isSaturated(rollout.replicas()))
                .isPresent();
    }

    private boolean set(String type, boolean value, String reason, String message) {
        return status.conditions().set(WorkloadCondition.now(type, value, reason, message, state.now()));
    }
}
