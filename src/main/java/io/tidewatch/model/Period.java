package io.tidewatch.model;

import io.tidewatch.model.cluster.Annotations;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * A period in which the same bounds count, as {@link Annotations#WINDOW} names it. Remedies and take-overs are
 * bounded per period.
 *
 * <p>Its text is {@code NAME@START}, or {@code baseline@SINCE}, or {@code baseline} alone. The last {@code @} separates, so a
 * window's name may have some of its own; a window that is called {@code baseline}, or whose name begins with a quote,
 * stands in quotes.
 *
 * @param window the window's name; absent: the baseline counts
 * @param since the window's own start, or when the baseline began to count; absent where it always did
 */
public record Period(Optional<String> window, Optional<Instant> since) {

    private static final String BASELINE = "baseline";
    private static final String QUOTE = "\"";

    /** Reads what {@link #text} wrote; anything else is taken for the name of a window. */
    public static Period parse(String text) {
        int at = text.lastIndexOf('@');
        Optional<Instant> since = at < 0 ? Optional.empty() : instant(text.substring(at + 1));
        String name = since.isPresent() ? text.substring(0, at) : text;
        if (name.equals(BASELINE)) {
            return new Period(Optional.empty(), since);
        }
        boolean quoted = name.length() > 1 && name.startsWith(QUOTE) && name.endsWith(QUOTE);
        return new Period(Optional.of(quoted ? name.substring(1, name.length() - 1) : name), since);
    }

    public String text() {
        String name = window.map(Period::unmistakable).orElse(BASELINE);
        return name + since.map(at -> "@" + ApiTime.text(at)).orElse("");
    }

    private static String unmistakable(String name) {
        return name.equals(BASELINE) || name.startsWith(QUOTE) ? QUOTE + name + QUOTE : name;
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException partOfAName) {
            return Optional.empty();
        }
    }
}
