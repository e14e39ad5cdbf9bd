package io.tidewatch.preflight.quota;

import java.math.BigDecimal;
import java.util.List;

/** Writes amounts of resources as Kubernetes does: bytes with binary suffixes, everything else as a plain number. */
final class Amounts {

    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);

    private Amounts() {}

    static String text(String resource, BigDecimal amount) {
        boolean isBytes = resource.contains("memory") || resource.contains("storage") || resource.contains("hugepages");
        return isBytes ? bytes(amount) : plain(amount);
    }

    private static String bytes(BigDecimal amount) {
        BigDecimal left = amount;
        int suffix = 0;
        while (left.signum() != 0
                && suffix < BINARY.size() - 1
                && left.remainder(KIBI).signum() == 0) {
            left = left.divide(KIBI);
            suffix++;
        }
        return plain(left) + BINARY.get(suffix);
    }

    private static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }
}
