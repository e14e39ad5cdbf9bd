package io.tidewatch.config;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is never shown. If it comes from a file, the file is read each time, so that a replaced token counts without a
 * restart. While the file cannot be read, the value that was read last counts.
 */
public final class Secret implements Supplier<String> {

    private final Supplier<Optional<String>> again;
    private volatile String last;

    Secret(String now, Supplier<Optional<String>> again) {
        this.last = now;
        this.again = again;
    }

    /** A secret that does not change. */
    public static Secret of(String text) {
        return new Secret(text, () -> Optional.of(text));
    }

    @Override
    public String get() {
        last = again.get().orElse(last);
        return last;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && secret.last.equals(last);
    }

    @Override
    public int hashCode() {
        return Objects.hash(last);
    }

    @Override
    public String toString() {
        return "secret";
    }
}
