package io.tidewatch.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Instants as the API server writes them, which is as Tidewatch writes them too: RFC 3339 in UTC, in whole seconds. This form is read
 * and written digit by digit, since a pass needs several of them for each target; any other is read and written as {@link Instant} does.
 */
public final class ApiTime {

    private static final String FORM = "0000-00-00T00:00:00Z";

    /** Of the years with four digits, the first second and the last. */
    private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();

    private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    private ApiTime() {}

    /** @throws DateTimeException if the text is no instant */
    public static Instant parse(String text) {
        if (!hasForm(text)) {
            return Instant.parse(text);
        }
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (hour > 23 || minute > 59 || second > 59) {
            return Instant.parse(text);
        }
        return LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                .atTime(hour, minute, second)
                .toInstant(ZoneOffset.UTC);
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
