package io.tidewatch.yaml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts a file at its document markers, so that an unreadable document hides no other. A {@code ---} in the first
 * column is a marker wherever it stands, in a block text too.
 */
public final class YamlText {

    private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\n|\r");
    private static final Pattern MARKER = Pattern.compile("---(?:\\s.*)?");

    private YamlText() {}

    /** @param firstLine 1-based line of the file at which the text begins */
    public record Part(int firstLine, String text) {}

    public static List<Part> parts(String file) {
        List<Part> parts = new ArrayList<>();
        String[] lines = lines(file);
        int first = 0;
        boolean onlyPreamble = true;
        for (int i = 0; i < lines.length; i++) {
            boolean marker = MARKER.matcher(lines[i]).matches();
            if (marker && !onlyPreamble) {
                parts.add(part(lines, first, i));
                first = i;
            }
            onlyPreamble = !marker && onlyPreamble && isPreamble(lines[i]);
        }
        parts.add(part(lines, first, lines.length));
        return parts;
    }

    public static String[] lines(String file) {
        return LINE_BREAK.split(file, -1);
    }

    /** A directive belongs to the marker that follows it. */
    private static boolean isPreamble(String line) {
        return line.isBlank() || line.startsWith("#") || line.startsWith("%") || line.equals("\uFEFF");
    }

    private static Part part(String[] lines, int from, int to) {
        String text = String.join("\n", Arrays.asList(lines).subList(from, to));
        return new Part(from + 1, to < lines.length ? text + "\n" : text);
    }
}
