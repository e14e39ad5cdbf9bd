package io.tidewatch.observe;

import static io.tidewatch.observe.Fields.text;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Kubernetes quantities, as {@code 0.05}, {@code 500m} or {@code 2Ki}, to compare them with each other. */
final class Quantities {

    private static final Pattern TEXT = Pattern.compile(
            "([+-]?(?:\\d{1,20}(?:\\.\\d{0,20})?|\\.\\d{1,20}))(|[numkMGTPE]|[KMGTPE]i|[eE][+-]?\\d{1,2})");
    private static final List<String> DECIMAL = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");

    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);

    private Quantities() {}

    /** The exact amounts of a map of quantities, without those that cannot be read. */
    static Map<String, BigDecimal> all(Map<String, Object> written) {
        Map<String, BigDecimal> amounts = new HashMap<>();
        written.keySet().forEach(name -> exact(written, name).ifPresent(amount -> amounts.put(name, amount)));
        return amounts;
    }

    /** Absent where nothing is written that is a quantity. */
    static Optional<BigDecimal> exact(Map<String, Object> object, String key) {
        Matcher found = TEXT.matcher(text(object, key));
        if (!found.matches()) {
            return Optional.empty();
        }
        String suffix = found.group(2);
        BigDecimal number = new BigDecimal(found.group(1));
        if (DECIMAL.contains(suffix)) {
            return Optional.of(number.scaleByPowerOfTen(3 * (DECIMAL.indexOf(suffix) - DECIMAL.indexOf(""))));
        }
        return Optional.of(
                BINARY.contains(suffix)
                        ? number.multiply(KIBI.pow(BINARY.indexOf(suffix)))
                        : number.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1))));
    }

    /** Absent where nothing is written that is a quantity. */
    static OptionalDouble read(Map<String, Object> object, String key) {
        Matcher found = TEXT.matcher(text(object, key));
        if (!found.matches()) {
            return OptionalDouble.empty();
        }
        String suffix = found.group(2);
        double number = Double.parseDouble(found.group(1));
        if (DECIMAL.contains(suffix)) {
            return OptionalDouble.of(number * Math.pow(1000, DECIMAL.indexOf(suffix) - DECIMAL.indexOf("")));
        }
        return OptionalDouble.of(number
                * (BINARY.contains(suffix)
                        ? Math.pow(1024, BINARY.indexOf(suffix))
                        : Math.pow(10, Integer.parseInt(suffix.substring(1)))));
    }
}
