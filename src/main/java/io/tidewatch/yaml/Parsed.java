package io.tidewatch.yaml;

import java.util.Optional;
import java.util.function.Function;

/** The value of a text, or what is wrong with it. The caller knows its place. */
public sealed interface Parsed<T> {

    Optional<T> value();

    /** @param meaning what the text means */
    record Good<T>(T meaning) implements Parsed<T> {
        @Override
        public Optional<T> value() {
            return Optional.of(meaning);
        }
    }

    /**
     * @param code kebab-case word for scripts
     * @param message what is wrong and what would be right
     */
    record Bad<T>(String code, String message) implements Parsed<T> {
        @Override
        public Optional<T> value() {
            return Optional.empty();
        }
    }

    static <T> Parsed<T> good(T value) {
        return new Good<>(value);
    }

    static <T> Parsed<T> bad(String code, String message) {
        return new Bad<>(code, message);
    }

    default <U> Parsed<U> map(Function<T, U> use) {
        if (this instanceof Bad<T> bad) {
            return bad(bad.code(), bad.message());
        }
        return good(use.apply(((Good<T>) this).meaning()));
    }
}
