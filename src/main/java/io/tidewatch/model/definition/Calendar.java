package io.tidewatch.model.definition;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;
import java.util.Optional;

/**
 * Named dates that windows refer to.
 *
 * @param yearly month-days that recur
 * @param ics an iCalendar file of the same source
 */
public record Calendar(
        String namespace,
        String name,
        Origin origin,
        List<DateRange> dates,
        List<MonthDay> yearly,
        Optional<IcsFile> ics) {

    public Calendar {
        dates = List.copyOf(dates);
        yearly = List.copyOf(yearly);
    }

    /** Both days belong to it. */
    public record DateRange(LocalDate from, LocalDate to) {}

    /**
     * What an iCalendar file of the same source says.
     *
     * @param days that its events touch
     * @param names what it calls them, for people; empty where it was read for deciding alone
     */
    public record IcsFile(String path, Days days, List<Named> names) {

        public IcsFile {
            names = List.copyOf(names);
        }

        /** Consecutive dates, both included, and what an event calls them. */
        public record Named(LocalDate first, LocalDate last, String summary) {}
    }
}
