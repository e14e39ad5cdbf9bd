package io.tidewatch.definition.calendar;

import biweekly.ICalendar;
import biweekly.component.VEvent;
import io.tidewatch.definition.calendar.IcsMeter.TooMuch;
import io.tidewatch.model.definition.Calendar.IcsFile.Named;
import io.tidewatch.model.definition.Days;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The dates that the events of an iCalendar text touch, on the wall clock that each event is written in: a UTC time
 * counts for its UTC date. Recurrences with their exceptions and moved instances are followed up to
 * {@link Days#HORIZON}; cancelled events touch nothing.
 */
final class IcsEvents {

    private static final Duration ONE_DAY = Duration.ofDays(1);
    private static final int SUMMARY_LENGTH = 200;
    private static final long DAYS_FOLLOWED = Days.HORIZON.toEpochDay();

    private final ICalendar calendar;
    private final IcsMeter meter;
    private final Map<String, List<VEvent>> replacing = new HashMap<>();
    private final BitSet days = new BitSet();
    private final List<Named> names = new ArrayList<>();
    private final boolean withNames;

    /**
     * @param meter throws where the events come to more than is worked out
     * @param withNames whether to keep what the events are called
     */
    IcsEvents(ICalendar calendar, IcsMeter meter, boolean withNames) {
        this.calendar = calendar;
        this.meter = meter;
        this.withNames = withNames;
        for (VEvent event : calendar.getEvents()) {
            if (event.getRecurrenceId() != null && event.getUid() != null) {
                replacing
                        .computeIfAbsent(String.valueOf(event.getUid().getValue()), uid -> new ArrayList<>())
                        .add(event);
            }
        }
    }

    void follow() throws TooMuch {
        for (VEvent event : calendar.getEvents()) {
            touch(event);
        }
    }

    BitSet days() {
        return days;
    }

    List<Named> names() {
        return names;
    }

    private void touch(VEvent event) throws TooMuch {
        if (event.getDateStart() == null
                || event.getDateStart().getValue() == null
                || (event.getStatus() != null && event.getStatus().isCancelled())) {
            return;
        }
        String summary = withNames ? summary(event) : "";
        IcsLocalTime wall = IcsLocalTime.of(calendar, event.getDateStart());
        Function<LocalDateTime, LocalDate> last = last(event, wall);
        new IcsSeries(event, wall, replacing(event), meter).forEachStart(start -> {
            LocalDate first = start.toLocalDate();
            LocalDate end = last.apply(start);
            int from = (int) Math.max(0, first.toEpochDay());
            int to = (int) Math.min(Days.HORIZON.toEpochDay() - 1, end.toEpochDay());
            if (from <= to) {
                days.set(from, to + 1);
                if (!summary.isEmpty()) {
                    names.add(new Named(LocalDate.ofEpochDay(from), LocalDate.ofEpochDay(to), summary));
                }
            }
        });
    }

    private static String summary(VEvent event) {
        String written = Optional.ofNullable(event.getSummary())
                .map(s -> Optional.ofNullable(s.getValue()).orElse(""))
                .orElse("");
        return written.length() <= SUMMARY_LENGTH ? written : written.substring(0, SUMMARY_LENGTH - 1) + "…";
    }

    /** DTEND does not belong to the event; without an end a date lasts a day and a time an instant. */
    private static Function<LocalDateTime, LocalDate> last(VEvent event, IcsLocalTime wall) {
        if (wall.wholeDays()) {
            long days = Optional.ofNullable(event.getDateEnd())
                    .map(end -> ChronoUnit.DAYS.between(
                            wall.start().toLocalDate(),
                            IcsLocalTime.written(end.getValue()).toLocalDate()))
                    .orElseGet(() -> duration(event).orElse(ONE_DAY).toDays());
            return from -> from.toLocalDate().plusDays(Math.max(1, Math.min(days, DAYS_FOLLOWED)) - 1);
        }
        Duration length = Optional.ofNullable(event.getDateEnd())
                .map(wall::lengthUntil)
                .or(() -> duration(event))
                .filter(l -> !l.isNegative())
                .map(l -> l.toDays() > DAYS_FOLLOWED ? Duration.ofDays(DAYS_FOLLOWED) : l)
                .orElse(Duration.ZERO);
        return from -> {
            LocalDateTime last =
                    length.isZero() ? from : wall.after(from, length).minusNanos(1);
            return last.toLocalDate().isBefore(from.toLocalDate()) ? from.toLocalDate() : last.toLocalDate();
        };
    }

    private static Optional<Duration> duration(VEvent event) {
        return Optional.ofNullable(event.getDuration())
                .flatMap(property -> Optional.ofNullable(property.getValue()))
                .map(written -> Duration.ofMillis(written.toMillis()));
    }

    /** Other events of the same uid, each of which replaces the instance that its RECURRENCE-ID names. */
    private List<VEvent> replacing(VEvent event) {
        return event.getRecurrenceId() != null || event.getUid() == null
                ? List.of()
                : replacing.getOrDefault(String.valueOf(event.getUid().getValue()), List.of());
    }
}
