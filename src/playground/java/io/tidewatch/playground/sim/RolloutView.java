package io.tidewatch.playground.sim;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A Rollout as its controller reads it, with the defaults of argo-rollouts. */
record RolloutView(Live live) {
    private static final int DEFAULT_PROGRESS_DEADLINE = 600;
    private static final int DEFAULT_SCALE_DOWN_DELAY = 30;
    private static final int DEFAULT_HISTORY = 10;

    int replicas() {
        return live.integerOr(1, "spec", "replicas");
    }

    boolean isBlueGreen() {
        return live.has("spec", "strategy", "blueGreen");
    }

    /** A workloadRef: its template would have to be read from a Deployment. */
    boolean isBeyondSimulation() {
        return live.has("spec", "workloadRef");
    }

    boolean isTrafficRouted() {
        return live.has("spec", "strategy", "canary", "trafficRouting");
    }

    boolean scalesStableDynamically() {
        return live.flag("spec", "strategy", "canary", "dynamicStableScale");
    }

    CanarySteps steps() {
        return new CanarySteps(this);
    }

    String activeService() {
        return live.text("spec", "strategy", "blueGreen", "activeService");
    }

    String previewService() {
        return live.text("spec", "strategy", "blueGreen", "previewService");
    }

    boolean promotesByItself() {
        return live.at("spec", "strategy", "blueGreen", "autoPromotionEnabled")
                .map(value -> Boolean.parseBoolean(value.toString()))
                .orElse(true);
    }

    /** How many pods a preview gets before its promotion; all of them unless set. */
    Optional<Integer> previewReplicas() {
        return live.at("spec", "strategy", "blueGreen", "previewReplicaCount").map(Fields::integer);
    }

    boolean isPreviewScaledUp() {
        return live.flag("status", "blueGreen", "scaleUpPreviewCheckPoint");
    }

    /** How long older ReplicaSets serve on; a basic canary has no such delay. */
    int scaleDownDelaySeconds() {
        if (!isBlueGreen() && !isTrafficRouted()) {
            return 0;
        }
        return live.integerOr(
                DEFAULT_SCALE_DOWN_DELAY,
                "spec",
                "strategy",
                isBlueGreen() ? "blueGreen" : "canary",
                "scaleDownDelaySeconds");
    }

    /** The new ReplicaSet of an aborted update serves on as well, unless it is a basic canary's. */
    boolean delaysScaleDownOnAbort() {
        return isAborted() && (isBlueGreen() || isTrafficRouted()) && !scalesStableDynamically();
    }

    boolean isAborted() {
        return live.flag("status", "abort");
    }

    boolean isControllerPaused() {
        return live.flag("status", "controllerPause");
    }

    boolean isInconclusive() {
        return hasPause(Pauses.INCONCLUSIVE);
    }

    boolean hasPause(String reason) {
        return pauseConditions().stream().anyMatch(one -> reason.equals(one.get("reason")));
    }

    /** The controller does not scale a canary then. */
    boolean isHalted() {
        return isPausedByUser() || isInconclusive();
    }

    /** When a restart was asked for that is not done yet. */
    Optional<Instant> restartAt() {
        String asked = live.text("spec", "restartAt");
        return asked.isEmpty() || asked.equals(live.text("status", "restartedAt"))
                ? Optional.empty()
                : Optional.of(Instant.parse(asked));
    }

    boolean isPausedByUser() {
        return live.flag("spec", "paused");
    }

    int progressDeadlineSeconds() {
        return live.integerOr(DEFAULT_PROGRESS_DEADLINE, "spec", "progressDeadlineSeconds");
    }

    int revisionHistoryLimit() {
        return live.integerOr(DEFAULT_HISTORY, "spec", "revisionHistoryLimit");
    }

    int maxSurge() {
        return fencepost("maxSurge", true);
    }

    int maxUnavailable() {
        int surge = maxSurge();
        int unavailable = Math.min(fencepost("maxUnavailable", false), replicas());
        return surge == 0 && unavailable == 0 ? 1 : unavailable;
    }

    private int fencepost(String field, boolean roundUp) {
        String text = live.at("spec", "strategy", "canary", field)
                .map(Object::toString)
                .orElse("25%");
        return Share.of(text, replicas(), roundUp);
    }

    String templateHash() {
        return PodTemplateHash.of(template());
    }

    Map<String, Object> template() {
        return live.map("spec", "template");
    }

    Map<String, Object> selectorLabels() {
        return live.map("spec", "selector", "matchLabels");
    }

    int revision() {
        return Integer.parseInt(live.annotations().getOrDefault(RsCopy.REVISION, "0"));
    }

    String stableHash() {
        return live.text("status", "stableRS");
    }

    String currentHash() {
        return live.text("status", "currentPodHash");
    }

    String activeHash() {
        return live.text("status", "blueGreen", "activeSelector");
    }

    String previewHash() {
        return live.text("status", "blueGreen", "previewSelector");
    }

    boolean isGenerationObserved() {
        return live.text("status", "observedGeneration").equals(String.valueOf(live.generation()));
    }

    List<Map<String, Object>> pauseConditions() {
        return live.maps("status", "pauseConditions");
    }

    boolean isPaused() {
        return isPausedByUser() || !pauseConditions().isEmpty();
    }

    /** Labels as {@code metav1.FormatLabelSelector} prints them. */
    static String formatted(Map<String, Object> labels) {
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(","));
    }
}
