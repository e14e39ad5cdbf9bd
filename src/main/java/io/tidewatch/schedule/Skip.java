package io.tidewatch.schedule;

import io.tidewatch.model.definition.ScaleSchedule;
import java.time.Instant;

/**
 * A start at which a window does not open.
 *
 * @param at when it would have opened
 * @param why as {@code preview} shows it: {@code except kr-holidays: Christmas}
 */
public record Skip(Instant at, ScaleSchedule schedule, String window, Cause cause, String why) {

    /** What keeps a window from opening. */
    public enum Cause {
        EXCEPT,
        ONLY,
        GAP
    }
}
