package io.tidewatch.definition.calendar;

import io.tidewatch.definition.calendar.IcsMeter.TooMuch;
import io.tidewatch.definition.calendar.IcsText.Length;
import io.tidewatch.model.definition.Calendar.IcsFile.Named;
import io.tidewatch.model.definition.Days;
import io.tidewatch.yaml.Quoted;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The dates that the events of one VCALENDAR touch, on the wall clock that each event is written in: a UTC time counts for
 * its UTC date. Recurrences with their exceptions and moved instances are followed up to {@link Days#HORIZON}; cancelled
 * events touch nothing.
 */
final class IcsEvents {

    private static final int SUMMARY_LENGTH = 200;
    private static final long DAYS_FOLLOWED = Days.HORIZON.toEpochDay();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);
    private static final LocalTime LAST_SECOND = LocalTime.of(23, 59, 59);

    private final List<IcsEvent> events;
    private final IcsProblems problems;
    private final IcsMeter meter;
    private final Map<String, List<IcsEvent>> replacing = new HashMap<>();
    private final BitSet days = new BitSet();
    private final List<Named> names = new ArrayList<>();
    private final boolean withNames;

    /**
     * @param meter throws where the events come to more than is worked out
     * @param withNames whether to keep what the events are called
     */
    IcsEvents(List<IcsEvent> events, IcsProblems problems, IcsMeter meter, boolean withNames) {
        this.events = events;
        this.problems = problems;
        this.meter = meter;
        this.withNames = withNames;
        for (IcsEvent event : events) {
            if (event.replaces().isPresent()) {
                replacing.computeIfAbsent(event.uid(), uid -> new ArrayList<>()).add(event);
            }
        }
    }

    /** Adds a problem for each event that calendars read in different ways. */
    void follow() throws TooMuch {
        checkUids();
        for (IcsEvent event : events) {
            touch(event);
        }
    }

    BitSet days() {
        return days;
    }

    List<Named> names() {
        return names;
    }

    /** Two events of one UID are a series and a change of it; of two others calendars keep one, and not the same. */
    private void checkUids() {
        Map<List<String>, IcsEvent> known = new HashMap<>();
        for (IcsEvent event : events) {
            if (event.uid().isEmpty()) {
                continue;
            }
            String instance = event.replaces()
                    .map(time -> time.instant().map(Object::toString).orElse(time.written() + time.tzid()))
                    .orElse("");
            IcsEvent first = known.putIfAbsent(List.of(event.uid(), instance), event);
            if (first != null && !first.written().equals(event.written())) {
                problems.add(
                        event.line(),
                        "the event has the UID " + Quoted.of(event.uid()) + " of the event of line " + first.line()
                                + " and other dates, and calendars keep one of them; give each event a UID of its own");
            }
        }
    }

    private void touch(IcsEvent event) throws TooMuch {
        Set<LocalDateTime> left = new HashSet<>();
        Set<LocalDate> leftDays = new HashSet<>();
        leave(event, left, leftDays);
        for (IcsRule rule : event.exceptionRules()) {
            recurrence(event, rule).forEach(start -> {
                meter.occurrence();
                left.add(start);
            });
        }
        String summary = withNames ? cut(event.summary()) : "";
        UnaryOperator<LocalDateTime> last = last(event);
        IcsRecurrence.Occurrence touched = start -> {
            meter.occurrence();
            boolean counts = !event.cancelled() && !left.contains(start) && !leftDays.contains(start.toLocalDate());
            if (counts && start.toLocalDate().isBefore(Days.HORIZON)) {
                set(start.toLocalDate(), last.apply(start).toLocalDate(), summary);
            }
        };
        LocalDateTime start = event.start().written();
        if (event.rule().isPresent()) {
            FirstOccurrence first = new FirstOccurrence(touched);
            recurrence(event, event.rule().get()).forEach(first);
            if (!first.isAt(start) && start.toLocalDate().isBefore(Days.HORIZON)) {
                outside(event, event.rule().get(), first);
            }
        } else {
            touched.at(start);
        }
        for (IcsTime time : event.further()) {
            touched.at(time.onWallOf(event.start()));
        }
    }

    /** Remembers the first of all occurrences. */
    private static final class FirstOccurrence implements IcsRecurrence.Occurrence {

        private final IcsRecurrence.Occurrence use;
        private Optional<LocalDateTime> first = Optional.empty();

        FirstOccurrence(IcsRecurrence.Occurrence use) {
            this.use = use;
        }

        @Override
        public void at(LocalDateTime start) throws TooMuch {
            if (first.isEmpty()) {
                first = Optional.of(start);
            }
            use.at(start);
        }

        Optional<LocalDateTime> time() {
            return first;
        }

        boolean isAt(LocalDateTime start) {
            return first.filter(start::equals).isPresent();
        }
    }

    /**
     * A DTSTART that its rule does not name: calendars differ on whether the event happens then. It does not here, and the dates of
     * the rule count, as long as they are the same for all readers. A COUNT or an INTERVAL would begin at one date or the other.
     */
    private void outside(IcsEvent event, IcsRule rule, FirstOccurrence first) {
        LocalDateTime start = event.start().written();
        boolean isOver = rule.until()
                .map(until -> until.onWallOf(event.start()))
                .filter(start::isAfter)
                .isPresent();
        if (isOver) {
            problems.note(
                    rule.line(), "UNTIL is before DTSTART, so the event never happens; remove it, or correct UNTIL");
        } else if (first.time().isEmpty()) {
            problems.add(
                    rule.line(),
                    "RRULE has no date, and calendars differ on whether the event happens at its DTSTART; remove RRULE, or"
                            + " correct it");
        } else {
            String right = written(event, first.time().get());
            String what = "DTSTART " + written(event, start) + " is not a date of RRULE, whose first date is " + right;
            String advice = "; write " + right + " as DTSTART, and move DTEND with it";
            if (rule.count().isPresent() || rule.interval() > 1) {
                problems.add(
                        rule.line(),
                        what + ", and calendars count " + (rule.count().isPresent() ? "COUNT" : "INTERVAL")
                                + " from one or the other" + advice);
            } else {
                problems.note(
                        rule.line(),
                        what + ", so the event does not happen at DTSTART; calendars differ on this" + advice);
            }
        }
    }

    private static String written(IcsEvent event, LocalDateTime time) {
        return (event.start().isDate() ? DateTimeFormatter.BASIC_ISO_DATE : TIME).format(time);
    }

    private void leave(IcsEvent event, Set<LocalDateTime> left, Set<LocalDate> leftDays) throws TooMuch {
        for (IcsTime exception : event.exceptions()) {
            leave(event, exception, left, leftDays);
        }
        if (event.replaces().isPresent()) {
            return;
        }
        for (IcsEvent other : replacing.getOrDefault(event.uid(), List.of())) {
            IcsTime replaced = other.replaces().orElseThrow();
            if (!replaced.comparableWith(event.start())) {
                problems.add(
                        other.line(),
                        "RECURRENCE-ID " + IcsEventReader.differs(replaced, event.start()) + " (of line " + event.line()
                                + ")");
            }
            leave(event, replaced, left, leftDays);
        }
    }

    private void leave(IcsEvent event, IcsTime time, Set<LocalDateTime> left, Set<LocalDate> leftDays) throws TooMuch {
        meter.examined(1);
        if (time.isDate() || event.start().isDate()) {
            leftDays.add(time.written().toLocalDate());
        } else {
            left.add(time.onWallOf(event.start()));
        }
    }

    private IcsRecurrence recurrence(IcsEvent event, IcsRule rule) {
        LocalDateTime last = rule.until()
                .map(until -> event.start().isDate()
                        ? until.written().toLocalDate().atTime(LAST_SECOND)
                        : until.onWallOf(event.start()))
                .orElse(LocalDateTime.MAX);
        return new IcsRecurrence(rule, event.start().written(), last, meter);
    }

    private void set(LocalDate first, LocalDate last, String summary) {
        int from = (int) Math.max(0, first.toEpochDay());
        int to = (int) Math.min(DAYS_FOLLOWED - 1, Math.max(first.toEpochDay(), last.toEpochDay()));
        if (from <= to) {
            days.set(from, to + 1);
            if (!summary.isEmpty()) {
                names.add(new Named(LocalDate.ofEpochDay(from), LocalDate.ofEpochDay(to), summary));
            }
        }
    }

    private static String cut(String summary) {
        return summary.length() <= SUMMARY_LENGTH ? summary : summary.substring(0, SUMMARY_LENGTH - 1) + "…";
    }

    /** The last moment of an instance; DTEND does not belong to it. Without an end a date lasts a day, a time an instant. */
    private static UnaryOperator<LocalDateTime> last(IcsEvent event) {
        IcsTime start = event.start();
        if (start.isDate()) {
            long days = event.end()
                    .map(end -> ChronoUnit.DAYS.between(start.written(), end.written()))
                    .or(() -> event.length().map(Length::days))
                    .orElse(1L);
            return from -> from.plusDays(Math.max(1, days) - 1);
        }
        Duration exact = event.end().map(end -> between(start, end)).orElse(Duration.ZERO);
        Length length = event.length().orElse(new Length(0, exact));
        return from -> {
            LocalDateTime day = from.plusDays(length.days());
            LocalDateTime end = start.zone()
                    .map(z -> z.wall(z.instant(day).plus(length.time())))
                    .orElseGet(() -> day.plus(length.time()));
            return end.equals(from) ? from : end.minusNanos(1);
        };
    }

    private static Duration between(IcsTime start, IcsTime end) {
        return start.instant()
                .flatMap(from -> end.instant().map(to -> Duration.between(from, to)))
                .orElseGet(() -> Duration.between(start.written(), end.written()));
    }
}
