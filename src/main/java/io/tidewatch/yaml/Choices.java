package io.tidewatch.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** The words that a field accepts, in the order in which messages list them. */
public final class Choices {

    private Choices() {}

    public static <T> Map<String, T> of(String a, T forA, String b, T forB, String c, T forC) {
        Map<String, T> words = new LinkedHashMap<>(of(a, forA, b, forB));
        words.put(c, forC);
        return Collections.unmodifiableMap(words);
    }

    /** The words of all constants of an enumeration, in its order. */
    public static <T> Map<String, T> of(T[] constants, Function<T, String> word) {
        Map<String, T> words = new LinkedHashMap<>();
        for (T constant : constants) {
            words.put(word.apply(constant), constant);
        }
        return Collections.unmodifiableMap(words);
    }

    public static OptionalInt number(Optional<Integer> number) {
        return number.isPresent() ? OptionalInt.of(number.get()) : OptionalInt.empty();
    }

    public static <T> Map<String, T> of(String a, T forA, String b, T forB) {
        Map<String, T> words = new LinkedHashMap<>();
        words.put(a, forA);
        words.put(b, forB);
        return Collections.unmodifiableMap(words);
    }
}
