package io.tidewatch.definition.cron;

import io.tidewatch.yaml.Nearest;
import io.tidewatch.yaml.Quoted;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Says what to write instead of the crons of other dialects: Quartz and Spring, Jenkins, AWS, crontab files, and the parts of a
 * CronJob's that a schedule leaves out (docs/decisions/202-advice-by-meaning.md).
 */
final class CronDialects {

    private static final String DAY_OF_MONTH = "day of month";
    private static final String DAY_OF_WEEK = "day of week";
    private static final Map<String, String> NICKNAMES = Map.of(
            "@hourly", "0 * * * *",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@weekly", "0 0 * * 0",
            "@monthly", "0 0 1 * *",
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *");
    private static final List<String> QUARTZ_DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final Set<String> FULL_NAMES = Set.of(
            "sunday",
            "monday",
            "tuesday",
            "tues",
            "wednesday",
            "thursday",
            "thur",
            "thurs",
            "friday",
            "saturday",
            "january",
            "february",
            "march",
            "april",
            "june",
            "july",
            "august",
            "september",
            "sept",
            "october",
            "november",
            "december");
    private static final Pattern EVERY = Pattern.compile("@every\\s{1,20}([0-9]{1,4})(m|h)(?:0[ms]){0,2}");
    private static final Pattern ZONE = Pattern.compile("(?:CRON_)?TZ=(\\S{0,100})\\s{0,20}(.*)");
    private static final Pattern AWS = Pattern.compile("cron\\((.*)\\)");
    private static final Pattern CLOCK = Pattern.compile("([0-9]{1,2}):?([0-9]{2})(?::[0-9]{2})?");
    private static final Pattern YEAR = Pattern.compile("[0-9]{4}.*");
    private static final Pattern JENKINS = Pattern.compile("H(?:\\(([0-9]{1,2})-([0-9]{1,2})\\))?(?:/([0-9]{1,4}))?");
    private static final Pattern DAYS_OF_QUARTZ =
            Pattern.compile("L-[0-9]+|LW|WL|L|[0-9]{1,2}W|W", Pattern.CASE_INSENSITIVE);
    private static final Pattern WEEKDAYS_OF_QUARTZ =
            Pattern.compile("(?:[0-9]|[A-Z]{3})(?:L|#(?:[0-9]|L))", Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER = Pattern.compile("(?<![/0-9#])([0-9])(?![0-9])");
    private static final Pattern MONTH_NAME =
            Pattern.compile("(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,10}(?:-[a-z]{1,20})?");
    private static final Pattern DAY_NAME =
            Pattern.compile("(?:sun|mon|tue|wed|thu|fri|sat)[a-z]{0,10}(?:-[a-z]{1,20})?");
    private static final Pattern SPACED_LIST = Pattern.compile("\\s{0,20},\\s{0,20}");
    private static final Set<String> TYPOGRAPHIC = Set.of("\u201C", "\u201D", "\u2018", "\u2019", "\u201E");
    private static final int HOURS = 24;
    private static final int MINUTES = 60;
    private static final int QUARTZ_FIELDS = 7;

    private CronDialects() {}

    /** The problem of a text that is no list of fields; empty where it may be one. */
    static Optional<String> of(String cron, Function<String, Optional<String>> corrected) {
        if (cron.startsWith("@")) {
            return Optional.of(nickname(cron));
        }
        if (!cron.isEmpty() && TYPOGRAPHIC.contains(cron.substring(0, 1))) {
            String plain = cron.replaceAll("[\u201C\u201D\u2018\u2019\u201E]", "");
            return Optional.of("its quotes are typographic, so they are a part of it"
                    + corrected
                            .apply(plain)
                            .map(right -> "; write \"" + right + "\"")
                            .orElse("; write plain quotes"));
        }
        Matcher zone = ZONE.matcher(cron);
        if (zone.matches()) {
            String name = zone.group(1);
            return Optional.of("a time zone does not belong into a cron, in a CronJob neither; set spec.timeZone"
                    + (name.isEmpty() ? "" : ": " + Quoted.cut(name))
                    + corrected
                            .apply(zone.group(2))
                            .map(rest -> " and write \"" + rest + "\"")
                            .orElse(""));
        }
        Matcher clock = CLOCK.matcher(cron);
        if (clock.matches()) {
            int hour = Integer.parseInt(clock.group(1));
            int minute = Integer.parseInt(clock.group(2));
            return Optional.of("a time of day alone is no cron"
                    + corrected
                            .apply(minute + " " + hour + " * * *")
                            .map(right -> "; write \"" + right + "\"")
                            .orElse(""));
        }
        Matcher aws = AWS.matcher(cron);
        if (aws.matches()) {
            return Optional.of("cron(…) is written by AWS"
                    + ofMoreFields(List.of(aws.group(1).strip().split("\\s+", -1)), corrected));
        }
        String spaced = cron.replace('\u00A0', ' ');
        if (!spaced.equals(cron)) {
            return Optional.of("it has a no-break space (U+00A0), as web pages have it"
                    + corrected
                            .apply(spaced)
                            .map(right -> "; write \"" + right + "\"")
                            .orElse("; write spaces"));
        }
        String joined = SPACED_LIST.matcher(cron).replaceAll(",");
        return joined.equals(cron)
                ? Optional.empty()
                : corrected.apply(joined).map(right -> "a list has no spaces; write \"" + right + "\"");
    }

    private static String nickname(String cron) {
        String nickname = cron.toLowerCase(Locale.ROOT);
        String fields = NICKNAMES.get(nickname);
        if (fields != null) {
            return "a CronJob knows " + nickname + ", a schedule does not; write \"" + fields + "\"";
        }
        if (nickname.startsWith("@every")) {
            return "@every has no time of day; " + every(EVERY.matcher(nickname));
        }
        return "a schedule has no nicknames; write the five fields, as \"30 22 * * *\""
                + Nearest.to(nickname, NICKNAMES.keySet())
                        .map(near -> ", or \"" + NICKNAMES.get(near) + "\" for " + near)
                        .orElse("");
    }

    private static String every(Matcher every) {
        if (every.matches()) {
            int length = Integer.parseInt(every.group(1));
            boolean hours = every.group(2).equals("h");
            int whole = hours ? HOURS : MINUTES;
            if (length == whole) {
                return hours ? "write \"0 0 * * *\"" : "write \"0 * * * *\"";
            }
            if (length > 0 && length < whole && whole % length == 0) {
                return "write \"" + (hours ? "0 */" + length + " * * *" : "*/" + length + " * * * *") + "\"";
            }
        }
        return "write the times of the day, as \"0 0,8,16 * * *\"";
    }

    /** What to write instead of six or seven fields, as the end of a message: seconds in front, a year at the end, or both. */
    static String ofMoreFields(List<String> fields, Function<String, Optional<String>> corrected) {
        int count = fields.size();
        if (count != QUARTZ_FIELDS && count != QUARTZ_FIELDS - 1) {
            return "";
        }
        boolean quartz = count == QUARTZ_FIELDS || fields.contains("?");
        boolean yearLast = count == QUARTZ_FIELDS - 1
                && (YEAR.matcher(fields.get(count - 1)).matches()
                        || fields.get(2).equals("?")
                        || fields.get(4).equals("?"));
        boolean secondsFirst = count == QUARTZ_FIELDS
                || fields.get(3).equals("?")
                || fields.get(5).equals("?");
        Optional<String> withoutSeconds =
                yearLast ? Optional.empty() : five(fields.subList(1, QUARTZ_FIELDS - 1), quartz, corrected);
        Optional<String> withoutYear = secondsFirst ? Optional.empty() : five(fields.subList(0, 5), quartz, corrected);
        String numbered = quartz && NUMBER.matcher(fields.get(yearLast ? 4 : 5)).find()
                ? " (there, 1 is Sunday; in a CronJob it is Monday)"
                : "";
        if (withoutSeconds.isPresent() && withoutYear.isPresent()) {
            return "; without seconds in front it is \"" + withoutSeconds.get() + "\", without a year at the end \""
                    + withoutYear.get() + "\"";
        }
        String what = count == QUARTZ_FIELDS
                ? "leave out Quartz's seconds and year"
                : yearLast ? "leave out the year" : "leave out Quartz's seconds";
        return "; "
                + withoutSeconds
                        .or(() -> withoutYear)
                        .map(right -> what + ", write \"" + right + "\"" + numbered)
                        .orElse("leave out Quartz's seconds and year");
    }

    private static Optional<String> five(
            List<String> fields, boolean quartz, Function<String, Optional<String>> corrected) {
        String days = quartz ? NUMBER.matcher(fields.get(4)).replaceAll(CronDialects::dayOfQuartz) : fields.get(4);
        return corrected.apply(String.join(" ", fields.subList(0, 4)) + " " + days);
    }

    private static String dayOfQuartz(MatchResult number) {
        int day = Integer.parseInt(number.group(1));
        return day >= 1 && day <= QUARTZ_DAYS.size() ? QUARTZ_DAYS.get(day - 1) : number.group(1);
    }

    /** {@code 22 30 * * *}, with the hour in front. */
    static Optional<String> hourFirst(List<String> fields, Function<String, Optional<String>> corrected) {
        boolean swapped =
                fields.get(0).matches("1?[0-9]|2[0-3]") && fields.get(1).matches("[2-5][0-9]");
        return swapped
                ? corrected.apply(fields.get(1) + " " + fields.get(0) + " " + String.join(" ", fields.subList(2, 5)))
                : Optional.empty();
    }

    /** What is wrong with an item that another dialect has. */
    static Optional<CronComplaint> complaint(String field, int least, String item) {
        String here = "the " + field + " " + Quoted.of(item);
        if (item.matches("\\?(?:/[0-9]{1,4})?")) {
            return Optional.of(new CronComplaint(
                    here + " means any value, which is * in a schedule", Optional.of(item.replace('?', '*'))));
        }
        Matcher jenkins = JENKINS.matcher(item);
        if (jenkins.matches()) {
            return Optional.of(new CronComplaint(
                    here + " is Jenkins', where a hash picks the value", Optional.of(picked(jenkins, least))));
        }
        if (field.equals(DAY_OF_WEEK) && item.equalsIgnoreCase("L")) {
            return Optional.of(new CronComplaint(here + " is Quartz's name of Saturday", Optional.of("SAT")));
        }
        boolean dayOfQuartz =
                field.equals(DAY_OF_MONTH) && DAYS_OF_QUARTZ.matcher(item).matches();
        boolean weekdayOfQuartz =
                field.equals(DAY_OF_WEEK) && WEEKDAYS_OF_QUARTZ.matcher(item).matches();
        if (dayOfQuartz || weekdayOfQuartz) {
            return Optional.of(CronComplaint.of(here + " is Quartz's " + meaning(field, item)
                    + ", which five fields cannot say; write * for the day, list the days in a Calendar, and name it in"
                    + " the window's only (an end: write duration instead)"));
        }
        String lower = item.toLowerCase(Locale.ROOT);
        if (!field.equals("month") && MONTH_NAME.matcher(lower).matches()) {
            return Optional.of(CronComplaint.of(here + " is a month, which is the fourth field"));
        }
        if (!field.equals(DAY_OF_WEEK) && DAY_NAME.matcher(lower).matches()) {
            return Optional.of(CronComplaint.of(here + " is a day of the week, which is the fifth field"));
        }
        String hyphen = item.replaceAll("[\\u2010-\\u2015\\u2212]", "-");
        return hyphen.equals(item)
                ? Optional.empty()
                : Optional.of(new CronComplaint(here + " has a dash where a range has a hyphen", Optional.of(hyphen)));
    }

    private static String picked(Matcher jenkins, int least) {
        String from = jenkins.group(1);
        String step = jenkins.group(3);
        if (step == null) {
            return from == null ? Integer.toString(least) : from;
        }
        return (from == null ? "*" : from + "-" + jenkins.group(2)) + "/" + step;
    }

    private static String meaning(String field, String item) {
        String upper = item.toUpperCase(Locale.ROOT);
        if (field.equals(DAY_OF_WEEK)) {
            return upper.endsWith("L") ? "last such day of a month" : "day of a certain week of a month";
        }
        if (upper.contains("W")) {
            return upper.contains("L") ? "last working day of a month" : "nearest working day";
        }
        return upper.equals("L") ? "last day of a month" : "day counted from the end of a month";
    }

    /** Advice on a number that is out of its field's bounds, as the end of a message. */
    static String hint(String field, String number) {
        return Stream.of(
                        new String[] {"hour", "24", "; midnight at the end of a day is the hour 0 of the next day"},
                        new String[] {"minute", "60", "; write the minute 0 of the next hour"})
                .filter(row -> row[0].equals(field) && row[1].equals(number))
                .map(row -> row[2])
                .findFirst()
                .orElse("");
    }

    /** What a field's values fill. */
    static String whole(String field) {
        return switch (field) {
            case "minute" -> "hour";
            case "hour" -> "day";
            case DAY_OF_MONTH -> "month";
            case "month" -> "year";
            default -> "week";
        };
    }

    /** Whether a word is the name of a day or a month in more than three letters. */
    static boolean isFullName(String lower) {
        return FULL_NAMES.contains(lower);
    }
}
