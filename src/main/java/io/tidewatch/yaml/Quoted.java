package io.tidewatch.yaml;

import io.tidewatch.model.Limits;
import java.util.Locale;

/** A user's text as a problem quotes it: cut if it is long, with its length. */
public final class Quoted {

    private Quoted() {}

    /** In quotes: {@code "Asia/Soeul"}, or {@code "xxxx…" (100,000 characters)}. */
    public static String of(String text) {
        return text.length() <= Limits.QUOTED_LENGTH
                ? "\"" + text + "\""
                : String.format(Locale.ROOT, "\"%s\" (%,d characters)", cut(text), text.length());
    }

    /** Without quotes, and with … where it was cut. */
    public static String cut(String text) {
        if (text.length() <= Limits.QUOTED_LENGTH) {
            return text;
        }
        int end = Limits.QUOTED_LENGTH - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
