package io.tidewatch.definition.calendar;

import io.tidewatch.model.Limits;
import java.util.Locale;

/** Counts what the events of one iCalendar file come to, and stops at the limits. */
final class IcsMeter {

    private int occurrences;
    private long looked;

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
    void looked(long days) throws TooMuch {
        looked += Math.max(1, days);
        if (looked > Limits.ICS_DAYS_LOOKED_AT) {
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
        return looked;
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
