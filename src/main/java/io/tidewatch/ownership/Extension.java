package io.tidewatch.ownership;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A progress deadline of a Rollout that a remedy made longer, as the ScaledObject remembers it until it is put back:
 * {@code 600/1200}, or {@code none/1200}.
 *
 * @param original seconds, as the Rollout had them; absent where it had none
 * @param extended seconds
 */
public record Extension(OptionalInt original, int extended) {

    private static final String NONE = "none";

    /** A count of seconds that was written by us has no more digits. */
    private static final Pattern TEXT = Pattern.compile("(" + NONE + "|\\d{1,9})/(\\d{1,9})");

    /** Reads what {@link #text} wrote. */
    static Optional<Extension> read(String text) {
        Matcher read = TEXT.matcher(text);
        return read.matches()
                ? Optional.of(new Extension(
                        read.group(1).equals(NONE)
                                ? OptionalInt.empty()
                                : OptionalInt.of(Integer.parseInt(read.group(1))),
                        Integer.parseInt(read.group(2))))
                : Optional.empty();
    }

    /** As the annotation has it. */
    public String text() {
        return originalText() + "/" + extended;
    }

    /** The original seconds, or that there were none. */
    public String originalText() {
        return original.isPresent() ? Integer.toString(original.getAsInt()) : NONE;
    }

    /** Whether a Rollout has the longer deadline: nobody has changed it since. */
    public boolean stands(OptionalInt deadline) {
        return deadline.equals(OptionalInt.of(extended));
    }

    /** Whether a manifest still has what the Rollout had before: no commit has changed the field since. */
    public boolean isOf(Map<String, Object> manifest) {
        return written(manifest).equals(original);
    }

    /** The deadline that a manifest or an object has. */
    public static OptionalInt written(Map<String, Object> object) {
        return object.get("spec") instanceof Map<?, ?> spec
                        && spec.get("progressDeadlineSeconds") instanceof Number seconds
                ? OptionalInt.of(seconds.intValue())
                : OptionalInt.empty();
    }
}
