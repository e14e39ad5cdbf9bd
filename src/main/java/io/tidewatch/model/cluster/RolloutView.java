package io.tidewatch.model.cluster;

import io.tidewatch.model.Counters;
import io.tidewatch.model.WorkloadKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is read of a Rollout.
 *
 * @param replicas spec.replicas; absent counts as 1 until the controller has written that 1 itself, which it does before its status
 * @param writtenDeadline spec.progressDeadlineSeconds; absent where it is not written
 * @param workloadRef the object that holds its pod template; absent where it holds the template itself
 * @param minReadySeconds for how long a pod must be ready before it counts as available; its ReplicaSets take it over
 * @param podLabels labels that its pods have: of the template; with workloadRef those by which it selects them
 * @param images container images of the template, in order; empty with workloadRef
 */
public record RolloutView(
        ObjectMeta meta,
        OptionalInt replicas,
        Strategy strategy,
        boolean paused,
        Optional<WorkloadRef> workloadRef,
        OptionalInt writtenDeadline,
        int minReadySeconds,
        List<String> images,
        Map<String, String> podLabels,
        Status status)
        implements Workload {

    public static final String KIND = "Rollout";

    /** What counts where {@code spec.progressDeadlineSeconds} is not written. */
    private static final int DEFAULT_PROGRESS_DEADLINE = 600;

    private static final String PROGRESSING = "Progressing";

    public RolloutView {
        images = List.copyOf(images);
        podLabels = Map.copyOf(podLabels);
    }

    @Override
    public WorkloadKind kind() {
        return WorkloadKind.ROLLOUT;
    }

    @Override
    public String apiVersion() {
        return "argoproj.io/v1alpha1";
    }

    @Override
    public int desiredReplicas() {
        return replicas.orElse(1);
    }

    @Override
    public boolean areReplicasKnown() {
        boolean isWrittenLater = claimed().isEmpty() || !isObserved();
        return replicas.orElse(isWrittenLater ? 1 : -1) >= 0;
    }

    @Override
    public Optional<Counters> claimed() {
        return status.isWritten() ? Optional.of(status.counters()) : Optional.empty();
    }

    @Override
    public Map<String, Condition> conditions() {
        return status.conditions();
    }

    @Override
    public boolean isObserved() {
        return Generations.isObserved(status.observedGeneration(), meta.generation());
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.rollout(this);
    }

    public boolean usesWorkloadRef() {
        return workloadRef.isPresent();
    }

    /** For how many seconds nothing may progress before the controller calls it a timeout. */
    public int progressDeadlineSeconds() {
        int written = writtenDeadline.orElse(DEFAULT_PROGRESS_DEADLINE);
        return written > 0 ? written : DEFAULT_PROGRESS_DEADLINE;
    }

    /** When a deadline of so many seconds passes if nothing progresses until then; absent while the controller counts none. */
    public Optional<Instant> timesOutAt(int deadlineSeconds) {
        boolean isPaused = status.controllerPause() || !status.pauseReasons().isEmpty();
        return Optional.ofNullable(status.conditions().get(PROGRESSING))
                .filter(progressing -> !isPaused
                        && progressing.isTrue()
                        && !progressing.reason().equals("NewReplicaSetAvailable"))
                .flatMap(Condition::lastUpdate)
                .map(at -> at.plusSeconds(deadlineSeconds));
    }

    /** Whether its progress deadline has passed. A longer deadline does not take that back. */
    public boolean isTimedOut() {
        return Optional.ofNullable(status.conditions().get(PROGRESSING))
                .filter(progressing ->
                        progressing.isFalse() && progressing.reason().equals("ProgressDeadlineExceeded"))
                .isPresent();
    }

    /**
     * Who else than Tidewatch owns the progress deadline, so that Tidewatch leaves it alone; absent where it is not written, or
     * written by Tidewatch alone. What the Rollouts controller writes back does not count beside Tidewatch's own.
     */
    public Optional<String> ownerOfDeadline() {
        List<String> owners = meta.writers().stream()
                .filter(writer -> writer.remedied().contains(FieldWriter.PROGRESS_DEADLINE))
                .map(FieldWriter::manager)
                .toList();
        boolean isOurs = owners.contains(FieldManagers.TIDEWATCH);
        return writtenDeadline.isEmpty()
                ? Optional.empty()
                : owners.stream()
                        .filter(manager -> !isOurs || FieldManagers.isRivalOfRollout(manager))
                        .findFirst()
                        .or(() -> isOurs ? Optional.empty() : Optional.of("an unknown field manager"));
    }

    /** With another progress deadline. */
    public RolloutView withDeadline(OptionalInt seconds) {
        return new RolloutView(
                meta, replicas, strategy, paused, workloadRef, seconds, minReadySeconds, images, podLabels, status);
    }

    /** How many pods of an update may be down at a time: a share is rounded down, and never more than there are. */
    public int maxUnavailable() {
        String written = strategy instanceof Strategy.Canary canary ? canary.maxUnavailable() : "0";
        return Shares.ofReplicas(written, desiredReplicas());
    }

    /** Whether all pods are of one revision: no update is in progress, aborted or waiting to be promoted. */
    public boolean isPromoted() {
        String stable = status.stableRS();
        boolean isActive = !(strategy instanceof Strategy.BlueGreen)
                || status.activeSelector().equals(stable);
        return !stable.isEmpty() && stable.equals(status.currentPodHash()) && isActive && !status.aborted();
    }

    /** A canary that the controller does not scale: paused in its spec, or by an inconclusive analysis. */
    public boolean isHeldCanary() {
        return strategy instanceof Strategy.Canary && (paused || status.isInconclusive());
    }

    /** Whether a new revision is on its way. An aborted update is not, nor is the first revision. */
    public boolean isUpdating() {
        return !status.stableRS().isEmpty()
                && !status.currentPodHash().isEmpty()
                && !status.stableRS().equals(status.currentPodHash())
                && !status.aborted();
    }

    /** The strategy is in the spec: both status.blueGreen and status.canary are always present. */
    public sealed interface Strategy {

        /**
         * @param maxUnavailable as written: a number or a percentage of spec.replicas
         * @param steps how many
         */
        record Canary(String maxUnavailable, boolean trafficRouted, boolean dynamicStableScale, int steps)
                implements Strategy {}

        record BlueGreen(boolean hasPreviewService, OptionalInt previewReplicaCount) implements Strategy {}
    }

    /**
     * @param observedGeneration as written: a number, or a legacy hash
     * @param restarting a restart was asked for and is not done
     * @param attempt the latest update; absent where the controller does not record it
     * @param restartAt from when on pods older than it are to go; may lie ahead
     */
    public record Status(
            String observedGeneration,
            String workloadObservedGeneration,
            String phase,
            String message,
            Counters counters,
            String currentPodHash,
            String stableRS,
            String activeSelector,
            String previewSelector,
            boolean aborted,
            boolean controllerPause,
            List<String> pauseReasons,
            OptionalInt currentStepIndex,
            boolean restarting,
            Optional<Instant> restartAt,
            Optional<UpdateAttempt> attempt,
            Map<String, Condition> conditions) {

        public Status {
            pauseReasons = List.copyOf(pauseReasons);
            conditions = Map.copyOf(conditions);
        }

        /** Whether an analysis without a result has paused it. */
        public boolean isInconclusive() {
            return pauseReasons.contains("InconclusiveAnalysisRun");
        }

        /** Whether a controller has ever written it. Counts that are 0 are left out of a status that is written. */
        public boolean isWritten() {
            return !(observedGeneration + phase + currentPodHash + stableRS).isEmpty()
                    || !conditions.isEmpty()
                    || !counters.equals(Counters.ZERO);
        }
    }
}
