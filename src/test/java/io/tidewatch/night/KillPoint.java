package io.tidewatch.night;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A moment of a night at which the process is killed.
 *
 * @param label which request
 * @param occurrence which of those that look the same, 1-based
 * @param before right before the server sees it; if not, right after the server has answered and nobody heard of it
 */
record KillPoint(String label, int occurrence, boolean before) {

    private static final Pattern TEXT = Pattern.compile("(before|after) (.+) #(\\d+)");

    /** What {@link #toString} says. */
    static KillPoint parse(String text) {
        Matcher read = TEXT.matcher(text);
        if (!read.matches()) {
            throw new IllegalArgumentException("not a moment: " + text);
        }
        return new KillPoint(
                read.group(2), Integer.parseInt(read.group(3)), read.group(1).equals("before"));
    }

    @Override
    public String toString() {
        return (before ? "before " : "after ") + label + " #" + occurrence;
    }
}
