package io.tidewatch.yaml;

import io.tidewatch.model.Limits;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a plain scalar means to the API server's clients (sigs.k8s.io/yaml): YAML 1.1's booleans, integers in
 * Go's notations, no base 60, dates are text. A number of more than {@link Limits#NUMBER_DIGITS} digits is text.
 */
final class ScalarResolver {

    private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");
    private static final Map<String, Object> WORDS = words();
    private static final Pattern FLOAT =
            Pattern.compile("[-+]?(\\.[0-9]{1,20}|[0-9]{1,20}(\\.[0-9]{0,20})?)([eE][-+]?[0-9]{1,20})?");
    private static final Pattern INTEGER = Pattern.compile(
            "(?<sign>[-+]?)(?:0[xX](?<hex>[0-9a-fA-F]{1,20})|0[bB](?<bin>[01]{1,20})|0[oO]?(?<oct>[0-7]{1,20})|(?<dec>0|[1-9][0-9]{0,19}))");
    private static final BigInteger INT_MIN = BigInteger.valueOf(Integer.MIN_VALUE);
    private static final BigInteger INT_MAX = BigInteger.valueOf(Integer.MAX_VALUE);

    private ScalarResolver() {}

    static @Nullable Object resolve(String plain) {
        if (NOTHING.contains(plain)) {
            return null;
        }
        Object word = WORDS.get(plain);
        if (word != null) {
            return word;
        }
        char first = plain.charAt(0);
        if (first != '+' && first != '-' && first != '.' && (first < '0' || first > '9')) {
            return plain;
        }
        String digits = plain.replace("_", "");
        if (digits.chars().filter(c -> c >= '0' && c <= '9').count() > Limits.NUMBER_DIGITS) {
            return plain;
        }
        return integer(digits).map(Object.class::cast).orElseGet(() -> {
            if (FLOAT.matcher(digits).matches()) {
                double number = Double.parseDouble(digits);
                return Double.isInfinite(number) ? plain : (Object) number;
            }
            return plain;
        });
    }

    private static Optional<Number> integer(String digits) {
        var match = INTEGER.matcher(digits);
        if (!match.matches()) {
            return Optional.empty();
        }
        BigInteger number = magnitude(match.group("hex"), 16)
                .or(() -> magnitude(match.group("bin"), 2))
                .or(() -> magnitude(match.group("oct"), 8))
                .or(() -> magnitude(match.group("dec"), 10))
                .orElseThrow();
        if (match.group("sign").equals("-")) {
            number = number.negate();
        }
        if (number.compareTo(INT_MIN) >= 0 && number.compareTo(INT_MAX) <= 0) {
            return Optional.of(number.intValueExact());
        }
        return Optional.of(number.bitLength() < Long.SIZE ? (Number) number.longValueExact() : number);
    }

    private static Optional<BigInteger> magnitude(@Nullable String digits, int radix) {
        return digits == null ? Optional.empty() : Optional.of(new BigInteger(digits, radix));
    }

    private static Map<String, Object> words() {
        Map<String, Object> words = new HashMap<>();
        for (String word : new String[] {"y", "yes", "true", "on"}) {
            cases(word).forEach(w -> words.put(w, true));
        }
        for (String word : new String[] {"n", "no", "false", "off"}) {
            cases(word).forEach(w -> words.put(w, false));
        }
        for (String word : new String[] {"inf", "Inf", "INF"}) {
            words.put("." + word, Double.POSITIVE_INFINITY);
            words.put("+." + word, Double.POSITIVE_INFINITY);
            words.put("-." + word, Double.NEGATIVE_INFINITY);
        }
        for (String word : new String[] {".nan", ".NaN", ".NAN"}) {
            words.put(word, Double.NaN);
        }
        return Map.copyOf(words);
    }

    private static Set<String> cases(String word) {
        return new HashSet<>(List.of(word, capitalized(word), word.toUpperCase(Locale.ROOT)));
    }

    private static String capitalized(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
