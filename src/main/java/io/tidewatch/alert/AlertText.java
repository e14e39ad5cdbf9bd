package io.tidewatch.alert;

import io.tidewatch.model.StrangerText;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Lines, instants and durations as a tired person reads them. */
final class AlertText {

    /** What a lock screen shows of a line. */
    static final int LOCK_SCREEN = 120;

    /** What shows how Tidewatch itself is. */
    static final String STATUS = "./tidewatch status";

    private static final int LINE = 500;
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private AlertText() {}

    static String headline(String text) {
        return bounded(text, LOCK_SCREEN);
    }

    /** One line of text that somebody else wrote: a commit's subject, a message of the API server. */
    static String line(String text) {
        return bounded(text, LINE);
    }

    private static String bounded(String text, int length) {
        return StrangerText.bounded(text, length);
    }

    static String when(Instant instant, ZoneId zone) {
        return WHEN.format(instant.atZone(zone)) + " " + zone.getId();
    }

    /** Within one message that has said the day. */
    static String time(Instant instant, ZoneId zone) {
        return TIME.format(instant.atZone(zone));
    }

    /** A command that works as it stands. */
    static String diagnose(String which) {
        return which.isEmpty() ? "./tidewatch diagnose" : "./tidewatch diagnose " + which;
    }
}
