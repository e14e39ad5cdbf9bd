package io.tidewatch.schedule;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/** The text that says why a window is empty on a day. */
final class Gaps {

    private Gaps() {}

    /** @param start the local time of a start whose window ends at the same instant */
    static String bothEndsIn(ZoneId zone, LocalDateTime start) {
        ZoneOffsetTransition gap = zone.getRules().getTransition(start);
        return gap == null
                ? "it ends no later than it starts"
                : "it starts at " + start.toLocalTime() + " and ends by "
                        + gap.getDateTimeAfter().toLocalTime() + ", and that day the clock jumps from "
                        + gap.getDateTimeBefore().toLocalTime() + " to "
                        + gap.getDateTimeAfter().toLocalTime();
    }
}
