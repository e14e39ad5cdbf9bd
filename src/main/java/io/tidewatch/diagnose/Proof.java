package io.tidewatch.diagnose;

import io.tidewatch.model.Condition;
import io.tidewatch.model.Evidence;
import io.tidewatch.model.HpaView;
import io.tidewatch.model.PodView;
import io.tidewatch.model.ReplicaSetView;
import io.tidewatch.model.RolloutView;
import io.tidewatch.model.ScaledObjectView;
import java.util.Optional;

/** Writes down a field of a live object as evidence: who, which field, what it says. */
final class Proof {

    private Proof() {}

    static String name(PodView pod) {
        return "Pod " + pod.meta().name();
    }

    static String name(ReplicaSetView set) {
        return "ReplicaSet " + set.meta().name();
    }

    static Evidence scaledObject(ScaledObjectView scaledObject, String field, Object value) {
        return new Evidence("ScaledObject " + scaledObject.meta().name(), field, String.valueOf(value));
    }

    static Evidence hpa(HpaView hpa, String field, Object value) {
        return new Evidence("HPA " + hpa.meta().name(), field, String.valueOf(value));
    }

    static Evidence rollout(RolloutView rollout, String field, Object value) {
        return new Evidence("Rollout " + rollout.meta().name(), field, String.valueOf(value));
    }

    static Evidence set(ReplicaSetView set, String field, Object value) {
        return new Evidence(name(set), field, String.valueOf(value));
    }

    static Evidence condition(PodView pod, Condition condition) {
        return new Evidence(name(pod), "status.conditions[" + condition.type() + "]", said(condition));
    }

    static String said(Condition condition) {
        String reason = condition.reason().isEmpty() ? "" : "/" + condition.reason();
        String message = condition.message().isEmpty() ? "" : ": " + condition.message();
        return condition.status() + reason + message;
    }

    static Evidence ready(PodView pod) {
        return Optional.ofNullable(pod.conditions().get("Ready"))
                .map(condition -> condition(pod, condition))
                .orElseGet(() -> new Evidence(name(pod), "status.phase", pod.phase()));
    }

    static Evidence restarts(PodView pod) {
        boolean sidecar = lastEnded(pod).filter(PodView.Container::init).isPresent();
        return new Evidence(
                name(pod), sidecar ? "status.initContainerStatuses" : "status.containerStatuses", lastEnd(pod));
    }

    /** Of the container that died last. */
    static String lastEnd(PodView pod) {
        return lastEnded(pod)
                .map(container -> "container " + container.name() + ", exit code " + container.exitCode() + ", "
                        + container.restarts() + " restarts")
                .orElse("container not ready");
    }

    /** It has not been started again yet. */
    static boolean isFirstEnd(PodView pod) {
        return lastEnded(pod).filter(container -> container.restarts() == 0).isPresent();
    }

    private static Optional<PodView.Container> lastEnded(PodView pod) {
        return pod.containers().stream()
                .filter(container -> !container.ready() && (!container.init() || PodTrouble.isInitialized(pod)))
                .filter(container -> !container.terminatedReason().isEmpty() || container.restarts() > 0)
                .findFirst();
    }
}
