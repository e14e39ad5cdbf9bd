package io.tidewatch.model.plan;

import java.util.Optional;

/**
 * A field in which a live object is not what a definition says.
 *
 * @param path with a leading dot: {@code .spec.template.spec.containers[0].image}
 * @param live its live value in a few words; absent where the field is not there
 * @param written the definition's; absent where it no longer has the field
 */
public record Difference(String path, Optional<String> live, Optional<String> written) {

    private static final String TEMPLATE = ".spec.template";
    private static final String TEMPLATE_SPEC = TEMPLATE + ".spec.";

    /** A change of a Rollout's pod template begins a new revision; a change of anything else does not. */
    public boolean isOfTemplate() {
        return path.equals(TEMPLATE) || path.startsWith(TEMPLATE + ".");
    }

    /** The path as people read it: {@code spec.minReadySeconds}, in a pod template {@code containers[0].image}. */
    public String field() {
        return path.startsWith(TEMPLATE_SPEC) ? path.substring(TEMPLATE_SPEC.length()) : path.substring(1);
    }

    /** As people read it: {@code spec.minReadySeconds 5 → 10}, in a pod template {@code containers[0].image a:1 → a:2}. */
    @Override
    public String toString() {
        return field() + " " + live.orElse("(none)") + " → " + written.orElse("(none)");
    }
}
