package io.tidewatch.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What kubectl printed, apart from what it said besides: with {@code 2>&1} its warnings come before the objects, and what
 * it was refused after them.
 *
 * @param objects the text of the objects alone
 * @param linesBefore how many lines were taken away before it
 * @param refusals what could not be had
 */
record KubectlText(String objects, int linesBefore, List<String> refusals) {

    private static final Pattern SAID = Pattern.compile(
            "(Warning: |[IWEF]\\d{4} \\d\\d:|No resources found|Error from server|error: |Unable to connect|The connection to).*");
    private static final Pattern REFUSAL = Pattern.compile("([Ee]rror|Unable|The connection).*");
    private static final int LONGEST = 200;

    static KubectlText of(String text) {
        List<String> refusals = new ArrayList<>();
        int start = 0;
        int lines = 0;
        for (int end = lineEnd(text, start); start < text.length(); end = lineEnd(text, start)) {
            if (!takes(text.substring(start, Math.min(end, start + LONGEST)), refusals)) {
                break;
            }
            start = Math.min(text.length(), end + 1);
            lines++;
        }
        int stop = text.length();
        while (stop > start) {
            int line = text.lastIndexOf('\n', stop - 2) + 1;
            if (line <= start || !takes(text.substring(line, Math.min(stop, line + LONGEST)), refusals)) {
                break;
            }
            stop = line;
        }
        return new KubectlText(
                start == 0 && stop == text.length() ? text : text.substring(start, stop), lines, refusals);
    }

    private static int lineEnd(String text, int start) {
        int end = text.indexOf('\n', start);
        return end < 0 ? text.length() : end;
    }

    private static boolean takes(String line, List<String> refusals) {
        String said = line.strip();
        if (!SAID.matcher(said).matches()) {
            return false;
        }
        if (REFUSAL.matcher(said).matches()) {
            refusals.add(said);
        }
        return true;
    }
}
