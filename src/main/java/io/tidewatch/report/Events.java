package io.tidewatch.report;

import io.tidewatch.model.Severity;
import io.tidewatch.model.cluster.KubernetesEvent;
import io.tidewatch.model.cluster.ObjectMeta;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.cluster.Workload;
import java.time.Instant;
import java.util.Optional;

/** Builds the Events of one target; reasons are past tense, as in Kubernetes itself. */
record Events(TargetObservation seen) {

    Optional<KubernetesEvent> onAutoscaler(Severity severity, String reason, String message, Instant at) {
        return seen.autoscaler().map(live -> event(live.kind().kind(), live.meta(), severity, reason, message, at));
    }

    /** On the workload whose pods can be found. */
    Optional<KubernetesEvent> onWorkload(Severity severity, String reason, String message, Instant at) {
        return seen.workload()
                .filter(Workload::isFollowed)
                .map(workload -> event(workload.kind().name(), workload.meta(), severity, reason, message, at));
    }

    /** What remedies do, which know Rollouts alone. */
    Optional<KubernetesEvent> onRollout(Severity severity, String reason, String message, Instant at) {
        return seen.rollout().map(RolloutView::meta).map(meta -> event("Rollout", meta, severity, reason, message, at));
    }

    /** On the autoscaler, or on the workload where there is none. */
    Optional<KubernetesEvent> onTarget(Severity severity, String reason, String message, Instant at) {
        return onAutoscaler(severity, reason, message, at).or(() -> onWorkload(severity, reason, message, at));
    }

    private KubernetesEvent event(
            String about, ObjectMeta meta, Severity severity, String reason, String message, Instant at) {
        return new KubernetesEvent(
                seen.target(),
                about,
                meta.name(),
                meta.uid(),
                severity,
                reason,
                message,
                at,
                meta.uid() + "/" + reason + "@" + at);
    }
}
