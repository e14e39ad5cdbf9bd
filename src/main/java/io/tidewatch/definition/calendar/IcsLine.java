package io.tidewatch.definition.calendar;

import io.tidewatch.yaml.Quoted;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One property of a component: a content line of RFC 5545, unfolded.
 *
 * @param number of the first of its lines in the file, counted from 1
 * @param name in capitals
 * @param parameters by name in capitals, without quotation marks
 */
record IcsLine(int number, String name, Map<String, String> parameters, String value) {

    /** The name of a line {@code NAME;PARAMETER="a:b":VALUE}, in capitals; absent where the line is no property. */
    static Optional<String> name(String line) {
        int end = 0;
        while (end < line.length() && isOfName(line.charAt(end))) {
            end++;
        }
        boolean ended = end < line.length() && (line.charAt(end) == ':' || line.charAt(end) == ';');
        return end > 0 && ended && line.indexOf(':', end) >= 0
                ? Optional.of(line.substring(0, end).toUpperCase(Locale.ROOT))
                : Optional.empty();
    }

    /** A property of which the value alone is of interest, whatever its parameters are. */
    static IcsLine lenient(int number, String name, String line) {
        boolean quoted = false;
        int colon = line.indexOf(':');
        for (int i = name.length(); i < line.length(); i++) {
            char c = line.charAt(i);
            quoted ^= c == '"';
            if (c == ':' && !quoted) {
                colon = i;
                break;
            }
        }
        return new IcsLine(number, name, Map.of(), line.substring(colon + 1));
    }

    /** A property that decides about dates: every character of its parameters is understood, or the line is an error. */
    static Optional<IcsLine> strict(int number, String name, String line, Set<String> allowed, IcsProblems problems) {
        Map<String, String> parameters = new LinkedHashMap<>();
        int at = name.length();
        while (line.charAt(at) == ';') {
            int equals = at + 1;
            while (equals < line.length() && isOfName(line.charAt(equals))) {
                equals++;
            }
            String parameter = line.substring(at + 1, equals).toUpperCase(Locale.ROOT);
            if (parameter.isEmpty() || equals >= line.length() || line.charAt(equals) != '=') {
                return unreadable(number, name, line, problems);
            }
            int end = endOfParameter(line, equals + 1);
            if (end >= line.length()) {
                return unreadable(number, name, line, problems);
            }
            String written = line.substring(equals + 1, end);
            boolean quoted = written.length() > 1 && written.startsWith("\"");
            String value = quoted ? written.substring(1, written.length() - 1) : written;
            if (parameters.put(parameter, value) != null) {
                problems.add(
                        number,
                        name + " has the parameter " + Quoted.cut(parameter) + " twice; write " + parameter + " once");
            } else if (!parameter.startsWith("X-") && !allowed.contains(parameter)) {
                problems.add(number, unknown(name, parameter));
            } else if (value.isBlank() || (!quoted && value.indexOf(',') >= 0)) {
                problems.add(
                        number,
                        name + " has the parameter " + Quoted.cut(parameter + "=" + value)
                                + ", which is not a single value; write one value");
            }
            at = end;
        }
        return Optional.of(
                new IcsLine(number, name, parameters, line.substring(at + 1).strip()));
    }

    private static String unknown(String name, String parameter) {
        return parameter.equals("RANGE")
                ? name
                        + " has RANGE, which changes all later dates of the series; export each changed date as an event of its own"
                : name + " has the parameter " + Quoted.cut(parameter) + ", which could change its meaning; remove "
                        + Quoted.cut(parameter);
    }

    private static Optional<IcsLine> unreadable(int number, String name, String line, IcsProblems problems) {
        problems.add(
                number,
                name + " cannot be read: " + Quoted.of(line) + "; write " + name
                        + ", its parameters, a colon and its value");
        return Optional.empty();
    }

    /** Where {@code ;} or {@code :} follows a parameter's value; the line's length where none does. */
    private static int endOfParameter(String line, int from) {
        if (from < line.length() && line.charAt(from) == '"') {
            int closing = line.indexOf('"', from + 1);
            boolean ends = closing >= 0
                    && closing + 1 < line.length()
                    && (line.charAt(closing + 1) == ';' || line.charAt(closing + 1) == ':');
            return ends ? closing + 1 : line.length();
        }
        int end = from;
        while (end < line.length() && line.charAt(end) != ';' && line.charAt(end) != ':') {
            if (line.charAt(end) == '"') {
                return line.length();
            }
            end++;
        }
        return end;
    }

    private static boolean isOfName(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }
}
