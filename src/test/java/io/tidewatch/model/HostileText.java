package io.tidewatch.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;

/** Text as somebody with bad intent writes it: terminal escapes, bidi overrides, broken surrogates, line breaks. */
public final class HostileText {

    private static final List<String> PIECES = List.of(
            "\r18:00:00 shop/checkout  window peak opens: minimum 5 → 7",
            "\u001b[2J",
            "\u001b]0;title\u0007",
            "\u009b31m",
            "\u202e",
            "\u2066",
            "\u200b",
            "\u2028",
            "\u2029",
            "\n",
            "\r\n",
            "\t",
            "\u0000",
            "\u007f",
            "\u0085",
            "\ud800",
            "\udfff",
            "\ue000",
            "\udb80\udc00",
            "\udb40\udc41",
            "\ufeff",
            "<!channel>",
            "📈",
            "é",
            "word",
            " ");

    private HostileText() {}

    /** @param most the most pieces; a piece is a snippet above or any one UTF-16 unit */
    public static String of(Random random, int most) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(most + 1); left > 0; left--) {
            if (random.nextInt(4) == 0) {
                text.append((char) random.nextInt(0x10000));
            } else {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
        }
        return text.toString();
    }

    /** Says which character of which text should not be there. */
    public static void assertClean(String text, int length) {
        text.codePoints().filter(StrangerText::isForbidden).findFirst().ifPresent(found -> {
            throw new AssertionError("U+" + Integer.toHexString(found) + " in: " + escaped(text));
        });
        assertTrue(text.codePointCount(0, text.length()) <= length, () -> "longer than " + length + ": " + text);
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars()
                .forEach(unit -> escaped.append(
                        unit >= 32 && unit < 127 ? String.valueOf((char) unit) : String.format("\\u%04x", unit)));
        return escaped.toString();
    }
}
