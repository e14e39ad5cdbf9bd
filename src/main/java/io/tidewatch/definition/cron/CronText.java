package io.tidewatch.definition.cron;

import io.tidewatch.model.Limits;
import io.tidewatch.model.definition.CronExpression;
import io.tidewatch.yaml.Parsed;
import io.tidewatch.yaml.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

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
    private static final Pattern BLANK = Pattern.compile("[ \t]+");

    private CronText() {}

    /** A cron that some date of some year matches. */
    public static Parsed<CronExpression> parseFiring(String text) {
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
        Optional<String> dialect = CronDialects.of(cron, CronText::corrected);
        if (dialect.isPresent()) {
            return bad(text, dialect.get());
        }
        List<String> fields = List.of(BLANK.split(cron));
        if (fields.size() != FIELDS.size() || cron.isEmpty()) {
            int count = cron.isEmpty() ? 0 : fields.size();
            return bad(
                    text,
                    "it has " + count + (count == 1 ? " field" : " fields")
                            + ", a cron has five: minute, hour, day of month, month, day of week"
                            + CronDialects.ofMoreFields(fields, CronText::corrected));
        }
        List<String> complaints = complaints(fields);
        if (!complaints.isEmpty()) {
            String right = corrected(cron)
                    .or(() -> CronDialects.hourFirst(fields, CronText::corrected))
                    .map(written -> "; write \"" + written + "\"")
                    .orElse("");
            return bad(text, String.join("; ", complaints) + right);
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

    private static List<String> complaints(List<String> fields) {
        return IntStream.range(0, FIELDS.size())
                .mapToObj(i -> FIELDS.get(i).complaint(fields.get(i)))
                .flatMap(Optional::stream)
                .map(CronComplaint::problem)
                .toList();
    }

    /** The five fields as they should be written, unchanged where they are right; empty where they cannot say it. */
    private static Optional<String> corrected(String cron) {
        List<String> fields = List.of(BLANK.split(cron));
        if (fields.size() != FIELDS.size() || cron.length() > Limits.SCALAR_LENGTH) {
            return Optional.empty();
        }
        boolean everyDay = fields.subList(2, 5).stream().allMatch(field -> field.equals("*") || field.equals("?"));
        List<String> right = new ArrayList<>();
        for (int i = 0; i < FIELDS.size(); i++) {
            boolean isMidnight = i == 1 && everyDay && fields.get(i).equals("24");
            FIELDS.get(i).corrected(isMidnight ? "0" : fields.get(i)).ifPresent(right::add);
        }
        return right.size() == FIELDS.size() ? Optional.of(String.join(" ", right)) : Optional.empty();
    }

    private static long bits(int field, List<String> fields) {
        return FIELDS.get(field).bits(fields.get(field));
    }

    private static Parsed<CronExpression> bad(String text, String problem) {
        return Parsed.bad(CODE, Quoted.of(text) + " cannot be used as a cron: " + problem);
    }
}
