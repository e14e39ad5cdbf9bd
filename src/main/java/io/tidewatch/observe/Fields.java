package io.tidewatch.observe;

import io.tidewatch.model.ApiTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields of parsed JSON without trusting their types.
 *
 * <p>An absent number is absent (most are {@code omitempty}). A value that is not a count of pods (a word, negative,
 * beyond an int) is {@link #UNREADABLE}, which equals no count, so that it proves nothing.
 */
final class Fields {

    static final int UNREADABLE = -1;

    private static final Instant OLDEST = Instant.EPOCH;
    private static final Instant NEWEST = Instant.parse("9000-01-01T00:00:00Z");

    private static final Shared<Optional<Instant>> INSTANTS = new Shared<>(4_096);

    private Fields() {}

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> found ? (Map<String, Object>) found : Map.of();
    }

    static Map<String, Object> map(Map<String, Object> object, String... path) {
        Map<String, Object> at = object;
        for (String key : path) {
            at = map(at.get(key));
        }
        return at;
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Map<String, Object> object, String key) {
        return object.get(key) instanceof List<?> found ? (List<Object>) found : List.of();
    }

    /** Empty where nothing readable is written. */
    static String text(Map<String, Object> object, String key) {
        Object value = object.get(key);
        return value instanceof String || value instanceof Number || value instanceof Boolean
                ? Vocabulary.shared(value.toString())
                : "";
    }

    static OptionalInt count(Map<String, Object> object, String key) {
        Object value = object.get(key);
        return value == null ? OptionalInt.empty() : OptionalInt.of(asCount(value));
    }

    static int countOrZero(Map<String, Object> object, String key) {
        return count(object, key).orElse(0);
    }

    /**
     * A count that is left out where it is 0. It is not known where a count that never exceeds it is there.
     *
     * @param least that other count
     */
    static int omittedAtZero(Map<String, Object> object, String key, String least) {
        return count(object, key).orElse(countOrZero(object, least) == 0 ? 0 : UNREADABLE);
    }

    private static int asCount(Object value) {
        if (value instanceof Integer || value instanceof Long || value instanceof Short) {
            long number = ((Number) value).longValue();
            return number >= 0 && number <= Integer.MAX_VALUE ? (int) number : UNREADABLE;
        }
        return UNREADABLE;
    }

    /** A count written as a string, as annotations are. */
    static OptionalInt countIn(String text) {
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Math.max(UNREADABLE, Integer.parseInt(text.trim())));
        } catch (NumberFormatException e) {
            return OptionalInt.of(UNREADABLE);
        }
    }

    /** 0 where there is none, {@link #UNREADABLE} where it is no number. */
    static long generation(Map<String, Object> object, String key) {
        Object value = object.get(key);
        if (value == null) {
            return 0;
        }
        return value instanceof Integer || value instanceof Long
                ? Math.max(UNREADABLE, ((Number) value).longValue())
                : UNREADABLE;
    }

    static boolean flag(Map<String, Object> object, String key) {
        return Boolean.TRUE.equals(object.get(key));
    }

    static Optional<Instant> instant(Map<String, Object> object, String key) {
        Object value = object.get(key);
        if (value instanceof Date date) {
            return plausible(date.toInstant());
        }
        return value instanceof String text ? instantIn(text) : Optional.empty();
    }

    static Optional<Instant> instantIn(String text) {
        try {
            return plausible(ApiTime.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> plausible(Instant instant) {
        return instant.isAfter(OLDEST) && instant.isBefore(NEWEST)
                ? INSTANTS.of(Optional.of(instant))
                : Optional.empty();
    }
}
