package io.tidewatch.view.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;

/**
 * One row of the calendar: an edge of a target, the same edge of several targets, or a start that is skipped.
 *
 * @param local when, in the zone of the schedule
 * @param who the target, or the schedule with the number of its targets
 * @param what what changes, or why nothing does
 * @param skipped whether nothing changes
 */
public record CalendarRow(ZonedDateTime local, String who, String what, boolean skipped) {

    public LocalDate day() {
        return local.toLocalDate();
    }

    /** When its day begins: of two zones, the eastern one comes first. */
    Instant midnight() {
        return day().atStartOfDay(local.getZone()).toInstant();
    }

    public String zone() {
        return local.getZone().getId();
    }

    public Instant at() {
        return local.toInstant();
    }
}
