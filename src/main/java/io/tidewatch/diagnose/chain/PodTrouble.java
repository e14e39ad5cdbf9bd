package io.tidewatch.diagnose.chain;

import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.EventView;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.diagnosis.Cause;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Names what keeps one pod from serving; exactly one trouble a pod, the earliest on its way. */
public final class PodTrouble {

    private static final Set<String> IMAGE_REASONS =
            Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "RegistryUnavailable");
    private static final Set<String> CONFIG_REASONS =
            Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError", "PreCreateHookError");
    private static final Set<String> UNPLACED = Set.of("Unschedulable", "SchedulingGated");
    private static final Set<String> VOLUME_EVENTS = Set.of("FailedMount", "FailedAttachVolume");

    private PodTrouble() {}

    static Optional<Cause> of(PodView pod, List<EventView> events) {
        if (isUnscheduled(pod)) {
            return Optional.of(isAboutVolumes(scheduling(pod).message()) ? Cause.VOLUME_PENDING : Cause.UNSCHEDULABLE);
        }
        for (PodView.Container container : pod.containers()) {
            Optional<Cause> trouble = of(container, isInitialized(pod));
            if (trouble.isPresent()) {
                return trouble;
            }
        }
        if (events.stream().anyMatch(event -> isVolumeEventOf(event, pod))) {
            return Optional.of(Cause.VOLUME_PENDING);
        }
        return isRunningUnready(pod) ? Optional.of(Cause.NOT_READY) : Optional.empty();
    }

    static boolean isUnscheduled(PodView pod) {
        Condition scheduled = pod.conditions().get("PodScheduled");
        return scheduled != null && scheduled.isFalse() && UNPLACED.contains(scheduled.reason());
    }

    public static Condition scheduling(PodView pod) {
        return Optional.ofNullable(pod.conditions().get("PodScheduled")).orElseThrow();
    }

    static boolean isAboutVolumes(String message) {
        return message.contains("PersistentVolumeClaim")
                || message.contains("persistentvolumeclaim")
                || message.contains("volume node affinity")
                || message.contains("persistent volumes");
    }

    /** Past its initialization, an init container that is not ready is a sidecar: one more that serves. */
    static boolean isInitialized(PodView pod) {
        Condition initialized = pod.conditions().get("Initialized");
        return initialized != null && initialized.isTrue();
    }

    private static Optional<Cause> of(PodView.Container container, boolean initialized) {
        if (container.ready()) {
            return Optional.empty();
        }
        if (isImage(container)) {
            return Optional.of(Cause.IMAGE_PULL);
        }
        if (isConfig(container)) {
            return Optional.of(Cause.CONTAINER_CONFIG);
        }
        if (container.init() && hasFinished(container)) {
            return Optional.empty();
        }
        if (container.init() && !initialized) {
            return Optional.of(Cause.INIT_STUCK);
        }
        if (container.servedSinceStart()) {
            return Optional.empty();
        }
        if (container.terminatedReason().equals("OOMKilled")) {
            return Optional.of(Cause.OOM_KILLED);
        }
        boolean crashes = container.waitingReason().equals("CrashLoopBackOff")
                || (!container.terminatedReason().isEmpty() && (container.restarts() > 0 || container.exitCode() != 0));
        return crashes ? Optional.of(Cause.CRASH_LOOP) : Optional.empty();
    }

    public static boolean isImage(PodView.Container container) {
        return IMAGE_REASONS.contains(container.waitingReason());
    }

    public static boolean isConfig(PodView.Container container) {
        return CONFIG_REASONS.contains(container.waitingReason());
    }

    public static boolean hasFinished(PodView.Container init) {
        return init.waitingReason().isEmpty() && init.terminatedReason().equals("Completed");
    }

    public static boolean isVolumeEventOf(EventView event, PodView pod) {
        return VOLUME_EVENTS.contains(event.reason())
                && event.involvedUid().equals(pod.meta().uid())
                && pod.containers().stream().noneMatch(PodView.Container::ready);
    }

    private static boolean isRunningUnready(PodView pod) {
        Condition ready = pod.conditions().get("Ready");
        return pod.phase().equals("Running") && ready != null && !ready.isTrue();
    }
}
