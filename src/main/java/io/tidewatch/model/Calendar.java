package io.tidewatch.model;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;
import java.util.Optional;

/**
 * Named dates that windows refer to.
 *
 * @param yearly month-days that recur
 * @param ics the text of an iCalendar file of the same source
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

    public record IcsFile(String path, String text) {}
}
