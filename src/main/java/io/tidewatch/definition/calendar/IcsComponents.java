package io.tidewatch.definition.calendar;

import io.tidewatch.model.Limits;
import io.tidewatch.yaml.Nearest;
import io.tidewatch.yaml.Quoted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of an iCalendar file into components. A line that could decide about dates and is not understood is an error:
 * a line that is no property, a component that no calendar has at that place, an END that closes another component.
 */
final class IcsComponents {

    private static final String CALENDAR = "VCALENDAR";
    /** Inside of which component a component is read, and which are known there and do not decide about dates. */
    private static final Map<String, Set<String>> READ = Map.of(
            "", Set.of(CALENDAR), CALENDAR, Set.of("VEVENT", "VTIMEZONE"), "VTIMEZONE", Set.of("STANDARD", "DAYLIGHT"));

    private static final Map<String, Set<String>> IGNORED = Map.of(
            CALENDAR,
            Set.of("VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY", "VPOLL"),
            "VEVENT",
            Set.of("VALARM", "PARTICIPANT", "VLOCATION", "VRESOURCE"));
    /** Never inside of a component that is ignored. */
    private static final Set<String> NEVER_INSIDE = Set.of(CALENDAR, "VEVENT", "VTIMEZONE");

    private static final Set<String> OF_TIMES = Set.of("VALUE", "TZID");
    private static final Map<String, Map<String, Set<String>>> DECIDING = Map.of(
            CALENDAR,
            Map.of("VERSION", Set.of(), "CALSCALE", Set.of(), "METHOD", Set.of()),
            "VEVENT",
            Map.of(
                    "UID",
                    Set.of(),
                    "DTSTART",
                    OF_TIMES,
                    "DTEND",
                    OF_TIMES,
                    "DURATION",
                    Set.of("VALUE"),
                    "RRULE",
                    Set.of("VALUE"),
                    "EXRULE",
                    Set.of("VALUE"),
                    "RDATE",
                    OF_TIMES,
                    "EXDATE",
                    OF_TIMES,
                    "RECURRENCE-ID",
                    OF_TIMES,
                    "STATUS",
                    Set.of()),
            "VTIMEZONE",
            Map.of("TZID", Set.of()),
            "STANDARD",
            ofObservance(),
            "DAYLIGHT",
            ofObservance());
    /** Properties of events that are known and do not decide about dates. */
    private static final Set<String> KNOWN = Set.of(
            "DTSTAMP",
            "CREATED",
            "LAST-MODIFIED",
            "CLASS",
            "DESCRIPTION",
            "GEO",
            "LOCATION",
            "ORGANIZER",
            "PRIORITY",
            "SEQUENCE",
            "SUMMARY",
            "TRANSP",
            "URL",
            "ATTACH",
            "ATTENDEE",
            "CATEGORIES",
            "COMMENT",
            "CONTACT",
            "REQUEST-STATUS",
            "RELATED-TO",
            "RESOURCES",
            "COLOR",
            "IMAGE",
            "CONFERENCE",
            "NAME",
            "SOURCE",
            "STYLED-DESCRIPTION",
            "STRUCTURED-DATA",
            "LINK",
            "CONCEPT",
            "REFID",
            "BUSYTYPE");

    private static final int DEEPEST = 10;
    private static final int LONGEST_RULE = 1_000;
    private static final Set<String> RULES = Set.of("RRULE", "EXRULE");

    private final IcsProblems problems;
    private final List<IcsComponent> calendars = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private int events;
    private int observances;

    private IcsComponents(IcsProblems problems) {
        this.problems = problems;
    }

    /** @param component absent where the contents do not decide about dates */
    private record Open(String name, int line, @Nullable IcsComponent component) {}

    /** The calendars of a text, of which nothing counts where there are problems. */
    static List<IcsComponent> read(String text, IcsProblems problems) {
        IcsComponents reader = new IcsComponents(problems);
        reader.lines(text);
        return reader.calendars;
    }

    private static Map<String, Set<String>> ofObservance() {
        return Map.of(
                "DTSTART", Set.of("VALUE"),
                "TZOFFSETFROM", Set.of(),
                "TZOFFSETTO", Set.of(),
                "RRULE", Set.of("VALUE"),
                "EXRULE", Set.of("VALUE"),
                "RDATE", Set.of("VALUE"),
                "EXDATE", Set.of("VALUE"));
    }

    private void lines(String text) {
        int line = 1;
        int at = 0;
        while (at < text.length()) {
            int first = line;
            StringBuilder unfolded = new StringBuilder();
            boolean folded;
            do {
                int end = endOfLine(text, at);
                unfolded.append(text, at, end);
                at = afterBreak(text, end);
                line++;
                folded = at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t');
                if (folded) {
                    at++;
                }
            } while (folded);
            if (!line(first, unfolded.toString())) {
                return;
            }
        }
        if (!open.isEmpty()) {
            Open last = open.peek();
            problems.add(
                    last.line(),
                    "BEGIN:" + Quoted.cut(last.name()) + " has no END:" + Quoted.cut(last.name())
                            + "; is the file truncated?");
        }
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

    /** Whether the lines after this line can be read. */
    private boolean line(int number, String line) {
        if (line.isBlank()) {
            return true;
        }
        Optional<String> name = IcsLine.name(line);
        if (name.filter("BEGIN"::equals).isPresent()) {
            return begin(number, value(line));
        }
        if (name.filter("END"::equals).isPresent()) {
            return end(number, value(line));
        }
        if (open.isEmpty()) {
            problems.add(
                    number, Quoted.of(line) + " stands outside of BEGIN:VCALENDAR and END:VCALENDAR; remove this line");
            return false;
        }
        if (name.isEmpty()) {
            problems.add(
                    number,
                    Quoted.of(line) + " is not a property; a line that continues the line before begins with a space");
            return true;
        }
        IcsComponent component = open.peek().component();
        if (component != null) {
            property(component, number, name.get(), line);
        }
        return true;
    }

    private static String value(String line) {
        return line.substring(line.indexOf(':') + 1).strip().toUpperCase(Locale.ROOT);
    }

    private void property(IcsComponent component, int number, String name, String line) {
        Map<String, Set<String>> deciding = DECIDING.getOrDefault(component.name(), Map.of());
        Set<String> parameters = deciding.get(name);
        if (parameters != null) {
            if (RULES.contains(name) && line.length() > LONGEST_RULE) {
                problems.add(number, name + " is longer than " + LONGEST_RULE + " characters; shorten " + name);
                return;
            }
            IcsLine.strict(number, name, line, parameters, problems)
                    .ifPresentOrElse(
                            component.properties()::add,
                            () -> component.unreadable().add(name));
        } else if (component.name().equals("VEVENT")) {
            if (name.equals("SUMMARY")) {
                component.properties().add(IcsLine.lenient(number, name, line));
            } else if (!name.startsWith("X-") && !KNOWN.contains(name)) {
                Nearest.to(name, deciding.keySet())
                        .ifPresent(near -> problems.add(
                                number,
                                "an event has no property " + Quoted.cut(name) + "; did you mean " + near + "?"));
            }
        } else if (READ.getOrDefault(component.name(), Set.of()).isEmpty() && !name.startsWith("X-")) {
            Nearest.to(name, deciding.keySet())
                    .filter(near -> !name.equals("TZNAME") && !name.equals("COMMENT"))
                    .ifPresent(near -> problems.add(
                            number,
                            component.name() + " has no property " + Quoted.cut(name) + "; did you mean " + near
                                    + "?"));
        }
    }

    private boolean begin(int number, String name) {
        Open parent = open.peek();
        IcsComponent inside = parent == null ? null : parent.component();
        String place = parent == null ? "" : parent.name();
        boolean ignored = parent != null && inside == null;
        if (open.size() >= DEEPEST) {
            problems.add(number, "components are nested more than " + DEEPEST + " levels deep; no calendar is");
            return false;
        }
        if (ignored ? NEVER_INSIDE.contains(name) : !isKnown(place, name)) {
            problems.add(number, misplaced(place, name));
        }
        if (ignored || !READ.getOrDefault(place, Set.of()).contains(name)) {
            open.push(new Open(name, number, null));
            return true;
        }
        IcsComponent component = IcsComponent.begin(name, number);
        (inside == null ? calendars : inside.components()).add(component);
        open.push(new Open(name, number, component));
        return counted(number, name);
    }

    private static boolean isKnown(String place, String name) {
        return READ.getOrDefault(place, Set.of()).contains(name)
                || IGNORED.getOrDefault(place, Set.of()).contains(name)
                || (name.startsWith("X-") && !place.isEmpty());
    }

    private static String misplaced(String place, String name) {
        return place.isEmpty()
                ? Quoted.cut(name) + " stands outside of a VCALENDAR; write BEGIN:VCALENDAR before " + Quoted.cut(name)
                : "a calendar has no " + Quoted.cut(name) + " inside of " + Quoted.cut(place) + "; is an END:"
                        + Quoted.cut(place) + " missing, or the name wrong?";
    }

    private boolean counted(int number, String name) {
        events += name.equals("VEVENT") ? 1 : 0;
        observances += name.equals("STANDARD") || name.equals("DAYLIGHT") ? 1 : 0;
        if (events > Limits.ICS_EVENTS) {
            problems.add(
                    number,
                    String.format(
                            Locale.ROOT,
                            "the file has more than %,d events; name a file with those that matter here",
                            Limits.ICS_EVENTS));
            return false;
        }
        if (observances > Limits.ICS_OBSERVANCES) {
            problems.add(
                    number,
                    "its VTIMEZONEs have more than " + Limits.ICS_OBSERVANCES
                            + " STANDARD and DAYLIGHT; leave out the zones that no event names");
            return false;
        }
        return true;
    }

    private boolean end(int number, String name) {
        Open last = open.peek();
        if (last == null) {
            problems.add(number, "END:" + Quoted.cut(name) + " closes nothing; remove this line");
            return false;
        }
        if (!last.name().equals(name)) {
            problems.add(
                    number,
                    "END:" + Quoted.cut(name) + " stands where END:" + Quoted.cut(last.name())
                            + " must close the component of line " + last.line() + "; write END:"
                            + Quoted.cut(last.name()) + " first");
            return false;
        }
        open.pop();
        return true;
    }
}
