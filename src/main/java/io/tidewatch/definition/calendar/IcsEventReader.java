package io.tidewatch.definition.calendar;

import io.tidewatch.definition.calendar.IcsText.Length;
import io.tidewatch.yaml.Quoted;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Reads a VEVENT. What decides about its dates is read in full, or is an error with its line. */
final class IcsEventReader {

    private static final Set<String> UTC_NAMES = Set.of("UTC", "GMT", "ETC/UTC", "ETC/GMT", "Z");
    private static final List<String> ONCE =
            List.of("UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RECURRENCE-ID", "STATUS");
    private static final List<String> STATUS = List.of("TENTATIVE", "CONFIRMED", "CANCELLED");
    private static final LocalTime LAST_SECOND = LocalTime.of(23, 59, 59);

    private final IcsComponent event;
    private final IcsZones zones;
    private final IcsProblems problems;
    private final BiConsumer<Integer, String> unknownZone;
    private final String called;

    private IcsEventReader(
            IcsComponent event, IcsZones zones, IcsProblems problems, BiConsumer<Integer, String> unknownZone) {
        this.event = event;
        this.zones = zones;
        this.problems = problems;
        this.unknownZone = unknownZone;
        this.called = summary(event).map(words -> " " + Quoted.of(words)).orElse("");
    }

    /**
     * @param unknownZone is given the line and the name of each zone that nobody knows
     * @return absent with an error
     */
    static Optional<IcsEvent> read(
            IcsComponent event, IcsZones zones, IcsProblems problems, BiConsumer<Integer, String> unknownZone) {
        return new IcsEventReader(event, zones, problems, unknownZone).read();
    }

    private static Optional<String> summary(IcsComponent event) {
        return event.every("SUMMARY").stream()
                .map(line -> IcsZones.unescaped(line.value()))
                .filter(words -> !words.isBlank())
                .findFirst();
    }

    private Optional<IcsEvent> read() {
        for (String name : ONCE) {
            List<IcsLine> lines = event.every(name);
            if (lines.size() > 1) {
                problems.add(
                        lines.get(1).number(), "the event" + called + " has " + name + " twice; remove one of them");
            }
        }
        Optional<IcsLine> startLine = first("DTSTART");
        if (startLine.isEmpty() && !event.unreadable().contains("DTSTART")) {
            problems.add(event.line(), "the event" + called + " has no DTSTART; add one");
        }
        Optional<IcsTime> start = startLine.flatMap(line -> time(line, line.value()));
        Optional<IcsTime> end = first("DTEND").flatMap(line -> time(line, line.value()));
        Optional<Length> length = first("DURATION").flatMap(this::length);
        Optional<IcsRule> rule = first("RRULE").flatMap(this::rule);
        List<IcsRule> exceptionRules = new ArrayList<>();
        event.every("EXRULE").forEach(line -> rule(line).ifPresent(exceptionRules::add));
        List<IcsTime> further = new ArrayList<>();
        List<IcsTime> exceptions = new ArrayList<>();
        event.every("RDATE").forEach(line -> times(line, start, further));
        event.every("EXDATE").forEach(line -> times(line, start, exceptions));
        Optional<IcsTime> replaces = first("RECURRENCE-ID").flatMap(line -> time(line, line.value()));
        boolean cancelled = first("STATUS").filter(this::cancels).isPresent();
        String uid = first("UID").map(IcsLine::value).orElse("");
        alone(uid);
        if (start.isEmpty()) {
            return Optional.empty();
        }
        end.ifPresent(to -> ends(start.get(), to));
        rule.ifPresent(r -> fits(r, "RRULE", start.get()));
        exceptionRules.forEach(r -> fits(r, "EXRULE", start.get()));
        length.ifPresent(l -> {
            if (start.get().isDate() && !l.time().isZero()) {
                line("DURATION", "is a time, and DTSTART is a date; write DURATION in days, as P1D");
            }
        });
        return Optional.of(new IcsEvent(
                event.line(),
                uid,
                summary(event).orElse(""),
                written(),
                cancelled,
                start.get(),
                end,
                length,
                rule,
                exceptionRules,
                further,
                exceptions,
                replaces));
    }

    private List<String> written() {
        return event.properties().stream()
                .filter(line -> !line.name().equals("SUMMARY"))
                .map(line -> line.name() + line.parameters() + line.value())
                .sorted()
                .toList();
    }

    /** The properties that exclude each other in an event. */
    private void alone(String uid) {
        if (first("DTEND").isPresent() && first("DURATION").isPresent()) {
            line("DURATION", "stands beside DTEND; remove one of them");
        }
        if (first("RECURRENCE-ID").isEmpty()) {
            return;
        }
        if (uid.isEmpty()) {
            line("RECURRENCE-ID", "needs the UID of the series that it changes; add UID");
        }
        for (String name : List.of("RRULE", "EXRULE", "RDATE")) {
            if (first(name).isPresent()) {
                line(name, "stands beside RECURRENCE-ID, and a changed date does not recur; remove one of them");
            }
        }
    }

    private void ends(IcsTime start, IcsTime end) {
        if (start.isDate() != end.isDate() || !start.comparableWith(end)) {
            line("DTEND", differs(end, start));
            return;
        }
        boolean before = start.instant().isPresent()
                ? end.instant().orElseThrow().isBefore(start.instant().orElseThrow())
                : end.written().isBefore(start.written());
        if (before) {
            line("DTEND", "is before DTSTART; correct one of them");
        }
    }

    /** What is wrong with a time that is compared with the event's start, as it follows the property's name. */
    static String differs(IcsTime time, IcsTime start) {
        return "is " + kind(time) + ", and DTSTART is " + kind(start) + "; write both in the same way";
    }

    private static String kind(IcsTime time) {
        return switch (time.kind()) {
            case DATE -> "a date";
            case FLOATING -> "a time without a zone";
            case FIXED -> "a time with a known zone";
            case UNKNOWN -> "a time in the unknown zone " + Quoted.of(time.tzid());
        };
    }

    private void fits(IcsRule rule, String name, IcsTime start) {
        boolean times = List.of("BYHOUR", "BYMINUTE", "BYSECOND").stream().anyMatch(rule::has);
        if (start.isDate() && times) {
            problems.add(rule.line(), name + " has BYHOUR, BYMINUTE or BYSECOND, and DTSTART is a date; remove them");
        }
        rule.until().ifPresent(until -> {
            boolean wholeDay = until.isDate() || isWholeDay(until);
            if (start.isDate() ? !wholeDay : until.isDate()) {
                problems.add(rule.line(), name + " has an UNTIL that " + differs(until, start));
            } else if (start.kind() == IcsTime.Kind.UNKNOWN && until.kind() == IcsTime.Kind.FIXED) {
                problems.add(
                        rule.line(),
                        name + " has an UNTIL in UTC, and nobody knows the zone " + Quoted.of(start.tzid())
                                + " of DTSTART; write the IANA name of the zone");
            }
        });
    }

    /** The first or the last second of a day, as generators write them for dates. */
    private static boolean isWholeDay(IcsTime time) {
        LocalTime clock = time.written().toLocalTime();
        return clock.equals(LocalTime.MIDNIGHT) || clock.equals(LAST_SECOND);
    }

    private void times(IcsLine line, Optional<IcsTime> start, List<IcsTime> into) {
        List<IcsTime> times = new ArrayList<>();
        for (String one : line.value().split(",", -1)) {
            Optional<IcsTime> time = time(line, one);
            if (time.isEmpty()) {
                return;
            }
            times.add(time.get());
        }
        for (IcsTime time : times) {
            if (time.isDate() != times.get(0).isDate()) {
                problems.add(line.number(), line.name() + " lists dates and times; write them in lines of their own");
                return;
            }
            boolean wrong = start.isPresent()
                    && !(line.name().equals("EXDATE") ? excepts(time, start.get()) : time.comparableWith(start.get()));
            if (wrong) {
                problems.add(line.number(), line.name() + " " + differs(time, start.orElseThrow()));
                return;
            }
        }
        into.addAll(times);
    }

    /** An exception may be a date where the series has times, and the midnight of a date where the series has dates. */
    static boolean excepts(IcsTime exception, IcsTime start) {
        return exception.isDate()
                || (start.isDate()
                        ? exception.written().toLocalTime().equals(LocalTime.MIDNIGHT)
                        : exception.comparableWith(start));
    }

    private boolean cancels(IcsLine line) {
        String status = line.value().toUpperCase(Locale.ROOT);
        if (!STATUS.contains(status)) {
            problems.add(
                    line.number(),
                    "STATUS is " + Quoted.of(line.value()) + "; write TENTATIVE, CONFIRMED or CANCELLED");
        }
        return status.equals("CANCELLED");
    }

    private Optional<IcsRule> rule(IcsLine line) {
        isOfType(line, "RECUR");
        return IcsRuleReader.ofEvent(line, problems);
    }

    private Optional<Length> length(IcsLine line) {
        isOfType(line, "DURATION");
        Optional<Length> length = IcsText.length(line.value());
        if (length.isEmpty()) {
            problems.add(
                    line.number(),
                    "DURATION is " + Quoted.of(line.value())
                            + ", which is no length; write DURATION as P1D or PT1H30M");
        }
        return length;
    }

    private void isOfType(IcsLine line, String type) {
        String value = line.parameters().getOrDefault("VALUE", type);
        if (!value.equalsIgnoreCase(type)) {
            problems.add(line.number(), line.name() + " has VALUE=" + Quoted.cut(value) + "; remove VALUE");
        }
    }

    private Optional<IcsTime> time(IcsLine line, String text) {
        Map<String, String> parameters = line.parameters();
        String type = parameters.getOrDefault("VALUE", "").toUpperCase(Locale.ROOT);
        if (type.equals("PERIOD")) {
            return wrong(line, "lists periods, which are not followed; write each as an event of its own");
        }
        if (!type.isEmpty() && !type.equals("DATE") && !type.equals("DATE-TIME")) {
            return wrong(line, "has VALUE=" + Quoted.cut(type) + "; write VALUE=DATE or VALUE=DATE-TIME");
        }
        Optional<IcsTime> date = IcsText.date(text).map(day -> IcsTime.date(day.atStartOfDay()));
        boolean utc = text.endsWith("Z");
        Optional<IcsTime> time =
                IcsText.time(utc ? text.substring(0, text.length() - 1) : text).map(IcsTime::floating);
        if (date.isEmpty() && time.isEmpty()) {
            return wrong(
                    line,
                    "is " + Quoted.of(text)
                            + ", which is no date and no time that exists; write year, month and day, as 20261225 or 20261225T180000");
        }
        if (type.equals("DATE") && date.isEmpty()) {
            return wrong(line, "has VALUE=DATE and is the time " + Quoted.of(text) + "; remove VALUE=DATE or the time");
        }
        if (type.equals("DATE-TIME") && time.isEmpty()) {
            return wrong(line, "has VALUE=DATE-TIME and is the date " + Quoted.of(text) + "; write VALUE=DATE");
        }
        if (date.isPresent()) {
            return date;
        }
        Optional<String> tzid = Optional.ofNullable(parameters.get("TZID"));
        if (utc
                && tzid.filter(id -> !UTC_NAMES.contains(id.toUpperCase(Locale.ROOT)))
                        .isPresent()) {
            return wrong(line, "has a TZID and the Z of UTC; remove one of them");
        }
        return Optional.of(utc ? IcsTime.utc(time.get().written()) : local(line, time.get(), tzid));
    }

    private IcsTime local(IcsLine line, IcsTime floating, Optional<String> tzid) {
        if (tzid.isEmpty()) {
            return floating;
        }
        Optional<IcsZone> zone = zones.zone(tzid.get());
        if (zone.isEmpty()) {
            unknownZone.accept(line.number(), tzid.get());
        }
        return zone.isPresent()
                ? new IcsTime(floating.written(), IcsTime.Kind.FIXED, "", zone)
                : new IcsTime(floating.written(), IcsTime.Kind.UNKNOWN, tzid.get(), zone);
    }

    private Optional<IcsTime> wrong(IcsLine line, String words) {
        problems.add(line.number(), line.name() + " " + words);
        return Optional.empty();
    }

    private void line(String name, String words) {
        problems.add(first(name).map(IcsLine::number).orElse(event.line()), name + " " + words);
    }

    private Optional<IcsLine> first(String name) {
        return event.every(name).stream().findFirst();
    }
}
