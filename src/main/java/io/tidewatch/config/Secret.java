package io.tidewatch.config;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that nobody is shown. Where it comes from a file it is read anew each time, so that a token that is replaced
 * while we run counts at once; a file that is gone for a moment leaves what was last read.
 */
public final class Secret implements Supplier<String> {

    private final Supplier<Optional<String>> again;
    private volatile String last;

    Secret(String now, Supplier<Optional<String>> again) {
        this.last = now;
        this.again = again;
    }

    /** One that stays as it is. */
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
