package io.tidewatch.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The minimum and the maximum of a ScaledObject.
 *
 * @param min pods; KEDA counts an absent minReplicaCount as 0
 * @param max pods; KEDA counts an absent maxReplicaCount as 100
 */
public record Bounds(int min, int max) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})\\.\\.(\\d{1,9})");

    public static final int DEFAULT_MIN = 0;
    public static final int DEFAULT_MAX = 100;

    /** As in our annotations: {@code 5..20}. */
    @Override
    public String toString() {
        return min + ".." + max;
    }

    /** Reads {@link #toString()} back; empty where somebody wrote something else. */
    public static Optional<Bounds> parse(String text) {
        Matcher found = TEXT.matcher(text);
        return found.matches()
                ? Optional.of(new Bounds(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))))
                : Optional.empty();
    }
}
