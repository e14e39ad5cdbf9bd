package io.tidewatch.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Paths of fields as texts and as segments: {@code .spec.template.spec.containers[app].image}. An item of a list is a segment of its own in brackets:
 * by its place ({@code [0]}), or by the values that tell it apart ({@code [app]}), see {@link KeyedLists}.
 */
final class FieldPath {

    private FieldPath() {}

    static String text(List<String> segments) {
        StringBuilder text = new StringBuilder();
        for (String segment : segments) {
            text.append(isItem(segment) ? "" : ".").append(segment);
        }
        return text.toString();
    }

    /** Dots and brackets inside of brackets belong to a value. */
    static List<String> segments(String text) {
        List<String> segments = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            boolean item = text.charAt(from) == '[';
            int begin = item || text.charAt(from) != '.' ? from : from + 1;
            int end = item ? itemEnd(text, from) : nameEnd(text, begin);
            segments.add(text.substring(begin, end));
            from = end;
        }
        return segments;
    }

    static boolean isItem(String segment) {
        return segment.startsWith("[");
    }

    /** The segment of an item. */
    static String item(String label) {
        return "[" + label + "]";
    }

    private static int itemEnd(String text, int from) {
        int end = text.indexOf(']', from);
        while (end >= 0 && end + 1 < text.length() && text.charAt(end + 1) != '.' && text.charAt(end + 1) != '[') {
            end = text.indexOf(']', end + 1);
        }
        return end < 0 ? text.length() : end + 1;
    }

    private static int nameEnd(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
            end++;
        }
        return Math.max(end, Math.min(text.length(), from + 1));
    }
}
