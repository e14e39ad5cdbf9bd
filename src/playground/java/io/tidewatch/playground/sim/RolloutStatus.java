package io.tidewatch.playground.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Rollout's status being computed. It starts as a copy of the one that is written, so that nothing that is not
 * recomputed gets lost, and ends as the merge patch between the two.
 */
final class RolloutStatus {
    private final Map<String, Object> before;
    private final Map<String, Object> after;
    private final WorkloadCondition.Book conditions;

    RolloutStatus(RolloutView rollout) {
        this.before = rollout.live().map("status");
        this.after = new HashMap<>(before);
        this.conditions = new WorkloadCondition.Book(rollout.live().maps("status", "conditions"));
    }

    WorkloadCondition.Book conditions() {
        return conditions;
    }

    int count(String field) {
        return Fields.at(after, field).map(Fields::integer).orElse(0);
    }

    /** Counters are {@code omitempty}: 0 takes the field away. */
    RolloutStatus count(String field, int value) {
        return put(field, value == 0 ? null : value);
    }

    String text(String field) {
        return Fields.at(after, field).map(Object::toString).orElse("");
    }

    /** Texts are {@code omitempty} as well. */
    RolloutStatus text(String field, String value) {
        return put(field, value.isEmpty() ? null : value);
    }

    RolloutStatus put(String field, @Nullable Object value) {
        if (value == null) {
            after.remove(field);
        } else {
            after.put(field, value);
        }
        return this;
    }

    String activeSelector() {
        return Fields.at(after, "blueGreen", "activeSelector")
                .map(Object::toString)
                .orElse("");
    }

    String previewSelector() {
        return Fields.at(after, "blueGreen", "previewSelector")
                .map(Object::toString)
                .orElse("");
    }

    RolloutStatus selectors(String active, String preview, boolean previewScaledUp) {
        return put(
                "blueGreen",
                Fields.tree(
                        "activeSelector", active.isEmpty() ? null : active,
                        "previewSelector", preview.isEmpty() ? null : preview,
                        "scaleUpPreviewCheckPoint", previewScaledUp ? true : null));
    }

    boolean isPromoted() {
        return !text("stableRS").isEmpty() && text("stableRS").equals(text("currentPodHash"));
    }

    List<Map<String, Object>> pauseConditions() {
        return Fields.at(after, "pauseConditions").map(Fields::maps).orElse(List.of());
    }

    /** What a merge patch must carry; empty when nothing changed. */
    Map<String, Object> patch() {
        after.put("conditions", conditions.toList());
        after.putIfAbsent("blueGreen", Map.of());
        after.putIfAbsent("canary", Map.of());
        return Fields.mergePatch(before, after);
    }
}
