package io.tidewatch.definition.read;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import io.tidewatch.yaml.Parsed;
import io.tidewatch.yaml.Quoted;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.regex.Pattern;

/**
 * Five-field crons as in a CronJob. cron-utils parses them; what it lets through although it can never match, or means
 * something else than in a CronJob, is refused here, with the reason in words.
 */
final class CronText {

    private static final String CODE = "wrong-cron";
    /** Building one costs a hundred times what a parse does; it keeps no state of a text. */
    private static final CronParser UNIX = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final List<CronField> FIELDS = List.of(
            new CronField("minute", 0, 59, 0, List.of()),
            new CronField("hour", 0, 23, 0, List.of()),
            new CronField("day of month", 1, 31, 0, List.of()),
            new CronField("month", 1, 12, 1, MONTHS),
            new CronField("day of week", 0, 7, 0, DAYS));
    private static final List<Integer> LONGEST = List.of(31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);
    private static final Map<String, String> NICKNAMES = Map.of(
            "@hourly", "0 * * * *",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@weekly", "0 0 * * 0",
            "@monthly", "0 0 1 * *",
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *");
    private static final Pattern BLANK = Pattern.compile("[ \t]+");

    private CronText() {}

    static Parsed<String> parse(String text) {
        String cron = text.strip();
        if (cron.startsWith("@")) {
            return bad(
                    text,
                    "nicknames are not taken; write the five fields, as \""
                            + NICKNAMES.getOrDefault(cron.toLowerCase(Locale.ROOT), "30 22 * * *") + "\"");
        }
        if (cron.startsWith("TZ=") || cron.startsWith("CRON_TZ=")) {
            return bad(text, "the zone is named once, in spec.timeZone");
        }
        List<String> fields = List.of(BLANK.split(cron));
        if (fields.size() != FIELDS.size() || cron.isEmpty()) {
            int count = cron.isEmpty() ? 0 : fields.size();
            return bad(
                    text,
                    "it has " + count + (count == 1 ? " field" : " fields")
                            + ", a cron has five: minute, hour, day of month, month, day of week"
                            + (count > FIELDS.size() ? "; leave out Quartz's seconds and year" : ""));
        }
        for (int i = 0; i < FIELDS.size(); i++) {
            var complaint = FIELDS.get(i).complaint(fields.get(i));
            if (complaint.isPresent()) {
                return bad(text, complaint.get());
            }
        }
        if (neverMatches(fields)) {
            return Parsed.bad(
                    "never-fires",
                    Quoted.of(text) + " never matches: no month it names has such a day; mend the day or the month");
        }
        return judged(text, String.join(" ", fields));
    }

    /** How often a cron that was accepted matches on a day on which it does. */
    static int timesADay(String cron) {
        List<String> fields = List.of(BLANK.split(cron));
        return FIELDS.get(0).values(fields.get(0)).size()
                * FIELDS.get(1).values(fields.get(1)).size();
    }

    private static Parsed<String> judged(String text, String cron) {
        try {
            UNIX.parse(cron).validate();
            return Parsed.good(cron);
        } catch (IllegalArgumentException e) {
            return bad(text, String.valueOf(e.getMessage()));
        }
    }

    /** Where both days are restricted either suffices, as in a CronJob; so only the day of month can rule all out. */
    private static boolean neverMatches(List<String> fields) {
        if (FIELDS.get(4).isRestricted(fields.get(4))) {
            return false;
        }
        SortedSet<Integer> days = FIELDS.get(2).values(fields.get(2));
        Set<Integer> months = FIELDS.get(3).values(fields.get(3));
        return months.stream().allMatch(month -> days.first() > LONGEST.get(month - 1));
    }

    private static Parsed<String> bad(String text, String why) {
        return Parsed.bad(CODE, Quoted.of(text) + " is not a cron: " + why);
    }
}
