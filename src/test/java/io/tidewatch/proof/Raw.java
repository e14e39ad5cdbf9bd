package io.tidewatch.proof;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads parsed JSON as a suspicious person would: what is no count equals nothing. */
final class Raw {
    /** Equal to no count, itself included. */
    static final double NONE = Double.NaN;

    private Raw() {}

    static @Nullable Object at(@Nullable Object from, String... path) {
        Object at = from;
        for (String key : path) {
            at = at instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return at;
    }

    static String text(@Nullable Object from, String... path) {
        Object found = at(from, path);
        return found instanceof String || found instanceof Number || found instanceof Boolean ? found.toString() : "";
    }

    static boolean isTrue(@Nullable Object from, String... path) {
        return Boolean.TRUE.equals(at(from, path));
    }

    static double count(double absent, @Nullable Object from, String... path) {
        Object found = at(from, path);
        if (found == null) {
            return absent;
        }
        boolean whole = found instanceof Integer || found instanceof Long;
        long number = whole ? ((Number) found).longValue() : -1;
        return number >= 0 && number <= Integer.MAX_VALUE ? number : NONE;
    }

    /** 0 where there is none; a generation may be larger than any count. */
    static double generation(@Nullable Object from, String... path) {
        Object found = at(from, path);
        if (found == null) {
            return 0;
        }
        boolean whole = found instanceof Integer || found instanceof Long;
        return whole && ((Number) found).longValue() >= 0 ? ((Number) found).longValue() : NONE;
    }

    static double countIn(String text) {
        try {
            int number = Integer.parseInt(text.trim());
            return number >= 0 ? number : NONE;
        } catch (NumberFormatException e) {
            return NONE;
        }
    }

    static List<?> list(@Nullable Object from, String... path) {
        return at(from, path) instanceof List<?> found ? found : List.of();
    }

    static Optional<Instant> instant(@Nullable Object value) {
        if (value instanceof Date date) {
            return Optional.of(date.toInstant());
        }
        try {
            return value instanceof String text ? Optional.of(Instant.parse(text)) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static Optional<Object> condition(Object object, String type) {
        Object last = null;
        for (Object each : list(object, "status", "conditions")) {
            if (type.equals(at(each, "type"))) {
                last = each;
            }
        }
        return Optional.ofNullable(last);
    }

    static boolean says(Object object, String type, String status) {
        return condition(object, type)
                .filter(one -> text(one, "status").equals(status))
                .isPresent();
    }

    /** The times of an object's conditions. */
    static Stream<Instant> conditionTimes(Object object) {
        return list(object, "status", "conditions").stream()
                .flatMap(each -> Stream.concat(
                        instant(at(each, "lastTransitionTime")).stream(),
                        instant(at(each, "lastUpdateTime")).stream()));
    }
}
