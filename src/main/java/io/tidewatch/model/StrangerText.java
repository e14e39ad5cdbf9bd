package io.tidewatch.model;

/**
 * Makes foreign text safe to print, log, store and send: a commit's author and subject, an annotation, a file name, a message
 * of an API server or of a receiver.
 *
 * <p>What could move a cursor, reverse a line or hide in it is dropped: control and format characters, line and
 * paragraph separators, halves of surrogate pairs, private-use characters (Unicode Cc, Cf, Zl, Zp, Cs, Co). A run of
 * white space, line breaks included, becomes one space. What is longer than its bound ends in an ellipsis. Lengths are
 * counted in code points. The same text cleaned twice stays as it is.
 *
 * <p>It is for text that people read. An identifier that addresses an object (a name in a request path, a ref, a key)
 * is never passed through here.
 */
public final class StrangerText {

    private StrangerText() {}

    /** Text of at most {@link Limits#STRANGER_NAME} characters: a name, a ref, an annotation's value. */
    public static String name(String raw) {
        return bounded(raw, Limits.STRANGER_NAME);
    }

    /** Text of at most {@link Limits#STRANGER_MESSAGE} characters: a subject, a reason, an answer. */
    public static String message(String raw) {
        return bounded(raw, Limits.STRANGER_MESSAGE);
    }

    /** Our own words around quoted text: at most {@link Limits#LINE} characters. */
    public static String line(String raw) {
        return bounded(raw, Limits.LINE);
    }

    /** Lines that were composed already, as a terminal or a mail shows them: line breaks stay, and the length. */
    public static String block(String raw) {
        if (raw.codePoints().allMatch(character -> character == '\n' || !isForbidden(character))) {
            return raw;
        }
        StringBuilder clean = new StringBuilder(raw.length());
        raw.codePoints()
                .filter(character -> character == '\n' || character == '\t' || !isForbidden(character))
                .forEach(character -> clean.appendCodePoint(character == '\t' ? ' ' : character));
        return clean.toString();
    }

    /**
     * @param length the most code points that are kept, at least 1
     * @return {@code raw} itself where there is nothing to change
     */
    public static String bounded(String raw, int length) {
        if (isClean(raw, length)) {
            return raw;
        }
        StringBuilder clean = new StringBuilder(Math.min(raw.length(), length) + 1);
        int kept = 0;
        boolean gap = false;
        for (int i = 0; i < raw.length(); ) {
            int character = raw.codePointAt(i);
            i += Character.charCount(character);
            if (isSpace(character)) {
                gap = kept > 0;
            } else if (!isForbidden(character)) {
                int needed = gap ? 2 : 1;
                if (kept + needed > length) {
                    return shortened(clean, kept, length);
                }
                if (gap) {
                    clean.append(' ');
                }
                clean.appendCodePoint(character);
                kept += needed;
                gap = false;
            }
        }
        return clean.toString();
    }

    /** Whether a code point never reaches a terminal, a log or a message. */
    public static boolean isForbidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE -> true;
            default -> false;
        };
    }

    private static boolean isSpace(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == 0x85;
    }

    private static boolean isClean(String raw, int length) {
        int kept = 0;
        int before = ' ';
        for (int i = 0; i < raw.length(); ) {
            int character = raw.codePointAt(i);
            boolean space = isSpace(character);
            if (isForbidden(character) || (space && (character != ' ' || before == ' ')) || ++kept > length) {
                return false;
            }
            before = character;
            i += Character.charCount(character);
        }
        return before != ' ' || raw.isEmpty();
    }

    private static String shortened(StringBuilder clean, int kept, int length) {
        if (kept == length) {
            clean.setLength(clean.offsetByCodePoints(clean.length(), -1));
        }
        return clean.toString().stripTrailing() + "…";
    }
}
