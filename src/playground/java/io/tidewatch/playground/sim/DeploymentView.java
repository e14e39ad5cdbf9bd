package io.tidewatch.playground.sim;

import java.util.Map;
import java.util.OptionalInt;

/** A Deployment as its controller reads it, with the defaults of {@code apps/v1}. */
record DeploymentView(Live live) {
    static final String REVISION = "deployment.kubernetes.io/revision";
    private static final int DEFAULT_PROGRESS_DEADLINE = 600;
    private static final int DEFAULT_HISTORY = 10;

    String name() {
        return live.name();
    }

    int replicas() {
        return live.integerOr(1, "spec", "replicas");
    }

    boolean isPaused() {
        return live.flag("spec", "paused");
    }

    boolean isRecreate() {
        return live.text("spec", "strategy", "type").equals("Recreate");
    }

    int maxSurge() {
        return isRecreate() ? 0 : bound("maxSurge", true);
    }

    /** At least one where no surge is allowed either: else nothing could ever move. */
    int maxUnavailable() {
        if (isRecreate() || replicas() == 0) {
            return 0;
        }
        int unavailable = Math.min(bound("maxUnavailable", false), replicas());
        return unavailable == 0 && maxSurge() == 0 ? 1 : unavailable;
    }

    private int bound(String field, boolean roundUp) {
        String text = live.at("spec", "strategy", "rollingUpdate", field)
                .map(Object::toString)
                .orElse("25%");
        return Share.of(text, replicas(), roundUp);
    }

    /** In seconds; empty where the Deployment opted out with the largest number. */
    OptionalInt progressDeadline() {
        int seconds = live.integerOr(DEFAULT_PROGRESS_DEADLINE, "spec", "progressDeadlineSeconds");
        return seconds == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(seconds);
    }

    int revisionHistoryLimit() {
        return live.integerOr(DEFAULT_HISTORY, "spec", "revisionHistoryLimit");
    }

    int revision() {
        return Integer.parseInt(live.annotations().getOrDefault(REVISION, "0"));
    }

    Map<String, Object> template() {
        return live.map("spec", "template");
    }

    String templateHash() {
        return PodTemplateHash.of(template());
    }
}
