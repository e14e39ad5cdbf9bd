package io.tidewatch.definition.kubernetes;

import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.Place;
import io.tidewatch.yaml.Quoted;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** A number of pods, or a percentage of them, as {@code maxUnavailable} is. */
record Shares(Findings findings) {

    private static final Pattern PERCENT = Pattern.compile("[0-9]{1,9}%");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    /** Reports a text that is no percentage, and one of more than 100 % where that is too much. */
    void check(Place share, boolean atMostAll) {
        Optional<String> text = share.text();
        if (text.isEmpty()) {
            return;
        }
        boolean isPercent = PERCENT.matcher(text.get()).matches();
        if (!isPercent) {
            findings.error(
                    share,
                    "wrong-value",
                    Quoted.of(text.get()) + " is no percentage, and Kubernetes rejects any other text; "
                            + (NUMBER.matcher(text.get()).matches()
                                    ? "write " + text.get() + " without quotes"
                                    : "write a number, or a percentage such as 25%"));
        } else if (atMostAll && number(share).orElse(0) > 100) {
            findings.error(share, "out-of-range", text.get() + " is too high; the maximum is 100%");
        }
    }

    /** The number, or that of the percentage; absent where it is neither. */
    static OptionalInt number(Place share) {
        Optional<String> percent =
                share.text().filter(text -> PERCENT.matcher(text).matches());
        if (percent.isPresent()) {
            return OptionalInt.of(
                    Integer.parseInt(percent.get().substring(0, percent.get().length() - 1)));
        }
        return At.value(share)
                .filter(Integer.class::isInstance)
                .map(value -> OptionalInt.of((Integer) value))
                .orElse(OptionalInt.empty());
    }
}
