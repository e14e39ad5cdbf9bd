package io.tidewatch.alert;

import io.tidewatch.model.StrangerText;
import io.tidewatch.model.Target;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats the lines, instants and commands of messages. */
final class AlertText {

    /** How many characters of a line a lock screen shows. */
    static final int LOCK_SCREEN = 120;

    /** The command that shows the state of Tidewatch itself. */
    static final String STATUS = "./tidewatch status";

    /** The command that shows what the preflights find now. */
    static final String PLAN = "./tidewatch plan";

    /** What shows the steps of all targets. */
    static final String HISTORY = "./tidewatch history";

    private static final int LINE = 500;
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private AlertText() {}

    static String headline(String text) {
        return bounded(text, LOCK_SCREEN);
    }

    /** One line of a foreign text, as a commit's subject or a message of the API server. */
    static String line(String text) {
        return bounded(text, LINE);
    }

    private static String bounded(String text, int length) {
        return StrangerText.bounded(text, length);
    }

    static String when(Instant instant, ZoneId zone) {
        return WHEN.format(instant.atZone(zone)) + " " + zone.getId();
    }

    /** Without the day, for a message that names it before. */
    static String time(Instant instant, ZoneId zone) {
        return TIME.format(instant.atZone(zone));
    }

    /** A command to copy and run. */
    static String diagnose(String which) {
        return which.isEmpty() ? "./tidewatch diagnose" : "./tidewatch diagnose " + which;
    }

    /** The command that shows where the steps of a target lost their time, also after they are done. */
    static String history(Target target) {
        return HISTORY + " " + target;
    }
}
