package io.tidewatch.config;

import io.tidewatch.model.definition.SecretText;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value that is never shown. If it comes from a file, the file is read each time, so that a replaced token counts without a
 * restart. While the file cannot be read, or has no usable value, the value that was read last counts; the log says so once.
 */
public final class Secret implements SecretText {

    private static final Logger log = LoggerFactory.getLogger(Secret.class);

    private final String name;
    private final Supplier<Optional<String>> again;
    private final Predicate<String> usable;
    private String last;
    private Optional<String> before = Optional.empty();
    private boolean missing;

    /**
     * @param name of the value, for the log
     * @param again reads it; empty where it cannot be read
     * @param usable what a value must be to take the place of the last one; a blank one never does
     */
    Secret(String name, String now, Supplier<Optional<String>> again, Predicate<String> usable) {
        this.name = name;
        this.last = now;
        this.again = again;
        this.usable = usable;
    }

    /** A secret that does not change. */
    public static Secret of(String text) {
        return new Secret("", text, () -> Optional.of(text), same -> true);
    }

    @Override
    public String get() {
        return accepted(again.get());
    }

    @Override
    public synchronized List<String> known() {
        return before.map(old -> List.of(last, old)).orElseGet(() -> List.of(last));
    }

    private synchronized String accepted(Optional<String> read) {
        if (read.filter(last::equals).isPresent()) {
            missing = false;
        } else if (read.filter(text -> !text.isBlank()).filter(usable).isPresent()) {
            before = Optional.of(last);
            last = read.get();
            missing = false;
            log.info("{}: a new value counts from now on", name);
        } else if (!missing) {
            missing = true;
            log.warn(
                    "{}: its file {}; the value that was read last counts on",
                    name,
                    read.isEmpty() ? "cannot be read" : "has no usable value");
        }
        return last;
    }

    private synchronized String last() {
        return last;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && secret.last().equals(last());
    }

    @Override
    public int hashCode() {
        return Objects.hash(last());
    }

    @Override
    public String toString() {
        return "secret";
    }
}
