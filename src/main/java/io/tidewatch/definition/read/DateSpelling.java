package io.tidewatch.definition.read;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.MonthDay;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates in other spellings than ISO 8601, so that a message can say what to write. {@code 01/02/2027} has no answer: it is
 * another day on each side of the Atlantic.
 */
final class DateSpelling {

    private static final Pattern YEAR_FIRST =
            Pattern.compile("([0-9]{4})(?:[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})|([0-9]{2})([0-9]{2}))(?:[T ].*)?");
    private static final Pattern DAY_FIRST = Pattern.compile("([0-9]{1,2})\\.([0-9]{1,2})\\.([0-9]{4})");
    private static final Pattern SLASHED = Pattern.compile("([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})");
    private static final Pattern DATE_AND_TIME =
            Pattern.compile("([0-9./-]{8,10})[T ]([0-9]{1,2})(?::([0-9]{2}))?(?::00)?");
    private static final Pattern SHORT_OFFSET =
            Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)([+-][0-9]{2})([0-9]{2})");
    private static final int HOURS = 24;
    private static final int MINUTES = 60;
    private static final Pattern MONTH_FIRST = Pattern.compile("(?:--)?([0-9]{1,2})[-/]([0-9]{1,2})");
    private static final Pattern MONTH_AND_DAY = Pattern.compile("([0-9]{2})([0-9]{2})");
    private static final Pattern TIME =
            Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})[T_ ]+([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)");
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 2199;

    private DateSpelling() {}

    /** A date without a time: {@code 20270101}, {@code 2027/1/1}, {@code 1.1.2027}. */
    static Optional<LocalDate> date(String text) {
        return text.contains(":") ? Optional.empty() : ofOneYear(text);
    }

    /** A date, perhaps with a time after it. */
    static Optional<LocalDate> ofOneYear(String text) {
        Matcher yearFirst = YEAR_FIRST.matcher(text);
        if (yearFirst.matches()) {
            return yearFirst.group(2) == null
                    ? date(yearFirst.group(1), yearFirst.group(4), yearFirst.group(5))
                    : date(yearFirst.group(1), yearFirst.group(2), yearFirst.group(3));
        }
        Matcher dayFirst = DAY_FIRST.matcher(text);
        return dayFirst.matches() ? date(dayFirst.group(3), dayFirst.group(2), dayFirst.group(1)) : slashed(text);
    }

    /** Only one of day and month can be above 12; if neither is, nobody knows which is which. */
    private static Optional<LocalDate> slashed(String text) {
        Matcher match = SLASHED.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        Optional<LocalDate> monthFirst = date(match.group(3), match.group(1), match.group(2));
        Optional<LocalDate> dayFirst = date(match.group(3), match.group(2), match.group(1));
        return monthFirst.isPresent() && dayFirst.isPresent() && !monthFirst.equals(dayFirst)
                ? Optional.empty()
                : monthFirst.or(() -> dayFirst);
    }

    /** A day of every year as {@code yearly} has it: {@code 12-25} for {@code 12/25}, {@code --12-25} or {@code 1225}. */
    static Optional<String> monthDay(String text) {
        for (Pattern pattern : new Pattern[] {MONTH_FIRST, MONTH_AND_DAY}) {
            Matcher match = pattern.matcher(text);
            if (match.matches()) {
                try {
                    return Optional.of(MonthDay.of(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)))
                            .toString()
                            .substring(2));
                } catch (DateTimeException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /**
     * The text to write for a time in another spelling: {@code 24.12.2026 18:00}, {@code 2026-12-24T18},
     * {@code 2026-12-24T24:00}, {@code 2026-12-24T18:00+0900}.
     */
    static Optional<String> momentAsMeant(String text) {
        Matcher offset = SHORT_OFFSET.matcher(text);
        if (offset.matches()) {
            return Optional.of(offset.group(1) + offset.group(2) + ":" + offset.group(3));
        }
        Matcher spelt = DATE_AND_TIME.matcher(text.strip());
        if (!spelt.matches()) {
            return Optional.empty();
        }
        int hour = Integer.parseInt(spelt.group(2));
        int minute = spelt.group(3) == null ? 0 : Integer.parseInt(spelt.group(3));
        boolean isMidnight = hour == HOURS && minute == 0;
        return ofOneYear(spelt.group(1))
                .filter(date -> isMidnight || (hour < HOURS && minute < MINUTES))
                .map(date -> isMidnight ? date.plusDays(1).atStartOfDay() : date.atTime(hour, minute))
                .map(LocalDateTime::toString);
    }

    /** A time with a space for {@code T}, or with one digit for its hour. */
    static Optional<LocalDateTime> moment(String text) {
        Matcher match = TIME.matcher(text.strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        String time = match.group(2);
        try {
            return Optional.of(LocalDateTime.parse(match.group(1) + "T" + (time.indexOf(':') == 1 ? "0" : "") + time));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<LocalDate> date(String year, String month, String day) {
        try {
            LocalDate date = LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
            return date.getYear() < FIRST_YEAR || date.getYear() > LAST_YEAR ? Optional.empty() : Optional.of(date);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
