package io.tidewatch.definition.calendar;

import io.tidewatch.model.Limits;
import io.tidewatch.yaml.Quoted;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A look at the lines of an iCalendar file before the calendar library gets it: the library follows the rules of a VTIMEZONE
 * while it reads, from the year 1 on and as often as they say.
 */
final class IcsLines {

    private static final Set<String> EVENTS = Set.of("VEVENT", "VTODO", "VJOURNAL");
    private static final Set<String> OBSERVANCES = Set.of("STANDARD", "DAYLIGHT");
    private static final Set<String> RULES = Set.of("RRULE", "EXRULE");
    private static final Set<String> MORE_THAN_DAILY = Set.of("SECONDLY", "MINUTELY", "HOURLY");
    /** What the rules of time zones in use are made of; each with one value, but for the days among which a weekday is. */
    private static final Set<String> OF_ZONES =
            Set.of("FREQ", "BYMONTH", "BYDAY", "BYMONTHDAY", "UNTIL", "COUNT", "WKST", "INTERVAL");

    private static final int DAYS_OF_A_WEEK = 7;
    private static final int DEEPEST = 10;
    private static final int LONGEST_RULE = 1_000;

    private final Deque<String> open = new ArrayDeque<>();
    private int events;
    private int observances;

    private IcsLines() {}

    /** What keeps the file from being read, as it follows the file's name: {@code " line 7: …"}. */
    static Optional<String> complaint(String text) {
        return new IcsLines().look(text);
    }

    private Optional<String> look(String text) {
        int line = 1;
        int at = 0;
        while (at < text.length()) {
            int first = line;
            StringBuilder start = new StringBuilder();
            boolean folded;
            do {
                int end = endOfLine(text, at);
                int room = LONGEST_RULE + 1 - start.length();
                start.append(text, Math.min(at, end), Math.min(end, at + Math.max(0, room)));
                at = afterBreak(text, end);
                line++;
                folded = at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t');
                if (folded) {
                    at++;
                }
            } while (folded);
            Optional<String> complaint = judge(start.toString());
            if (complaint.isPresent()) {
                return Optional.of(" line " + first + ": " + complaint.get());
            }
        }
        return Optional.empty();
    }

    private static int endOfLine(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private static int afterBreak(String text, int end) {
        return text.startsWith("\r\n", end) ? end + 2 : Math.min(text.length(), end + 1);
    }

    private Optional<String> judge(String line) {
        int colon = colon(line);
        String name = name(line, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1).strip();
        if (name.equals("BEGIN")) {
            return begin(value.toUpperCase(Locale.ROOT));
        }
        if (name.equals("END")) {
            end(value.toUpperCase(Locale.ROOT));
            return Optional.empty();
        }
        if (!RULES.contains(name)) {
            return Optional.empty();
        }
        if (line.length() > LONGEST_RULE) {
            return Optional.of(name + " is longer than " + LONGEST_RULE + " characters; shorten it");
        }
        return EVENTS.contains(open.isEmpty() ? "" : open.peek()) ? ofEvent(name, value) : ofZone(name, value);
    }

    private Optional<String> begin(String component) {
        open.push(component);
        if (open.size() > DEEPEST) {
            return Optional.of("components are nested more than " + DEEPEST + " levels deep; no calendar is");
        }
        if (EVENTS.contains(component)) {
            events++;
        }
        if (OBSERVANCES.contains(component)) {
            observances++;
        }
        if (events > Limits.ICS_EVENTS) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "the file has more than %,d events; name one with those that matter here",
                    Limits.ICS_EVENTS));
        }
        return observances > Limits.ICS_OBSERVANCES
                ? Optional.of("its VTIMEZONEs have more than " + Limits.ICS_OBSERVANCES
                        + " STANDARD and DAYLIGHT; leave out the zones that no event names")
                : Optional.empty();
    }

    /** As the library does it: an end closes what was opened inside as well; one of nothing is passed over. */
    private void end(String component) {
        if (open.contains(component)) {
            while (!open.pop().equals(component)) {
                // what was not closed by itself
            }
        }
    }

    private static Optional<String> ofEvent(String name, String value) {
        for (String part : value.toUpperCase(Locale.ROOT).split(";", -1)) {
            if (part.startsWith("FREQ=")
                    && MORE_THAN_DAILY.contains(part.substring("FREQ=".length()).strip())) {
                return Optional.of(name + " is " + part + "; an event marks dates, write FREQ=DAILY");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> ofZone(String name, String value) {
        boolean yearly = false;
        for (String part : value.toUpperCase(Locale.ROOT).split(";", -1)) {
            int equals = part.indexOf('=');
            String key = part.substring(0, Math.max(0, equals)).strip();
            String[] values = part.substring(equals + 1).strip().split(",", -1);
            yearly |= key.equals("FREQ") && values[0].equals("YEARLY");
            boolean many = values.length > (key.equals("BYMONTHDAY") ? DAYS_OF_A_WEEK : 1);
            boolean still = key.equals("INTERVAL") && !values[0].equals("1");
            if (!part.isBlank() && (!OF_ZONES.contains(key) || many || still)) {
                return Optional.of(name + " of a time zone contains " + Quoted.cut(part)
                        + "; a zone changes its clocks once a year");
            }
        }
        return yearly
                ? Optional.empty()
                : Optional.of(name + " of a time zone is not FREQ=YEARLY; a zone changes its clocks once a year");
    }

    /** Of a line {@code group.NAME;PARAMETER="a:b":VALUE}. */
    private static int colon(String line) {
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '"') {
                quoted = !quoted;
            } else if (line.charAt(i) == ':' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    private static String name(String line, int colon) {
        String before = colon < 0 ? line : line.substring(0, colon);
        int semicolon = before.indexOf(';');
        String name = semicolon < 0 ? before : before.substring(0, semicolon);
        return name.substring(name.lastIndexOf('.') + 1).strip().toUpperCase(Locale.ROOT);
    }
}
