package io.tidewatch.definition.calendar;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** The values of RFC 5545 that decide about dates, each read as a whole or not at all. Nothing rolls over. */
final class IcsText {

    private static final int DATE = 8;
    private static final int TIME = 15;
    private static final int MOST_DIGITS = 6;
    private static final int HOURS_OF_OFFSET = 18;

    private IcsText() {}

    /** Of {@code 20261225}. */
    static Optional<LocalDate> date(String text) {
        if (text.length() != DATE || !digits(text)) {
            return Optional.empty();
        }
        int year = number(text, 0, 4);
        try {
            return year == 0
                    ? Optional.empty()
                    : Optional.of(LocalDate.of(year, number(text, 4, 6), number(text, 6, DATE)));
        } catch (DateTimeException noSuchDate) {
            return Optional.empty();
        }
    }

    /** Of {@code 20261225T180000}, without the Z of UTC. */
    static Optional<LocalDateTime> time(String text) {
        if (text.length() != TIME || text.charAt(DATE) != 'T' || !digits(text.substring(DATE + 1))) {
            return Optional.empty();
        }
        int hour = number(text, 9, 11);
        int minute = number(text, 11, 13);
        int second = number(text, 13, TIME);
        return hour > 23 || minute > 59 || second > 59
                ? Optional.empty()
                : date(text.substring(0, DATE)).map(day -> day.atTime(LocalTime.of(hour, minute, second)));
    }

    /**
     * How long an event lasts.
     *
     * @param days on the calendar, whatever the clocks do
     * @param time elapsed, after these days
     */
    record Length(long days, Duration time) {}

    /** Of {@code P1W}, {@code P2D}, {@code P1DT12H} or {@code PT30M}; a negative length is none. */
    static Optional<Length> length(String text) {
        String rest = text.startsWith("+") ? text.substring(1) : text;
        if (rest.length() < 3 || rest.charAt(0) != 'P') {
            return Optional.empty();
        }
        String order = "WDTHMS";
        int reached = -1;
        long days = 0;
        long seconds = 0;
        int at = 1;
        boolean weeks = false;
        while (at < rest.length()) {
            int end = at;
            while (end < rest.length() && isDigit(rest.charAt(end))) {
                end++;
            }
            int unit = end < rest.length() ? order.indexOf(rest.charAt(end)) : -1;
            boolean letter = unit == 2;
            boolean ofTime = unit > 2;
            if (unit <= reached
                    || weeks
                    || letter != (end == at)
                    || end - at > MOST_DIGITS
                    || (letter && end == rest.length() - 1)
                    || ofTime != (reached >= 2 && !letter)) {
                return Optional.empty();
            }
            long amount = letter ? 0 : Long.parseLong(rest.substring(at, end));
            weeks = unit == 0;
            days += weeks ? 7 * amount : unit == 1 ? amount : 0;
            seconds += unit == 3 ? 3600 * amount : unit == 4 ? 60 * amount : unit == 5 ? amount : 0;
            reached = unit;
            at = end + 1;
        }
        return Optional.of(new Length(days, Duration.ofSeconds(seconds)));
    }

    /** Of {@code +0900} or {@code -023000}. */
    static Optional<ZoneOffset> offset(String text) {
        boolean signed = text.startsWith("+") || text.startsWith("-");
        if (!signed || (text.length() != 5 && text.length() != 7) || !digits(text.substring(1))) {
            return Optional.empty();
        }
        int hours = number(text, 1, 3);
        int minutes = number(text, 3, 5);
        int seconds = text.length() == 7 ? number(text, 5, 7) : 0;
        int total = (hours * 60 + minutes) * 60 + seconds;
        return hours >= HOURS_OF_OFFSET || minutes > 59 || seconds > 59
                ? Optional.empty()
                : Optional.of(ZoneOffset.ofTotalSeconds(text.charAt(0) == '-' ? -total : total));
    }

    /** A whole number without a sign, of at most ten digits; numbers beyond an int are that of the largest int. */
    static Optional<Integer> number(String text) {
        return text.isEmpty() || text.length() > 10 || !digits(text)
                ? Optional.empty()
                : Optional.of((int) Math.min(Integer.MAX_VALUE, Long.parseLong(text)));
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean digits(String text) {
        return text.chars().allMatch(c -> isDigit((char) c));
    }

    private static int number(String text, int from, int to) {
        return digits(text.substring(from, to)) ? Integer.parseInt(text.substring(from, to)) : -1;
    }
}
