package io.tidewatch.diagnose.chain;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.cluster.ReplicaSetView;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.diagnosis.Evidence;
import java.util.Optional;

/** Records a field of a live object as evidence: object, field, value. */
public final class Proof {

    private Proof() {}

    public static String name(PodView pod) {
        return "Pod " + pod.meta().name();
    }

    public static String name(ReplicaSetView set) {
        return "ReplicaSet " + set.meta().name();
    }

    public static Evidence scaledObject(ScaledObjectView scaledObject, String field, Object value) {
        return new Evidence("ScaledObject " + scaledObject.meta().name(), field, String.valueOf(value));
    }

    public static Evidence hpa(HpaView hpa, String field, Object value) {
        return new Evidence("HPA " + hpa.meta().name(), field, String.valueOf(value));
    }

    /** Of the object whose minimum is set. */
    public static Evidence autoscaler(AutoscalerView autoscaler, String field, Object value) {
        return new Evidence(nameOf(autoscaler.kind()) + " " + autoscaler.meta().name(), field, String.valueOf(value));
    }

    /** As evidence and sentences name the kind. */
    public static String nameOf(AutoscalerKind kind) {
        return kind == AutoscalerKind.HPA ? "HPA" : kind.kind();
    }

    public static Evidence workload(Workload workload, String field, Object value) {
        return new Evidence(workload.kind() + " " + workload.meta().name(), field, String.valueOf(value));
    }

    public static Evidence set(ReplicaSetView set, String field, Object value) {
        return new Evidence(name(set), field, String.valueOf(value));
    }

    public static Evidence condition(PodView pod, Condition condition) {
        return new Evidence(name(pod), "status.conditions[" + condition.type() + "]", text(condition));
    }

    public static String text(Condition condition) {
        String reason = condition.reason().isEmpty() ? "" : "/" + condition.reason();
        String message = condition.message().isEmpty() ? "" : ": " + condition.message();
        return condition.status() + reason + message;
    }

    public static Evidence ready(PodView pod) {
        return Optional.ofNullable(pod.conditions().get("Ready"))
                .map(condition -> condition(pod, condition))
                .orElseGet(() -> new Evidence(name(pod), "status.phase", pod.phase()));
    }

    public static Evidence restarts(PodView pod) {
        boolean sidecar = lastEnded(pod).filter(PodView.Container::init).isPresent();
        return new Evidence(name(pod), statuses(sidecar), lastEnd(pod));
    }

    /** That a container waits, with the reason and the message that the kubelet gives. */
    public static Evidence waiting(PodView pod, PodView.Container container) {
        return new Evidence(
                name(pod),
                field(container) + ".state.waiting",
                container.waitingReason() + ": " + ControllerMessages.brief(container.waitingMessage()));
    }

    /** The state of a container as a whole. */
    public static Evidence container(PodView pod, PodView.Container container, String state) {
        return new Evidence(name(pod), field(container), state);
    }

    private static String field(PodView.Container container) {
        return statuses(container.init()) + "[" + container.name() + "]";
    }

    /** The list that holds the status of a container: init containers have their own. */
    private static String statuses(boolean init) {
        return init ? "status.initContainerStatuses" : "status.containerStatuses";
    }

    /** Of the container that died last. */
    public static String lastEnd(PodView pod) {
        return lastEnded(pod)
                .map(container -> "container " + container.name() + ", exit code " + container.exitCode() + ", "
                        + container.restarts() + (container.restarts() == 1 ? " restart" : " restarts"))
                .orElse("container not ready");
    }

    /** It has not been started again yet. */
    public static boolean isFirstEnd(PodView pod) {
        return lastEnded(pod).filter(container -> container.restarts() == 0).isPresent();
    }

    private static Optional<PodView.Container> lastEnded(PodView pod) {
        return pod.containers().stream()
                .filter(container -> !container.ready() && (!container.init() || PodTrouble.isInitialized(pod)))
                .filter(container -> !container.terminatedReason().isEmpty() || container.restarts() > 0)
                .findFirst();
    }
}
