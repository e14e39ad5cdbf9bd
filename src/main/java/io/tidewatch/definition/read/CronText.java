package io.tidewatch.definition.read;

import io.tidewatch.model.definition.CronExpression;
import io.tidewatch.yaml.Parsed;
import io.tidewatch.yaml.Quoted;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The reader of five-field crons, with the rules of a CronJob (docs/decisions/020-cron-matching.md). */
public final class CronText {

    private static final String CODE = "wrong-cron";

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final List<CronField> FIELDS = List.of(
            new CronField("minute", 0, 59, 59, 0, List.of()),
            new CronField("hour", 0, 23, 23, 0, List.of()),
            new CronField("day of month", 1, 31, 31, 0, List.of()),
            new CronField("month", 1, 12, 12, 1, MONTHS),
            new CronField("day of week", 0, 7, 6, 0, DAYS));
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

    /** A cron that some date of some year matches. */
    static Parsed<CronExpression> parseFiring(String text) {
        Parsed<CronExpression> cron = parse(text);
        return cron.value().filter(CronExpression::neverFires).isPresent()
                ? Parsed.bad(
                        "never-fires",
                        Quoted.of(text) + " never matches: no month in it has such a day; fix the day or the month")
                : cron;
    }

    /** Any five fields, also of a cron that never matches. */
    public static Parsed<CronExpression> parse(String text) {
        String cron = text.strip();
        if (cron.startsWith("@")) {
            return bad(
                    text,
                    "nicknames are not supported; write the five fields, as \""
                            + NICKNAMES.getOrDefault(cron.toLowerCase(Locale.ROOT), "30 22 * * *") + "\"");
        }
        if (cron.startsWith("TZ=") || cron.startsWith("CRON_TZ=")) {
            return bad(text, "a time zone is not supported here; set spec.timeZone");
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
        return Parsed.good(new CronExpression(
                String.join(" ", fields),
                bits(0, fields),
                bits(1, fields),
                bits(2, fields),
                bits(3, fields),
                bits(4, fields),
                FIELDS.get(2).isRestricted(fields.get(2)) && FIELDS.get(4).isRestricted(fields.get(4))));
    }

    private static long bits(int field, List<String> fields) {
        return FIELDS.get(field).bits(fields.get(field));
    }

    private static Parsed<CronExpression> bad(String text, String problem) {
        return Parsed.bad(CODE, Quoted.of(text) + " is not a cron: " + problem);
    }
}
