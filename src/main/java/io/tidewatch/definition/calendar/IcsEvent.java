package io.tidewatch.definition.calendar;

import io.tidewatch.definition.calendar.IcsText.Length;
import java.util.List;
import java.util.Optional;

/**
 * An event that is understood in full.
 *
 * @param line at which it begins
 * @param uid empty without UID
 * @param written its lines that decide about dates
 * @param end DTEND, which does not belong to the event
 * @param rule RRULE
 * @param exceptionRules EXRULE
 * @param further RDATE
 * @param exceptions EXDATE
 * @param replaces RECURRENCE-ID
 */
record IcsEvent(
        int line,
        String uid,
        String summary,
        List<String> written,
        boolean cancelled,
        IcsTime start,
        Optional<IcsTime> end,
        Optional<Length> length,
        Optional<IcsRule> rule,
        List<IcsRule> exceptionRules,
        List<IcsTime> further,
        List<IcsTime> exceptions,
        Optional<IcsTime> replaces) {}
