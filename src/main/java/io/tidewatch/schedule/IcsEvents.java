package io.tidewatch.schedule;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.property.Uid;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The dates that the events of an iCalendar text touch, on the wall clock that each event is written in: a UTC time
 * counts for its UTC date. Recurrences with their exceptions and moved instances are followed up to
 * {@link OpenDays#HORIZON}; cancelled events touch nothing.
 */
final class IcsEvents {

    /** Nor would an event that recurs daily and lasts for centuries ever be done. */
    private static final int MOST_DATES = 200_000;

    private static final Duration ONE_DAY = Duration.ofDays(1);

    private final ICalendar calendar;

    private IcsEvents(ICalendar calendar) {
        this.calendar = calendar;
    }

    /** Each date with the event's summary; a text that is no calendar has none. */
    static void forEachDate(String text, BiConsumer<LocalDate, String> date) {
        for (ICalendar calendar : Biweekly.parse(text)
                .defaultTimezone(TimeZone.getTimeZone(ZoneOffset.UTC))
                .all()) {
            IcsEvents events = new IcsEvents(calendar);
            calendar.getEvents().forEach(event -> events.touch(event, date));
        }
    }

    private void touch(VEvent event, BiConsumer<LocalDate, String> date) {
        if (event.getDateStart() == null
                || event.getDateStart().getValue() == null
                || (event.getStatus() != null && event.getStatus().isCancelled())) {
            return;
        }
        String summary = Optional.ofNullable(event.getSummary())
                .map(s -> Optional.ofNullable(s.getValue()).orElse(""))
                .orElse("");
        IcsWall wall = IcsWall.of(calendar, event.getDateStart());
        Function<LocalDateTime, Stream<LocalDate>> span = span(event, wall);
        Iterator<LocalDateTime> starts = new IcsSeries(event, wall, replacing(event)).starts();
        int touched = 0;
        while (touched < MOST_DATES && starts.hasNext()) {
            List<LocalDate> days = span.apply(starts.next()).toList();
            days.forEach(day -> date.accept(day, summary));
            touched += days.size();
        }
    }

    /** DTEND does not belong to the event; without an end a date lasts a day and a time an instant. */
    private static Function<LocalDateTime, Stream<LocalDate>> span(VEvent event, IcsWall wall) {
        if (wall.wholeDays()) {
            long days = Optional.ofNullable(event.getDateEnd())
                    .map(end -> ChronoUnit.DAYS.between(
                            wall.start().toLocalDate(),
                            IcsWall.written(end.getValue()).toLocalDate()))
                    .orElseGet(() -> duration(event).orElse(ONE_DAY).toDays());
            return from -> from.toLocalDate().datesUntil(upTo(from.toLocalDate().plusDays(Math.max(1, days))));
        }
        Duration length = Optional.ofNullable(event.getDateEnd())
                .map(wall::lengthUntil)
                .or(() -> duration(event))
                .filter(l -> !l.isNegative())
                .orElse(Duration.ZERO);
        return from -> {
            LocalDateTime last =
                    length.isZero() ? from : wall.after(from, length).minusNanos(1);
            LocalDate end = last.toLocalDate().isBefore(from.toLocalDate()) ? from.toLocalDate() : last.toLocalDate();
            return from.toLocalDate().datesUntil(upTo(end.plusDays(1)));
        };
    }

    private static Optional<Duration> duration(VEvent event) {
        return Optional.ofNullable(event.getDuration())
                .flatMap(property -> Optional.ofNullable(property.getValue()))
                .map(written -> Duration.ofMillis(written.toMillis()));
    }

    /** Beyond the horizon no date counts, so none is listed. */
    private static LocalDate upTo(LocalDate end) {
        return end.isAfter(OpenDays.HORIZON) ? OpenDays.HORIZON : end;
    }

    /** Other events of the same uid, each of which replaces the instance that its RECURRENCE-ID names. */
    private List<VEvent> replacing(VEvent event) {
        List<VEvent> replacing = new ArrayList<>();
        Uid uid = event.getUid();
        for (VEvent other : calendar.getEvents()) {
            if (event.getRecurrenceId() == null
                    && other.getRecurrenceId() != null
                    && uid != null
                    && uid.equals(other.getUid())) {
                replacing.add(other);
            }
        }
        return replacing;
    }
}
