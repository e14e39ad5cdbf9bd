package io.tidewatch.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The objects that kubectl printed, without its messages. With {@code 2>&1} its warnings are before the objects, and its errors after
 * them.
 *
 * @param objects the text of the objects alone
 * @param linesBefore how many lines were removed before the objects
 * @param errors the lines about what kubectl could not get
 */
record KubectlText(String objects, int linesBefore, List<String> errors) {

    private static final Pattern MESSAGE = Pattern.compile(
            "(Warning: |[IWEF]\\d{4} \\d\\d:|No resources found|Error from server|error: |Unable to connect|The connection to).*");
    private static final Pattern ERROR = Pattern.compile("([Ee]rror|Unable|The connection).*");
    private static final int LONGEST = 200;

    static KubectlText of(String text) {
        List<String> errors = new ArrayList<>();
        int start = 0;
        int lines = 0;
        for (int end = lineEnd(text, start); start < text.length(); end = lineEnd(text, start)) {
            if (!isMessage(text.substring(start, Math.min(end, start + LONGEST)), errors)) {
                break;
            }
            start = Math.min(text.length(), end + 1);
            lines++;
        }
        int stop = text.length();
        while (stop > start) {
            int line = text.lastIndexOf('\n', stop - 2) + 1;
            if (line <= start || !isMessage(text.substring(line, Math.min(stop, line + LONGEST)), errors)) {
                break;
            }
            stop = line;
        }
        return new KubectlText(start == 0 && stop == text.length() ? text : text.substring(start, stop), lines, errors);
    }

    private static int lineEnd(String text, int start) {
        int end = text.indexOf('\n', start);
        return end < 0 ? text.length() : end;
    }

    /** Adds the line to the errors if it is an error. */
    private static boolean isMessage(String line, List<String> errors) {
        String message = line.strip();
        if (!MESSAGE.matcher(message).matches()) {
            return false;
        }
        if (ERROR.matcher(message).matches()) {
            errors.add(message);
        }
        return true;
    }
}
