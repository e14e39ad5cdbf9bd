package io.tidewatch.text;

import java.util.Optional;

/** A sentence about a problem that ends with the setting which fixes the problem. */
public final class FixText {

    private static final String TO_FIX = "to fix it: ";
    private static final String BETWEEN = "; " + TO_FIX;

    private FixText() {}

    /**
     * @param problem what is wrong
     * @param setting what to write, and where
     */
    public static String of(String problem, String setting) {
        return problem + BETWEEN + setting;
    }

    /** The end of such a sentence, from {@code to fix it:} on; absent where the sentence names no setting. */
    public static Optional<String> in(String sentence) {
        int at = sentence.indexOf(BETWEEN);
        return at < 0 ? Optional.empty() : Optional.of(TO_FIX + sentence.substring(at + BETWEEN.length()));
    }
}
