package io.tidewatch.model.cluster;

import io.tidewatch.model.Counters;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is read of a Rollout.
 *
 * @param replicas spec.replicas; absent counts as 1
 * @param minReadySeconds for how long a pod must be ready before it counts as available; its ReplicaSets take it over
 * @param images container images of the template, in order; empty with workloadRef
 */
public record RolloutView(
        ObjectMeta meta,
        OptionalInt replicas,
        Strategy strategy,
        boolean paused,
        boolean usesWorkloadRef,
        int progressDeadlineSeconds,
        int minReadySeconds,
        List<String> images,
        Status status)
        implements Workload {

    public static final String KIND = "Rollout";

    public RolloutView {
        images = List.copyOf(images);
    }

    @Override
    public String kind() {
        return KIND;
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
