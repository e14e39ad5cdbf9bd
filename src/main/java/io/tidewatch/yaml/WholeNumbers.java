package io.tidewatch.yaml;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Warns of whole numbers that mean something else than they seem to. */
public final class WholeNumbers {

    private static final String CODE = "octal";

    private WholeNumbers() {}

    /** Warns of a number such as {@code 0010}: YAML 1.1 reads eight. Other texts are not checked. */
    public static void warnOfOctal(Place place, Findings findings) {
        if (place.node() instanceof Node.Scalar scalar
                && scalar.value() instanceof Integer value
                && isOctal(scalar.written())) {
            String decimal = scalar.written().replaceFirst("^0+", "");
            findings.warning(
                    place,
                    CODE,
                    scalar.written() + " is octal in YAML and means " + value + "; write " + value + ", or " + decimal
                            + " if that is meant");
        }
    }

    /** What to write for a value that is no whole number, as {@code "; write 5"}; empty where nobody can tell. */
    public static String advice(@Nullable Object value, String written) {
        if (value instanceof String text) {
            if (text.matches("-?[0-9]{1,9}")) {
                return "; write it without quotes";
            }
            return text.matches("[0-9]{1,9}(?:s|%)") ? "; write " + text.substring(0, text.length() - 1) : "";
        }
        if (value instanceof Double number && written.matches("0[0-9]{1,8}")) {
            return "; write " + (long) number.doubleValue() + ", for a number that begins with 0 is octal in YAML";
        }
        return whole(value).map(number -> "; write " + number).orElse("");
    }

    private static Optional<Integer> whole(@Nullable Object value) {
        return value instanceof Double number && number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE
                ? Optional.of(number.intValue())
                : Optional.empty();
    }

    private static boolean isOctal(String written) {
        return written.length() > 1
                && written.startsWith("0")
                && written.chars().allMatch(Character::isDigit)
                && written.chars().anyMatch(c -> c != '0');
    }
}
