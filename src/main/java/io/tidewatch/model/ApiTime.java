package io.tidewatch.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Instants as the API server writes them, which is as Tidewatch writes them too: RFC 3339 in UTC, in whole seconds. This form is read
 * and written digit by digit, since a pass needs several of them for each target; any other is read and written as {@link Instant} does.
 */
public final class ApiTime {

    private static final String FORM = "0000-00-00T00:00:00Z";
    private static final int SECONDS_A_DAY = 86_400;

    /** Of the years with four digits, the first second and the last. */
    private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();

    private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    private ApiTime() {}

    /** @throws DateTimeException if the text is no instant */
    public static Instant parse(String text) {
        return usual(text).orElseGet(() -> Instant.parse(text));
    }

    /** An instant in the usual form. Absent for every other form, and for a date or time that does not exist. */
    public static Optional<Instant> usual(String text) {
        if (!hasForm(text)) {
            return Optional.empty();
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        boolean isDate = month >= 1
                && month <= 12
                && day >= 1
                && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth());
        return isDate && hour < 24 && minute < 60 && second < 60
                ? Optional.of(
                        Instant.ofEpochSecond(LocalDate.of(year, month, day).toEpochDay() * SECONDS_A_DAY
                                + hour * 3_600L
                                + minute * 60L
                                + second))
                : Optional.empty();
    }

    /** The same text as {@link Instant#toString}. */
    public static String text(Instant at) {
        long second = at.getEpochSecond();
        if (at.getNano() != 0 || second < FIRST || second > LAST) {
            return at.toString();
        }
        LocalDateTime local = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        char[] text = FORM.toCharArray();
        write(text, 0, 4, local.getYear());
        write(text, 5, 7, local.getMonthValue());
        write(text, 8, 10, local.getDayOfMonth());
        write(text, 11, 13, local.getHour());
        write(text, 14, 16, local.getMinute());
        write(text, 17, 19, local.getSecond());
        return new String(text);
    }

    private static void write(char[] text, int from, int to, int number) {
        int rest = number;
        for (int i = to - 1; i >= from; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static boolean hasForm(String text) {
        if (text.length() != FORM.length()) {
            return false;
        }
        for (int i = 0; i < FORM.length(); i++) {
            char expected = FORM.charAt(i);
            char found = text.charAt(i);
            if (expected == '0' ? found < '0' || found > '9' : found != expected) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + (text.charAt(i) - '0');
        }
        return number;
    }
}
