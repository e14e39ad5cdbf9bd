package io.tidewatch.definition.calendar;

import io.tidewatch.model.Limits;
import java.util.Locale;

/** Counts the occurrences and the examined days of one iCalendar file, and stops at the limits. */
final class IcsMeter {

    private int occurrences;
    private long examined;

    /** One more time at which something happens. */
    void occurrence() throws TooMuch {
        occurrences++;
        if (occurrences > Limits.ICS_OCCURRENCES) {
            throw new TooMuch(String.format(
                    Locale.ROOT,
                    "its events happen more than %,d times up to 2199; end their rules with UNTIL or COUNT",
                    Limits.ICS_OCCURRENCES));
        }
    }

    /** Counts further days that were examined. */
    void examined(long days) throws TooMuch {
        examined += Math.max(1, days);
        if (examined > Limits.ICS_DAYS_LOOKED_AT) {
            throw new TooMuch(String.format(
                    Locale.ROOT,
                    "its rules have to be evaluated for more than %,d days; end them with UNTIL or COUNT",
                    Limits.ICS_DAYS_LOOKED_AT));
        }
    }

    int occurrences() {
        return occurrences;
    }

    long lookedAt() {
        return examined;
    }

    /** The file exceeds a limit; the message says what would be right. */
    static final class TooMuch extends Exception {

        private static final long serialVersionUID = 1L;

        TooMuch(String message) {
            super(message, null, false, false);
        }

        String words() {
            return String.valueOf(getMessage());
        }
    }
}
