package io.tidewatch.definition;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.ParseWarning;
import biweekly.property.RecurrenceRule;
import biweekly.property.Summary;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;

/**
 * What is wrong with an iCalendar file. The library passes over what it cannot read; a holiday would be lost that way
 * without a word, so whatever decides when an event is must be readable.
 */
final class IcsChecks {

    static final String NO_ICALENDAR = "not-icalendar";

    private static final String WRONG_EVENT = "wrong-event";
    private static final Set<String> WHEN =
            Set.of("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXRULE", "EXDATE", "RECURRENCE-ID");
    /** The library's number of "no such zone, neither described in the file nor known by name". */
    private static final int UNKNOWN_ZONE = 38;

    private final Place place;
    private final String path;
    private final Findings findings;
    private boolean unreadRule;

    IcsChecks(Place place, String path, Findings findings) {
        this.place = place;
        this.path = path;
        this.findings = findings;
    }

    void check(String text) {
        if (!text.contains("BEGIN:VCALENDAR")) {
            error(NO_ICALENDAR, " is not an iCalendar file: BEGIN:VCALENDAR is missing");
            return;
        }
        if (!text.stripTrailing().endsWith("END:VCALENDAR")) {
            error(NO_ICALENDAR, " is cut off: END:VCALENDAR is missing at its end");
            return;
        }
        List<List<ParseWarning>> warnings = new ArrayList<>();
        List<ICalendar> calendars = Biweekly.parse(text)
                .defaultTimezone(TimeZone.getTimeZone(ZoneOffset.UTC))
                .warnings(warnings)
                .all();
        warnings.forEach(all -> all.forEach(this::unread));
        calendars.forEach(calendar -> calendar.getEvents().forEach(this::event));
        if (calendars.stream().allMatch(calendar -> calendar.getEvents().isEmpty())) {
            findings.warning(place, "empty-calendar", path + " has no event, so no date; name another file");
        }
    }

    private void unread(ParseWarning warning) {
        Optional<String> property = Optional.ofNullable(warning.getPropertyName());
        if (property.filter(WHEN::contains).isPresent()) {
            unreadRule |= property.get().equals("RRULE");
            error(
                    WRONG_EVENT,
                    " line " + warning.getLineNumber() + ": " + property.get() + " cannot be read ("
                            + withoutStop(warning.getMessage()) + "); mend that line");
        } else if (Integer.valueOf(UNKNOWN_ZONE).equals(warning.getCode())) {
            findings.warning(
                    place,
                    "unknown-zone",
                    path + ": " + withoutStop(warning.getMessage().split("  ", -1)[0])
                            + ", nor is it an IANA name; its times count as written");
        }
    }

    private void event(VEvent event) {
        if (event.getDateStart() == null || event.getDateStart().getValue() == null) {
            error(WRONG_EVENT, ": the event" + called(event) + " has no DTSTART; say when it is");
            return;
        }
        for (RecurrenceRule rule : event.getProperties(RecurrenceRule.class)) {
            if (rule.getValue() != null && rule.getValue().getFrequency() == null && !unreadRule) {
                error(
                        WRONG_EVENT,
                        ": the RRULE of the event" + called(event) + " has no FREQ; write one, as FREQ=YEARLY");
            }
        }
    }

    private static String called(VEvent event) {
        Summary summary = event.getSummary();
        return Optional.ofNullable(summary == null ? null : summary.getValue())
                .map(written -> " \"" + written + "\"")
                .orElse("");
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private void error(String code, String what) {
        findings.error(place, code, path + what);
    }
}
