package io.tidewatch.playground.sim;

import java.util.List;
import java.util.Map;

/** A StatefulSet as its controller reads it, with the defaults of {@code apps/v1}. */
record StatefulSetView(Live live) {
    private static final int DEFAULT_HISTORY = 10;

    String name() {
        return live.name();
    }

    int replicas() {
        return live.integerOr(1, "spec", "replicas");
    }

    /** The first ordinal. */
    int start() {
        return live.integer("spec", "ordinals", "start");
    }

    /** All pods at once, none waits for another. */
    boolean isParallel() {
        return live.text("spec", "podManagementPolicy").equals("Parallel");
    }

    boolean isOnDelete() {
        return live.text("spec", "updateStrategy", "type").equals("OnDelete");
    }

    /** Pods with a lower ordinal keep the current revision. */
    int partition() {
        return live.integer("spec", "updateStrategy", "rollingUpdate", "partition");
    }

    int minReadySeconds() {
        return live.integer("spec", "minReadySeconds");
    }

    int revisionHistoryLimit() {
        return live.integerOr(DEFAULT_HISTORY, "spec", "revisionHistoryLimit");
    }

    Map<String, Object> template() {
        return live.map("spec", "template");
    }

    String revisionName() {
        return name() + "-" + PodTemplateHash.of(template());
    }

    List<Map<String, Object>> claimTemplates() {
        return live.maps("spec", "volumeClaimTemplates");
    }

    boolean deletesClaims(String when) {
        return live.text("spec", "persistentVolumeClaimRetentionPolicy", when).equals("Delete");
    }
}
