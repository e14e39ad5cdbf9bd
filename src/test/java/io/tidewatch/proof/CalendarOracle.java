package io.tidewatch.proof;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The dates of an iCalendar text between two dates, worked out day by day from RFC 5545: whether a rule names a date is decided
 * by looking at that date alone. It knows nothing of limits and checks as little as it can: what it cannot read throws. It
 * shares no code with the product, and asks no library.
 */
final class CalendarOracle {

    private static final Set<String> DATES = Set.of(
            "BEGIN",
            "END",
            "UID",
            "DTSTART",
            "DTEND",
            "DURATION",
            "RRULE",
            "EXRULE",
            "RDATE",
            "EXDATE",
            "RECURRENCE-ID",
            "STATUS",
            "TZID",
            "TZOFFSETFROM",
            "TZOFFSETTO");

    private final LocalDate from;
    private final LocalDate to;
    private final TreeSet<LocalDate> touched = new TreeSet<>();
    private final Map<String, List<Change>> zones = new HashMap<>();

    private CalendarOracle(LocalDate from, LocalDate to) {
        this.from = from;
        this.to = to;
    }

    /** Both days included; clocks without COUNT are followed from 1960 on. */
    static Set<LocalDate> dates(String text, LocalDate from, LocalDate to) {
        TreeSet<LocalDate> all = new TreeSet<>();
        for (Block calendar : parse(text).inner) {
            CalendarOracle oracle = new CalendarOracle(from, to);
            oracle.calendar(calendar);
            all.addAll(oracle.touched);
        }
        return all;
    }

    /** A BEGIN to its END. */
    private static final class Block {
        final String name;
        final List<Line> lines = new ArrayList<>();
        final List<Block> inner = new ArrayList<>();

        Block(String name) {
            this.name = name;
        }

        List<Line> all(String property) {
            return lines.stream().filter(l -> l.name.equals(property)).toList();
        }

        Line only(String property) {
            List<Line> all = all(property);
            return all.isEmpty() ? null : all.get(all.size() - 1);
        }

        String value(String property) {
            Line line = only(property);
            return line == null ? "" : line.value;
        }
    }

    private record Line(String name, Map<String, String> parameters, String value) {}

    private record Change(LocalDateTime wall, int before, int after) {}

    /** @param zone empty for a floating time and for a date */
    private record Moment(LocalDateTime wall, boolean date, String zone) {}

    private static Block parse(String text) {
        String unfolded = text.replace("\r\n", "\n")
                .replace("\r", "\n")
                .replace("\n ", "")
                .replace("\n\t", "");
        ArrayList<Block> open = new ArrayList<>(List.of(new Block("")));
        for (String raw : unfolded.split("\n")) {
            if (raw.isBlank()) {
                continue;
            }
            Line line = line(raw);
            Block last = open.get(open.size() - 1);
            if (line.name.equals("BEGIN")) {
                Block block = new Block(line.value.toUpperCase());
                last.inner.add(block);
                open.add(block);
            } else if (line.name.equals("END")) {
                check(last.name.equals(line.value.toUpperCase()), raw);
                open.remove(open.size() - 1);
            } else {
                last.lines.add(line);
            }
        }
        check(open.size() == 1, "an END is missing");
        return open.get(0);
    }

    private static Line line(String raw) {
        ArrayList<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        boolean quoted = false;
        int i = 0;
        for (; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ';' || c == ':')) {
                pieces.add(piece.toString());
                piece.setLength(0);
                if (c == ':') {
                    break;
                }
            } else {
                piece.append(c);
            }
        }
        if (i == raw.length()
                && !pieces.isEmpty()
                && raw.contains(":")
                && !DATES.contains(pieces.get(0).toUpperCase())) {
            return new Line(pieces.get(0).toUpperCase(), Map.of(), "");
        }
        check(i < raw.length(), raw);
        Map<String, String> parameters = new TreeMap<>();
        for (String parameter : pieces.subList(1, pieces.size())) {
            parameters.put(parameter.split("=", -1)[0].toUpperCase(), parameter.substring(parameter.indexOf('=') + 1));
        }
        return new Line(
                pieces.get(0).toUpperCase(), parameters, raw.substring(i + 1).trim());
    }

    private void calendar(Block calendar) {
        check(calendar.name.equals("VCALENDAR"), calendar.name);
        check(Set.of("", "GREGORIAN").contains(calendar.value("CALSCALE").toUpperCase()), "another calendar");
        for (Block zone : calendar.inner) {
            if (zone.name.equals("VTIMEZONE")) {
                zones.put(zone.value("TZID").replace("\\,", ","), changes(zone));
            }
        }
        List<Block> events =
                calendar.inner.stream().filter(b -> b.name.equals("VEVENT")).toList();
        for (Block event : events) {
            event(event, events);
        }
    }

    private List<Change> changes(Block zone) {
        List<Change> changes = new ArrayList<>();
        for (Block observance : zone.inner) {
            LocalDateTime start = time(observance.value("DTSTART"));
            int before = offset(observance.value("TZOFFSETFROM"));
            int after = offset(observance.value("TZOFFSETTO"));
            changes.add(new Change(start, before, after));
            for (Line line : observance.all("RDATE")) {
                for (String value : line.value.split(",")) {
                    changes.add(new Change(time(value), before, after));
                }
            }
            if (observance.only("RRULE") != null) {
                Map<String, String> rule = rule(observance.value("RRULE"));
                String until = rule.get("UNTIL");
                LocalDateTime last = until == null
                        ? to.plusDays(2).atStartOfDay()
                        : until.endsWith("Z")
                                ? time(until.substring(0, until.length() - 1)).plusSeconds(before)
                                : time(until);
                LocalDateTime first =
                        start.getYear() < 1960 && !rule.containsKey("COUNT") ? start.withYear(1960) : start;
                for (LocalDateTime wall : occurrences(rule, start, first.toLocalDate(), last)) {
                    changes.add(new Change(wall, before, after));
                }
            }
        }
        check(!changes.isEmpty(), "no clocks");
        return changes;
    }

    private void event(Block event, List<Block> events) {
        String status = event.value("STATUS").toUpperCase();
        check(Set.of("", "CONFIRMED", "TENTATIVE", "CANCELLED").contains(status), status);
        Moment start = moment(event.only("DTSTART"), event.value("DTSTART"));
        Set<LocalDateTime> starts = new TreeSet<>();
        if (event.only("RRULE") == null) {
            starts.add(start.wall);
        } else {
            Map<String, String> rule = rule(event.value("RRULE"));
            starts.addAll(occurrences(rule, start.wall, start.wall.toLocalDate(), last(rule, start)));
        }
        for (Line line : event.all("RDATE")) {
            for (String value : line.value.split(",")) {
                starts.add(onWall(moment(line, value), start));
            }
        }
        for (Line line : event.all("EXRULE")) {
            Map<String, String> rule = rule(line.value);
            starts.removeAll(occurrences(rule, start.wall, start.wall.toLocalDate(), last(rule, start)));
        }
        for (Line line : event.all("EXDATE")) {
            for (String value : line.value.split(",")) {
                remove(starts, moment(line, value), start);
            }
        }
        if (event.only("RECURRENCE-ID") == null) {
            for (Block other : events) {
                Line replaced = other.only("RECURRENCE-ID");
                if (replaced != null && other.value("UID").equals(event.value("UID"))) {
                    check(!replaced.parameters.containsKey("RANGE"), "RANGE");
                    remove(starts, moment(replaced, replaced.value), start);
                }
            }
        }
        if (!status.equals("CANCELLED")) {
            starts.forEach(at -> touch(event, start, at));
        }
    }

    private void remove(Set<LocalDateTime> starts, Moment exception, Moment start) {
        if (exception.date || start.date) {
            starts.removeIf(at -> at.toLocalDate().equals(exception.wall.toLocalDate()));
        } else {
            starts.remove(onWall(exception, start));
        }
    }

    private LocalDateTime last(Map<String, String> rule, Moment start) {
        String until = rule.get("UNTIL");
        if (until == null) {
            return to.plusDays(1).atStartOfDay();
        }
        Moment last = moment(new Line("UNTIL", Map.of(), until), until);
        return last.date || start.date ? last.wall.toLocalDate().atTime(LocalTime.MAX) : onWall(last, start);
    }

    private void touch(Block event, Moment start, LocalDateTime at) {
        LocalDateTime end = at;
        if (event.only("DTEND") != null) {
            Moment written = moment(event.only("DTEND"), event.value("DTEND"));
            check(written.date == start.date, "DTEND of another type");
            if (start.date) {
                end = at.plusDays(ChronoUnit.DAYS.between(start.wall, written.wall));
                check(!end.isBefore(at), "DTEND before DTSTART");
            } else if (start.zone.isEmpty() || written.zone.isEmpty()) {
                check(start.zone.equals(written.zone), "DTEND without a zone");
                Duration length = Duration.between(start.wall, written.wall);
                check(!length.isNegative(), "DTEND before DTSTART");
                end = at.plus(length);
            } else {
                Duration length =
                        Duration.between(instant(start.wall, start.zone), instant(written.wall, written.zone));
                check(!length.isNegative(), "DTEND before DTSTART");
                end = wall(instant(at, start.zone).plus(length), start.zone);
            }
        } else if (event.only("DURATION") != null) {
            end = plus(at, event.value("DURATION"), start.zone);
        }
        LocalDate day = at.toLocalDate();
        do {
            if (!day.isBefore(from) && !day.isAfter(to)) {
                touched.add(day);
            }
            day = day.plusDays(1);
        } while (day.atStartOfDay().isBefore(end) && !day.isAfter(to));
    }

    private LocalDateTime plus(LocalDateTime at, String duration, String zone) {
        String text = duration.startsWith("+") ? duration.substring(1) : duration;
        check(text.startsWith("P") && text.length() > 2, duration);
        if (text.endsWith("W")) {
            return at.plusWeeks(Integer.parseInt(text.substring(1, text.length() - 1)));
        }
        int t = text.indexOf('T');
        String days = t < 0 ? text.substring(1) : text.substring(1, t);
        LocalDateTime day = days.isEmpty()
                ? at
                : at.plusDays(Integer.parseInt(days.substring(0, days.length() - (days.endsWith("D") ? 1 : 0))));
        check(days.isEmpty() || days.endsWith("D"), duration);
        if (t < 0) {
            return day;
        }
        Duration time = Duration.parse("P" + text.substring(t));
        return zone.isEmpty() ? day.plus(time) : wall(instant(day, zone).plus(time), zone);
    }

    /** Day by day: a date is an occurrence if its period is one of the rule's and it is among those chosen of its period. */
    private static List<LocalDateTime> occurrences(
            Map<String, String> rule, LocalDateTime start, LocalDate first, LocalDateTime last) {
        List<LocalDateTime> all = new ArrayList<>();
        int count = rule.containsKey("COUNT") ? Integer.parseInt(rule.get("COUNT")) : Integer.MAX_VALUE;
        Map<LocalDate, List<LocalDate>> chosen = new HashMap<>();
        for (LocalDate day = first; !day.atStartOfDay().isAfter(last); day = day.plusDays(1)) {
            if (!named(rule, start, day)) {
                continue;
            }
            if (rule.containsKey("BYSETPOS")) {
                LocalDate period = rule.get("FREQ").equals("YEARLY") ? day.withDayOfYear(1) : day.withDayOfMonth(1);
                LocalDate next = rule.get("FREQ").equals("YEARLY") ? period.plusYears(1) : period.plusMonths(1);
                List<LocalDate> set = chosen.computeIfAbsent(period, p -> {
                    List<LocalDate> candidates = p.datesUntil(next)
                            .filter(d -> named(rule, start, d))
                            .toList();
                    List<LocalDate> those = new ArrayList<>();
                    for (int position : numbers(rule, "BYSETPOS")) {
                        int index = position > 0 ? position - 1 : candidates.size() + position;
                        if (index >= 0 && index < candidates.size()) {
                            those.add(candidates.get(index));
                        }
                    }
                    return those;
                });
                if (!set.contains(day)) {
                    continue;
                }
            }
            for (LocalTime time : times(rule, start)) {
                LocalDateTime at = day.atTime(time);
                if (at.isBefore(start) || at.isAfter(last)) {
                    continue;
                }
                if (all.size() == count) {
                    return all;
                }
                all.add(at);
            }
        }
        return all;
    }

    private static Set<LocalTime> times(Map<String, String> rule, LocalDateTime start) {
        Set<LocalTime> times = new TreeSet<>();
        for (int second = 0; second < 86_400; second += rule.containsKey("BYSECOND") ? 1 : 60) {
            LocalTime time = LocalTime.ofSecondOfDay(second);
            if (in(rule, "BYHOUR", time.getHour(), start.getHour())
                    && in(rule, "BYMINUTE", time.getMinute(), start.getMinute())
                    && (!rule.containsKey("BYSECOND") || in(rule, "BYSECOND", time.getSecond(), 0))) {
                times.add(rule.containsKey("BYSECOND") ? time : time.withSecond(start.getSecond()));
            }
            if (!rule.containsKey("BYHOUR") && !rule.containsKey("BYMINUTE") && !rule.containsKey("BYSECOND")) {
                return Set.of(start.toLocalTime());
            }
        }
        return times;
    }

    private static boolean in(Map<String, String> rule, String part, int value, int otherwise) {
        return rule.containsKey(part) ? numbers(rule, part).contains(value) : value == otherwise;
    }

    /** Whether a date fits every part but BYSETPOS, UNTIL and COUNT. */
    private static boolean named(Map<String, String> rule, LocalDateTime begin, LocalDate day) {
        LocalDate start = begin.toLocalDate();
        String frequency = rule.get("FREQ");
        int interval = Integer.parseInt(rule.getOrDefault("INTERVAL", "1"));
        DayOfWeek weekStart = weekday(rule.getOrDefault("WKST", "MO"));
        long periods = switch (frequency) {
            case "DAILY" -> ChronoUnit.DAYS.between(start, day);
            case "WEEKLY" -> ChronoUnit.DAYS.between(weekOf(start, weekStart), weekOf(day, weekStart)) / 7;
            case "MONTHLY" -> ChronoUnit.MONTHS.between(YearMonth.from(start), YearMonth.from(day));
            case "YEARLY" -> day.getYear() - start.getYear();
            default -> throw new IllegalArgumentException(frequency);
        };
        if (Math.floorMod(periods, (long) interval) != 0) {
            return false;
        }
        boolean yearly = frequency.equals("YEARLY");
        boolean expands = rule.containsKey("BYMONTHDAY")
                || rule.containsKey("BYDAY")
                || rule.containsKey("BYYEARDAY")
                || rule.containsKey("BYWEEKNO");
        if (rule.containsKey("BYMONTH") && !numbers(rule, "BYMONTH").contains(day.getMonthValue())) {
            return false;
        }
        if (yearly && !rule.containsKey("BYMONTH") && !expands && day.getMonth() != start.getMonth()) {
            return false;
        }
        if ((yearly || frequency.equals("MONTHLY")) && !expands && day.getDayOfMonth() != start.getDayOfMonth()) {
            return false;
        }
        if (frequency.equals("WEEKLY") && !rule.containsKey("BYDAY") && day.getDayOfWeek() != start.getDayOfWeek()) {
            return false;
        }
        return fits(rule, "BYMONTHDAY", day.getDayOfMonth(), day.lengthOfMonth())
                && fits(rule, "BYYEARDAY", day.getDayOfYear(), day.lengthOfYear())
                && (!rule.containsKey("BYWEEKNO") || fitsWeek(rule, day, weekStart))
                && (!rule.containsKey("BYDAY") || fitsWeekday(rule, day, yearly && !rule.containsKey("BYMONTH")));
    }

    private static LocalDate weekOf(LocalDate day, DayOfWeek weekStart) {
        LocalDate first = day;
        while (first.getDayOfWeek() != weekStart) {
            first = first.minusDays(1);
        }
        return first;
    }

    private static boolean fits(Map<String, String> rule, String part, int value, int length) {
        return !rule.containsKey(part)
                || numbers(rule, part).stream().anyMatch(n -> n > 0 ? n == value : length + n + 1 == value);
    }

    /** Week 1 is the first with four days of the year. */
    private static boolean fitsWeek(Map<String, String> rule, LocalDate day, DayOfWeek weekStart) {
        LocalDate week = weekOf(day, weekStart);
        int year = week.plusDays(3).getYear();
        LocalDate firstWeek = weekOf(LocalDate.of(year, 1, 4), weekStart);
        LocalDate nextFirst = weekOf(LocalDate.of(year + 1, 1, 4), weekStart);
        int number = (int) ChronoUnit.WEEKS.between(firstWeek, week) + 1;
        return fits(rule, "BYWEEKNO", number, (int) ChronoUnit.WEEKS.between(firstWeek, nextFirst));
    }

    private static boolean fitsWeekday(Map<String, String> rule, LocalDate day, boolean ofYear) {
        for (String written : rule.get("BYDAY").split(",")) {
            DayOfWeek weekday = weekday(written.substring(written.length() - 2));
            String number = written.substring(0, written.length() - 2);
            if (weekday != day.getDayOfWeek()) {
                continue;
            }
            if (number.isEmpty()) {
                return true;
            }
            int wanted = Integer.parseInt(number);
            int seen = 0;
            LocalDate at = day;
            while (ofYear ? at.getYear() == day.getYear() : at.getMonth() == day.getMonth()) {
                seen++;
                at = wanted > 0 ? at.minusDays(7) : at.plusDays(7);
            }
            if (seen == Math.abs(wanted)) {
                return true;
            }
        }
        return false;
    }

    private static DayOfWeek weekday(String letters) {
        List<String> names = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");
        check(names.contains(letters), letters);
        return DayOfWeek.of(names.indexOf(letters) + 1);
    }

    private static List<Integer> numbers(Map<String, String> rule, String part) {
        return Arrays.stream(rule.get(part).split(",")).map(Integer::valueOf).toList();
    }

    private static Map<String, String> rule(String text) {
        Map<String, String> rule = new TreeMap<>();
        for (String part : text.toUpperCase().split(";")) {
            check(
                    part.contains("=") && rule.put(part.split("=")[0], part.substring(part.indexOf('=') + 1)) == null,
                    text);
        }
        Set<String> known = Set.of(
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
        check(known.containsAll(rule.keySet()), text);
        return rule;
    }

    private Moment moment(Line line, String text) {
        check(line != null, "a time is missing");
        if (!text.contains("T")) {
            return new Moment(date(text).atStartOfDay(), true, "");
        }
        if (text.endsWith("Z")) {
            return new Moment(time(text.substring(0, text.length() - 1)), false, "UTC");
        }
        return new Moment(time(text), false, line.parameters.getOrDefault("TZID", ""));
    }

    private static LocalDate date(String text) {
        check(text.length() == 8, text);
        return LocalDate.of(
                Integer.parseInt(text.substring(0, 4)),
                Integer.parseInt(text.substring(4, 6)),
                Integer.parseInt(text.substring(6)));
    }

    private static LocalDateTime time(String text) {
        check(text.length() == 15 && text.charAt(8) == 'T', text);
        return date(text.substring(0, 8))
                .atTime(
                        Integer.parseInt(text.substring(9, 11)),
                        Integer.parseInt(text.substring(11, 13)),
                        Integer.parseInt(text.substring(13)));
    }

    private static int offset(String text) {
        check(text.length() == 5 || text.length() == 7, text);
        return ZoneOffset.of(text.substring(0, 3) + ":" + text.substring(3, 5)).getTotalSeconds();
    }

    /** What the clock of another moment shows at a moment; a moment without a zone is taken as it is written. */
    private LocalDateTime onWall(Moment moment, Moment other) {
        boolean same = moment.zone.equals(other.zone) || moment.zone.isEmpty() || other.zone.isEmpty();
        return same || !isKnown(moment.zone) || !isKnown(other.zone)
                ? moment.wall
                : wall(instant(moment.wall, moment.zone), other.zone);
    }

    private boolean isKnown(String zone) {
        return zones.containsKey(zone) || ZoneId.getAvailableZoneIds().contains(zone);
    }

    private Instant instant(LocalDateTime wall, String zone) {
        if (!zones.containsKey(zone)) {
            return wall.atZone(isKnown(zone) ? ZoneId.of(zone) : ZoneOffset.UTC).toInstant();
        }
        Change change = null;
        for (Change one : zones.get(zone)) {
            if (!one.wall.isAfter(wall) && (change == null || !one.wall.isBefore(change.wall))) {
                change = one;
            }
        }
        if (change == null) {
            change = first(zones.get(zone), Change::wall);
            return wall.toInstant(ZoneOffset.ofTotalSeconds(change.before));
        }
        boolean skipped = wall.isBefore(change.wall.plusSeconds((long) change.after - change.before));
        return wall.toInstant(ZoneOffset.ofTotalSeconds(skipped ? change.before : change.after));
    }

    private LocalDateTime wall(Instant instant, String zone) {
        if (!zones.containsKey(zone)) {
            return LocalDateTime.ofInstant(instant, isKnown(zone) ? ZoneId.of(zone) : ZoneOffset.UTC);
        }
        Change change = null;
        for (Change one : zones.get(zone)) {
            if (!at(one).isAfter(instant) && (change == null || !at(one).isBefore(at(change)))) {
                change = one;
            }
        }
        int offset = change == null ? first(zones.get(zone), CalendarOracle::at).before : change.after;
        return LocalDateTime.ofInstant(instant, ZoneOffset.ofTotalSeconds(offset));
    }

    private static Instant at(Change change) {
        return change.wall.toInstant(ZoneOffset.ofTotalSeconds(change.before));
    }

    private static <T extends Comparable<? super T>> Change first(List<Change> changes, Function<Change, T> by) {
        return changes.stream().min(java.util.Comparator.comparing(by)).orElseThrow();
    }

    private static void check(boolean right, String what) {
        if (!right) {
            throw new IllegalArgumentException(what);
        }
    }
}
