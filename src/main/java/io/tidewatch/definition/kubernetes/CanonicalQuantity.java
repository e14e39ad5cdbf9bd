package io.tidewatch.definition.kubernetes;

import io.tidewatch.model.Limits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A quantity as Kubernetes itself writes it: no fraction, the largest suffix that leaves a whole number, the family of
 * suffixes as written; a binary one below 1Ki becomes decimal. Source: the documentation of
 * {@code k8s.io/apimachinery/pkg/api/resource.Quantity}.
 */
public final class CanonicalQuantity {

    private static final Pattern TEXT = Pattern.compile(
            "([+-]?(?:\\d{1,20}(?:\\.\\d{0,20})?|\\.\\d{1,20}))(|[numkMGTPE]|[KMGTPE]i|[eE][+-]?\\d{1,2})");
    /** A number with a unit that is spelt as people spell it: GB, gi, GiB. */
    private static final Pattern NUMBER =
            Pattern.compile("([0-9]{1,20}(?:\\.[0-9]{1,20})?)([kKmMgGtTpPeE])(?:[iI]?[bB]|[iI])");

    private static final List<String> DECIMAL = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final int ONES = DECIMAL.indexOf("");
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);

    private CanonicalQuantity() {}

    /** Empty if the text is no quantity, which the API server reports, or exceeds the limits, which the reader reports. */
    public static Optional<String> of(Object written) {
        Matcher found = TEXT.matcher(written.toString());
        if (isPastLimits(written.toString()) || !found.matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(found.group(1));
        String suffix = found.group(2);
        if (BINARY.contains(suffix) && !suffix.isEmpty()) {
            return Optional.of(binary(number.multiply(KIBI.pow(BINARY.indexOf(suffix)))));
        }
        if (DECIMAL.contains(suffix)) {
            return Optional.of(decimal(number.scaleByPowerOfTen(3 * (DECIMAL.indexOf(suffix) - ONES)), DECIMAL, ""));
        }
        int exponent = Integer.parseInt(suffix.substring(1));
        return Optional.of(decimal(number.scaleByPowerOfTen(exponent), List.of(), "e"));
    }

    /** The amount, as {@code 0.5} for {@code 500m}; empty as above. */
    static Optional<BigDecimal> amount(Object written) {
        Matcher found = TEXT.matcher(written.toString());
        if (isPastLimits(written.toString()) || !found.matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(found.group(1));
        String suffix = found.group(2);
        if (DECIMAL.contains(suffix)) {
            return Optional.of(number.scaleByPowerOfTen(3 * (DECIMAL.indexOf(suffix) - ONES)));
        }
        return Optional.of(
                BINARY.contains(suffix)
                        ? number.multiply(KIBI.pow(BINARY.indexOf(suffix)))
                        : number.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1))));
    }

    /** What to write for a text that is no quantity, as {@code 1G or 1Gi} for {@code 1GB}. */
    public static String meant(String text) {
        String joined = text.replace(" ", "");
        if (TEXT.matcher(joined).matches()) {
            return joined;
        }
        Matcher number = NUMBER.matcher(joined);
        String letter = number.matches() ? number.group(2).toUpperCase(Locale.ROOT) : "";
        return letter.isEmpty()
                ? "a number with a unit if need be, as 0.5, 500m, 1G or 1Gi"
                : number.group(1) + (letter.equals("K") ? "k" : letter) + " or " + number.group(1) + letter + "i";
    }

    /** Whether it is a number of more digits, or with a larger exponent, than are worked with. */
    public static boolean isPastLimits(String text) {
        int exponent = Math.max(text.indexOf('e'), text.indexOf('E'));
        String suffix = exponent < 0 ? "" : text.substring(exponent + 1);
        boolean isNumber = !text.isEmpty() && "+-.0123456789".indexOf(text.charAt(0)) >= 0;
        return isNumber
                && (digits(exponent < 0 ? text : text.substring(0, exponent)) > Limits.NUMBER_DIGITS
                        || digits(suffix) > Limits.QUANTITY_EXPONENT_DIGITS);
    }

    private static long digits(String text) {
        return text.chars().filter(c -> c >= '0' && c <= '9').count();
    }

    private static String binary(BigDecimal amount) {
        boolean small = amount.abs().compareTo(KIBI) < 0;
        boolean fraction = amount.stripTrailingZeros().scale() > 0;
        if (small || fraction) {
            return decimal(amount, DECIMAL, "");
        }
        BigInteger whole = amount.toBigIntegerExact();
        int power = 0;
        while (power + 1 < BINARY.size() && whole.mod(KIBI.toBigInteger()).signum() == 0) {
            whole = whole.divide(KIBI.toBigInteger());
            power++;
        }
        return whole + BINARY.get(power);
    }

    /** @param exponent how powers of a thousand are written where there are no suffixes */
    private static String decimal(BigDecimal amount, List<String> suffixes, String exponent) {
        if (amount.signum() == 0) {
            return "0";
        }
        BigDecimal nano = amount.scaleByPowerOfTen(3 * ONES).setScale(0, RoundingMode.UP);
        int power = -ONES;
        int highest = DECIMAL.size() - 1 - ONES;
        while (power < highest && nano.remainder(THOUSAND).signum() == 0) {
            nano = nano.divide(THOUSAND);
            power++;
        }
        String number = nano.toBigInteger().toString();
        if (exponent.isEmpty()) {
            return number + suffixes.get(power + ONES);
        }
        return power == 0 ? number : number + exponent + 3 * power;
    }
}
