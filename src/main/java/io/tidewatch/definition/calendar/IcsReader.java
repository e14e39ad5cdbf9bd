package io.tidewatch.definition.calendar;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.ParseWarning;
import biweekly.property.ExceptionRule;
import biweekly.property.RecurrenceProperty;
import biweekly.property.RecurrenceRule;
import biweekly.property.Summary;
import io.tidewatch.definition.calendar.IcsMeter.TooMuch;
import io.tidewatch.model.Limits;
import io.tidewatch.model.Problem.Severity;
import io.tidewatch.model.definition.Calendar.IcsFile;
import io.tidewatch.model.definition.Days;
import io.tidewatch.yaml.InternalFault;
import io.tidewatch.yaml.Quoted;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Stream;

/**
 * The dates of an iCalendar file, or what is wrong with it. The library passes over what it cannot read; a holiday would be
 * lost that way without a word, so whatever decides when an event is must be readable.
 */
public final class IcsReader {

    static final String NO_ICALENDAR = "not-icalendar";

    private static final String WRONG_EVENT = "wrong-event";
    private static final String TOO_MANY = "too-many";
    private static final Set<String> WHEN =
            Set.of("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXRULE", "EXDATE", "RECURRENCE-ID");
    /** The library's number of "no such zone, neither described in the file nor known by name". */
    private static final int UNKNOWN_ZONE = 38;

    private static final int LONGEST_SENTENCE = 200;

    private final String path;
    private final List<Said> said = new ArrayList<>();
    private final IcsMeter meter = new IcsMeter();
    private boolean unreadRule;

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

    /** One thing that is wrong; the message begins with the file's path. */
    public record Said(Severity severity, String code, String message) {}

    /**
     * @param path names the file in what is said
     * @param withNames whether to keep what the events are called, for people
     */
    public static Read read(String path, String text, boolean withNames) {
        IcsReader reader = new IcsReader(path);
        Optional<IcsFile> file = reader.file(text, withNames);
        boolean wrong = reader.said.stream().anyMatch(one -> one.severity() == Severity.ERROR);
        return new Read(reader.said, wrong ? Optional.empty() : file, reader.meter.occurrences());
    }

    private Optional<IcsFile> file(String text, boolean withNames) {
        if (text.length() > Limits.ICS_BYTES || text.getBytes(StandardCharsets.UTF_8).length > Limits.ICS_BYTES) {
            error(TOO_MANY, " is larger than " + (Limits.ICS_BYTES >> 20) + " MiB; name a file with those dates alone");
            return Optional.empty();
        }
        if (!text.contains("BEGIN:VCALENDAR")) {
            error(NO_ICALENDAR, " is not an iCalendar file: BEGIN:VCALENDAR is missing");
            return Optional.empty();
        }
        if (!text.stripTrailing().endsWith("END:VCALENDAR")) {
            error(NO_ICALENDAR, " ends without END:VCALENDAR; is the file truncated?");
            return Optional.empty();
        }
        Optional<String> refused = IcsLines.complaint(text);
        if (refused.isPresent()) {
            error(WRONG_EVENT, refused.get());
            return Optional.empty();
        }
        try {
            return followed(text, withNames);
        } catch (TooMuch e) {
            error(TOO_MANY, ": " + e.words());
        } catch (RuntimeException | StackOverflowError e) {
            error(NO_ICALENDAR, " cannot be read: " + InternalFault.words(e));
        }
        return Optional.empty();
    }

    private Optional<IcsFile> followed(String text, boolean withNames) throws TooMuch {
        List<List<ParseWarning>> warnings = new ArrayList<>();
        List<ICalendar> calendars = Biweekly.parse(text)
                .defaultTimezone(TimeZone.getTimeZone(ZoneOffset.UTC))
                .warnings(warnings)
                .all();
        warnings.forEach(all -> all.forEach(this::unread));
        calendars.forEach(calendar -> calendar.getEvents().forEach(this::event));
        if (calendars.stream().allMatch(calendar -> calendar.getEvents().isEmpty())) {
            said.add(new Said(
                    Severity.WARNING, "empty-calendar", path + " has no event, so no date; name another file"));
        }
        if (said.stream().anyMatch(one -> one.severity() == Severity.ERROR)) {
            return Optional.empty();
        }
        BitSet days = new BitSet();
        List<IcsFile.Named> names = new ArrayList<>();
        for (ICalendar calendar : calendars) {
            IcsEvents events = new IcsEvents(calendar, meter, withNames);
            events.follow();
            days.or(events.days());
            names.addAll(events.names());
        }
        return Optional.of(new IcsFile(path, Days.of(days), names));
    }

    private void unread(ParseWarning warning) {
        Optional<String> property = Optional.ofNullable(warning.getPropertyName());
        if (property.filter(WHEN::contains).isPresent()) {
            unreadRule |= property.get().equals("RRULE");
            error(
                    WRONG_EVENT,
                    " line " + warning.getLineNumber() + ": " + property.get() + " cannot be read ("
                            + withoutStop(warning.getMessage()) + "); fix that line");
        } else if (Integer.valueOf(UNKNOWN_ZONE).equals(warning.getCode())) {
            said.add(new Said(
                    Severity.WARNING,
                    "unknown-zone",
                    path + ": " + withoutStop(warning.getMessage().split("  ", -1)[0])
                            + ", nor is it an IANA name; its times count as written"));
        }
    }

    private void event(VEvent event) {
        if (event.getDateStart() == null || event.getDateStart().getValue() == null) {
            error(WRONG_EVENT, ": the event" + called(event) + " has no DTSTART; add one");
            return;
        }
        for (RecurrenceRule rule : event.getProperties(RecurrenceRule.class)) {
            if (rule.getValue() != null && rule.getValue().getFrequency() == null && !unreadRule) {
                error(
                        WRONG_EVENT,
                        ": the RRULE of the event" + called(event) + " has no FREQ; write one, as FREQ=YEARLY");
            }
        }
        Stream.<RecurrenceProperty>concat(
                        event.getProperties(RecurrenceRule.class).stream(),
                        event.getProperties(ExceptionRule.class).stream())
                .flatMap(property -> Optional.ofNullable(property.getValue()).stream())
                .flatMap(rule -> IcsRules.complaint(rule).stream())
                .forEach(complaint ->
                        error(WRONG_EVENT, ": of the RRULE of the event" + called(event) + ", " + complaint));
    }

    private static String called(VEvent event) {
        Summary summary = event.getSummary();
        return Optional.ofNullable(summary == null ? null : summary.getValue())
                .map(written -> " " + Quoted.of(written))
                .orElse("");
    }

    private static String withoutStop(String sentence) {
        String words = sentence.length() > LONGEST_SENTENCE ? sentence.substring(0, LONGEST_SENTENCE) + "…" : sentence;
        return words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
    }

    private void error(String code, String what) {
        said.add(new Said(Severity.ERROR, code, path + what));
    }
}
