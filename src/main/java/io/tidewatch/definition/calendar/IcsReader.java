package io.tidewatch.definition.calendar;

import io.tidewatch.definition.calendar.IcsMeter.TooMuch;
import io.tidewatch.model.Limits;
import io.tidewatch.model.Problem.Severity;
import io.tidewatch.model.definition.Calendar.IcsFile;
import io.tidewatch.model.definition.Days;
import io.tidewatch.yaml.InternalFault;
import io.tidewatch.yaml.Quoted;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the dates of an iCalendar file, or its errors. Every property that decides when an event happens must be understood: a
 * file with an error has no dates at all.
 */
public final class IcsReader {

    static final String NO_ICALENDAR = "not-icalendar";

    private static final String WRONG_EVENT = "wrong-event";
    private static final String OUTSIDE_RULE = "outside-rule";
    private static final String TOO_MANY = "too-many";
    /** What a property of the calendar must be, where it is written. */
    private static final Map<String, Set<String>> OF_CALENDAR = Map.of(
            "VERSION", Set.of("2.0"),
            "CALSCALE", Set.of("GREGORIAN"),
            "METHOD", Set.of("PUBLISH", "REQUEST"));

    private final String path;
    private final List<Said> said = new ArrayList<>();
    private final IcsMeter meter = new IcsMeter();
    private final IcsProblems problems = new IcsProblems();
    private final Set<String> unknownZones = new HashSet<>();

    private IcsReader(String path) {
        this.path = path;
    }

    /**
     * What a file comes to.
     *
     * @param said what is wrong with it
     * @param file absent where something is an error
     * @param occurrences how often its events happen
     */
    public record Read(List<Said> said, Optional<IcsFile> file, int occurrences) {
        public Read {
            said = List.copyOf(said);
        }
    }

    /** A problem of the file; the message begins with the file's path. */
    public record Said(Severity severity, String code, String message) {}

    /**
     * @param path names the file in messages
     * @param withNames whether to keep what the events are called, for people
     */
    public static Read read(String path, String text, boolean withNames) {
        IcsReader reader = new IcsReader(path);
        Optional<IcsFile> file = reader.file(text.startsWith("\uFEFF") ? text.substring(1) : text, withNames);
        reader.problems.sentences().forEach(words -> reader.error(WRONG_EVENT, words));
        reader.problems
                .notes()
                .forEach(words -> reader.said.add(new Said(Severity.WARNING, OUTSIDE_RULE, path + words)));
        boolean wrong = reader.said.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
        return new Read(reader.said, wrong ? Optional.empty() : file, reader.meter.occurrences());
    }

    private Optional<IcsFile> file(String text, boolean withNames) {
        if (text.length() > Limits.ICS_BYTES || text.getBytes(StandardCharsets.UTF_8).length > Limits.ICS_BYTES) {
            error(TOO_MANY, " is larger than " + (Limits.ICS_BYTES >> 20) + " MiB; name a file with those dates alone");
            return Optional.empty();
        }
        String upper = text.toUpperCase(Locale.ROOT);
        if (!upper.contains("BEGIN:VCALENDAR")) {
            error(NO_ICALENDAR, " is not an iCalendar file: BEGIN:VCALENDAR is missing");
            return Optional.empty();
        }
        if (!upper.stripTrailing().endsWith("END:VCALENDAR")) {
            error(NO_ICALENDAR, " ends without END:VCALENDAR; is the file truncated?");
            return Optional.empty();
        }
        try {
            return followed(text, withNames);
        } catch (TooMuch e) {
            error(TOO_MANY, ": " + e.words());
        } catch (RuntimeException e) {
            error(NO_ICALENDAR, " cannot be read: " + InternalFault.words(e));
        }
        return Optional.empty();
    }

    private Optional<IcsFile> followed(String text, boolean withNames) throws TooMuch {
        List<IcsComponent> calendars = IcsComponents.read(text, problems);
        List<List<IcsEvent>> read = new ArrayList<>();
        for (IcsComponent calendar : calendars) {
            read.add(events(calendar));
        }
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        BitSet days = new BitSet();
        List<IcsFile.Named> names = new ArrayList<>();
        for (List<IcsEvent> events : read) {
            IcsEvents followed = new IcsEvents(events, problems, meter, withNames);
            followed.follow();
            days.or(followed.days());
            names.addAll(followed.names());
        }
        if (days.isEmpty() && problems.isEmpty()) {
            boolean none = read.stream().allMatch(List::isEmpty);
            said.add(new Said(
                    Severity.WARNING,
                    "empty-calendar",
                    path + (none ? " has no event, so no date" : " has no date from 1970 to 2199")
                            + "; name another file"));
        }
        return Optional.of(new IcsFile(path, Days.of(days), names));
    }

    private List<IcsEvent> events(IcsComponent calendar) throws TooMuch {
        for (IcsLine line : calendar.properties()) {
            Set<String> allowed = OF_CALENDAR.getOrDefault(line.name(), Set.of());
            if (!allowed.contains(line.value().toUpperCase(Locale.ROOT))) {
                problems.add(
                        line.number(),
                        line.name() + " is " + Quoted.of(line.value())
                                + ", and its events would mean other dates; export the calendar with " + line.name()
                                + ":" + allowed.stream().sorted().findFirst().orElse(""));
            }
        }
        IcsZones zones = IcsZones.of(calendar, problems, meter);
        List<IcsEvent> events = new ArrayList<>();
        for (IcsComponent event : calendar.all("VEVENT")) {
            IcsEventReader.read(event, zones, problems, this::unknownZone).ifPresent(events::add);
        }
        return events;
    }

    private void unknownZone(int line, String tzid) {
        if (unknownZones.add(tzid)) {
            said.add(new Said(
                    Severity.WARNING,
                    "unknown-zone",
                    path + " line " + line + ": no VTIMEZONE describes the zone " + Quoted.of(tzid)
                            + ", nor is it an IANA name; its times count as written"));
        }
    }

    private void error(String code, String what) {
        said.add(new Said(Severity.ERROR, code, path + what));
    }
}
