package io.tidewatch.definition.calendar;

import io.tidewatch.definition.calendar.IcsRule.Frequency;
import io.tidewatch.definition.calendar.IcsRule.WeekDay;
import io.tidewatch.yaml.Nearest;
import io.tidewatch.yaml.Quoted;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a recurrence rule. A part that is unknown, out of range, or that calendars read in different ways beside another part,
 * is an error: a rule is followed as a whole or not at all.
 */
final class IcsRuleReader {

    private static final List<String> WEEKDAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");
    private static final Set<String> MORE_THAN_DAILY = Set.of("SECONDLY", "MINUTELY", "HOURLY");
    private static final Map<String, Range> NUMBERS = Map.of(
            "BYSECOND", new Range(0, 59, false),
            "BYMINUTE", new Range(0, 59, false),
            "BYHOUR", new Range(0, 23, false),
            "BYMONTH", new Range(1, 12, false),
            "BYMONTHDAY", new Range(1, 31, true),
            "BYYEARDAY", new Range(1, 366, true),
            "BYWEEKNO", new Range(1, 53, true),
            "BYSETPOS", new Range(1, 366, true));
    private static final List<String> TIMES = List.of("BYHOUR", "BYMINUTE", "BYSECOND");
    private static final List<String> PARTS = List.of(
            "FREQ",
            "UNTIL",
            "COUNT",
            "INTERVAL",
            "BYSECOND",
            "BYMINUTE",
            "BYHOUR",
            "BYDAY",
            "BYMONTHDAY",
            "BYYEARDAY",
            "BYWEEKNO",
            "BYMONTH",
            "BYSETPOS",
            "WKST");
    /** What the rules of time zones in use are made of; each with one value, but for the days among which a weekday is. */
    private static final Set<String> OF_ZONES =
            Set.of("FREQ", "BYMONTH", "BYDAY", "BYMONTHDAY", "UNTIL", "COUNT", "WKST", "INTERVAL");

    private static final int DAYS_OF_A_WEEK = 7;
    private static final int LONGEST_INTERVAL = 1_000;
    private static final int MOST_TIMES_A_DAY = 24;
    private static final int WEEKS_OF_MONTH = 5;
    private static final int WEEKS_OF_YEAR = 53;

    private final IcsLine line;
    private final IcsProblems problems;
    private final Map<String, String> parts = new LinkedHashMap<>();
    private boolean wrong;

    private IcsRuleReader(IcsLine line, IcsProblems problems) {
        this.line = line;
        this.problems = problems;
    }

    private record Range(int least, int most, boolean fromTheEnd) {

        boolean holds(int value) {
            int size = fromTheEnd ? Math.abs(value) : value;
            return size >= least && size <= most;
        }
    }

    /** The rule of an event; absent with an error. */
    static Optional<IcsRule> ofEvent(IcsLine line, IcsProblems problems) {
        return new IcsRuleReader(line, problems).read();
    }

    /** The rule of a time zone's STANDARD or DAYLIGHT; absent with an error. */
    static Optional<IcsRule> ofZone(IcsLine line, IcsProblems problems) {
        IcsRuleReader reader = new IcsRuleReader(line, problems);
        reader.checkZone();
        return reader.wrong ? Optional.empty() : reader.read();
    }

    private void checkZone() {
        boolean yearly = false;
        boolean weekday = true;
        for (String part : line.value().toUpperCase(Locale.ROOT).split(";", -1)) {
            int equals = part.indexOf('=');
            String key = part.substring(0, Math.max(0, equals));
            String[] values = part.substring(equals + 1).split(",", -1);
            yearly |= key.equals("FREQ") && values[0].equals("YEARLY");
            boolean many = values.length > (key.equals("BYMONTHDAY") ? DAYS_OF_A_WEEK : 1);
            boolean still = key.equals("INTERVAL") && !values[0].equals("1");
            weekday &= !key.equals("BYDAY")
                    || values[0].length() > 2
                    || line.value().toUpperCase(Locale.ROOT).contains("BYMONTHDAY=");
            if (!part.isBlank() && (!OF_ZONES.contains(key) || many || still)) {
                error("of a time zone contains " + Quoted.cut(part) + "; a zone changes its clocks once a year");
                return;
            }
        }
        if (!yearly) {
            error("of a time zone is not FREQ=YEARLY; a zone changes its clocks once a year");
        } else if (!weekday) {
            error("of a time zone names a weekday without its number; write which of the month, as BYDAY=-1SU");
        }
    }

    private Optional<IcsRule> read() {
        split();
        Optional<Frequency> frequency = frequency();
        int interval = whole("INTERVAL", LONGEST_INTERVAL).orElse(1);
        Optional<Integer> count = whole("COUNT", Integer.MAX_VALUE);
        Optional<IcsTime> until = Optional.ofNullable(parts.get("UNTIL")).flatMap(this::until);
        if (count.isPresent() && until.isPresent()) {
            error("has COUNT and UNTIL; write one of them");
        }
        Map<String, List<Integer>> numbers = new LinkedHashMap<>();
        NUMBERS.forEach((part, range) -> Optional.ofNullable(parts.get(part))
                .ifPresent(written -> numbers.put(part, numbers(part, written, range))));
        List<WeekDay> days =
                Optional.ofNullable(parts.get("BYDAY")).map(this::weekDays).orElse(List.of());
        DayOfWeek weekStart =
                Optional.ofNullable(parts.get("WKST")).map(this::weekStart).orElse(DayOfWeek.MONDAY);
        if (wrong || frequency.isEmpty()) {
            return Optional.empty();
        }
        IcsRule rule = new IcsRule(line.number(), frequency.get(), interval, count, until, numbers, days, weekStart);
        together(rule);
        return wrong ? Optional.empty() : Optional.of(rule);
    }

    private void split() {
        String value = line.value().toUpperCase(Locale.ROOT);
        String all = value.endsWith(";") ? value.substring(0, value.length() - 1) : value;
        for (String part : all.split(";", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            String written = part.substring(equals + 1);
            if (equals <= 0 || written.isEmpty()) {
                error("has the part " + Quoted.of(part) + ", which is no name with a value; write it as FREQ=YEARLY");
            } else if (name.equals("RSCALE") || name.equals("SKIP")) {
                error("has " + Quoted.cut(part)
                        + ", and rules are followed in the Gregorian calendar alone; list the dates in RDATE");
            } else if (!PARTS.contains(name)) {
                error("has the unknown part " + Quoted.cut(part)
                        + Nearest.to(name, PARTS)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("; list the dates in RDATE instead"));
            } else if (parts.put(name, written) != null) {
                error("has " + name + " twice; write " + name + " once");
            }
        }
    }

    private Optional<Frequency> frequency() {
        String written = parts.get("FREQ");
        if (written == null) {
            if (!wrong) {
                error("has no FREQ; write one, as FREQ=YEARLY");
            }
            return Optional.empty();
        }
        if (MORE_THAN_DAILY.contains(written)) {
            error("is FREQ=" + written + "; an event marks dates, write FREQ=DAILY");
            return Optional.empty();
        }
        for (Frequency frequency : Frequency.values()) {
            if (frequency.name().equals(written)) {
                return Optional.of(frequency);
            }
        }
        error("is FREQ=" + Quoted.cut(written) + "; write DAILY, WEEKLY, MONTHLY or YEARLY");
        return Optional.empty();
    }

    private Optional<Integer> whole(String part, int most) {
        String written = parts.get(part);
        if (written == null) {
            return Optional.empty();
        }
        Optional<Integer> value = IcsText.number(written);
        if (value.isEmpty() || value.get() < 1 || value.get() > most) {
            error("has " + Quoted.cut(part + "=" + written) + ", which is not "
                    + (most == Integer.MAX_VALUE ? "a number above 0" : "between 1 and " + most) + "; correct " + part);
            return Optional.empty();
        }
        return value;
    }

    private Optional<IcsTime> until(String written) {
        Optional<IcsTime> until = IcsText.date(written)
                .map(day -> IcsTime.date(day.atStartOfDay()))
                .or(() -> IcsText.time(written).map(IcsTime::floating))
                .or(() -> written.endsWith("Z")
                        ? IcsText.time(written.substring(0, written.length() - 1))
                                .map(IcsTime::utc)
                        : Optional.empty());
        if (until.isEmpty()) {
            error("has UNTIL=" + Quoted.cut(written)
                    + ", which is no date and no time that exists; write UNTIL as 20261225 or 20261225T235959Z");
        }
        return until;
    }

    private List<Integer> numbers(String part, String written, Range range) {
        List<Integer> values = new ArrayList<>();
        for (String one : written.split(",", -1)) {
            boolean signed = one.startsWith("-") || one.startsWith("+");
            Optional<Integer> size =
                    IcsText.number(signed ? one.substring(1) : one).filter(n -> one.length() <= 4);
            Optional<Integer> value = size.map(n -> one.startsWith("-") ? -n : n);
            if (value.isEmpty() || (signed && !range.fromTheEnd()) || !range.holds(value.get())) {
                error("has " + Quoted.cut(part + "=" + written) + ", and " + part + " is not between " + range.least()
                        + " and "
                        + range.most() + (range.fromTheEnd() ? " or -" + range.most() + " and -" + range.least() : "")
                        + "; correct " + part);
                return List.of();
            }
            values.add(value.get());
        }
        return values;
    }

    private List<WeekDay> weekDays(String written) {
        List<WeekDay> days = new ArrayList<>();
        for (String one : written.split(",", -1)) {
            int letters = Math.max(0, one.length() - 2);
            int day = WEEKDAYS.indexOf(one.substring(letters));
            String sign = one.substring(0, letters);
            String size = sign.startsWith("-") || sign.startsWith("+") ? sign.substring(1) : sign;
            Optional<Integer> number = sign.isEmpty()
                    ? Optional.of(0)
                    : IcsText.number(size).filter(n -> n >= 1 && n <= WEEKS_OF_YEAR && size.length() <= 2);
            if (day < 0 || number.isEmpty()) {
                error("has " + Quoted.cut("BYDAY=" + written) + ", and " + Quoted.of(one)
                        + " is no weekday; write BYDAY as MO, 2TU or -1FR, the number between 1 and " + WEEKS_OF_YEAR);
                return List.of();
            }
            days.add(new WeekDay(sign.startsWith("-") ? -number.get() : number.get(), DayOfWeek.of(day + 1)));
        }
        return days;
    }

    private DayOfWeek weekStart(String written) {
        int day = WEEKDAYS.indexOf(written);
        if (day < 0) {
            error("has WKST=" + Quoted.cut(written) + ", which is no weekday; write WKST=MO");
        }
        return DayOfWeek.of(Math.max(0, day) + 1);
    }

    /** Which parts go together. */
    private void together(IcsRule rule) {
        Frequency frequency = rule.frequency();
        int most = rule.days().stream()
                .mapToInt(day -> Math.abs(day.number()))
                .max()
                .orElse(0);
        boolean yearly = frequency == Frequency.YEARLY;
        boolean inMonth = frequency == Frequency.MONTHLY || rule.has("BYMONTH");
        if (most > 0 && !yearly && frequency != Frequency.MONTHLY) {
            error("numbers a weekday of BYDAY, which only FREQ=MONTHLY and FREQ=YEARLY can; remove the number");
        } else if (most > WEEKS_OF_MONTH && inMonth) {
            error("numbers a weekday of BYDAY " + most + ", and a month has at most " + WEEKS_OF_MONTH
                    + "; correct BYDAY");
        } else if (most > 0 && (rule.has("BYMONTHDAY") || rule.has("BYYEARDAY") || rule.has("BYWEEKNO"))) {
            error(
                    "numbers a weekday of BYDAY beside BYMONTHDAY, BYYEARDAY or BYWEEKNO, which calendars read in different ways; remove one of them");
        }
        if (rule.has("BYMONTHDAY") && frequency == Frequency.WEEKLY) {
            error("has BYMONTHDAY, which FREQ=WEEKLY cannot have; write FREQ=MONTHLY");
        }
        if ((rule.has("BYYEARDAY") || rule.has("BYWEEKNO")) && !yearly) {
            error("has BYYEARDAY or BYWEEKNO, which only FREQ=YEARLY can have; write FREQ=YEARLY");
        }
        if (rule.has("BYYEARDAY") && (rule.has("BYMONTH") || rule.has("BYMONTHDAY") || rule.has("BYWEEKNO"))) {
            error(
                    "has BYYEARDAY beside BYMONTH, BYMONTHDAY or BYWEEKNO, which calendars read in different ways; write BYYEARDAY alone");
        }
        if (rule.has("BYWEEKNO")
                && (rule.days().isEmpty()
                        || rule.interval() > 1
                        || rule.has("BYMONTH")
                        || rule.has("BYMONTHDAY")
                        || rule.has("BYSETPOS"))) {
            error(
                    "has BYWEEKNO, which calendars read alike only beside BYDAY and without INTERVAL, BYMONTH, BYMONTHDAY and BYSETPOS; write the dates in another way");
        }
        boolean times = TIMES.stream().anyMatch(rule::has);
        if (rule.has("BYSETPOS") && (frequency == Frequency.DAILY || frequency == Frequency.WEEKLY || times)) {
            error(
                    "has BYSETPOS beside FREQ=DAILY, FREQ=WEEKLY, BYHOUR, BYMINUTE or BYSECOND, which calendars read in different ways; remove BYSETPOS");
        } else if (rule.has("BYSETPOS")
                && rule.days().isEmpty()
                && !rule.has("BYMONTHDAY")
                && !rule.has("BYYEARDAY")
                && !rule.has("BYMONTH")) {
            error("has BYSETPOS and no days to choose from; write BYDAY, or remove BYSETPOS");
        }
        long timesADay = 1;
        for (String part : TIMES) {
            timesADay *= Math.max(1, rule.by(part).size());
        }
        if (timesADay > MOST_TIMES_A_DAY) {
            error("has BYHOUR, BYMINUTE and BYSECOND for more than " + MOST_TIMES_A_DAY
                    + " times a day; an event marks dates, leave them out");
        }
    }

    private void error(String words) {
        wrong = true;
        problems.add(line.number(), line.name() + " " + words);
    }
}
