package io.tidewatch.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.definition.calendar.IcsReader;
import io.tidewatch.model.Problem.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Calendar files in the manner of programs in use, mutated line by line: our dates are those of {@link CalendarOracle}, or the
 * file is an error. {@code -Dtidewatch.feeds=10000} for more, {@code -Dtidewatch.feeds.seed=N} for others.
 */
class MutatedFeedsTest {

    private static final Path FOLDER = Path.of("src/test/resources/feeds");
    private static final int FEEDS = Integer.getInteger("tidewatch.feeds", 400);
    private static final long SEED = Long.getLong("tidewatch.feeds.seed", 20261129L);
    private static final LocalDate FROM = LocalDate.of(2026, 1, 1);
    private static final LocalDate TO = LocalDate.of(2030, 12, 31);

    private static final List<String> PROPERTIES = List.of(
            "DTSTART;VALUE=DATE:20270310",
            "DTSTART:20270310T233000Z",
            "DTEND;VALUE=DATE:20270315",
            "DTEND:20270315T003000",
            "DURATION:P2D",
            "DURATION:PT26H",
            "RRULE:FREQ=WEEKLY;COUNT=5",
            "RRULE:FREQ=MONTHLY;BYMONTHDAY=10;COUNT=4",
            "RDATE;VALUE=DATE:20270320,20270321",
            "RDATE:20270320T233000Z",
            "RDATE;VALUE=PERIOD:20270320T230000Z/PT3H",
            "EXDATE;VALUE=DATE:20270317",
            "EXDATE:20270317T233000Z",
            "EXRULE:FREQ=YEARLY",
            "RECURRENCE-ID;VALUE=DATE:20270501",
            "RECURRENCE-ID;RANGE=THISANDFUTURE:20270322T220000",
            "STATUS:CANCELLED",
            "STATUS:TENTATIVE",
            "UID:b2@google.com",
            "CALSCALE:CHINESE",
            "TRANSP:TRANSPARENT",
            "X-ANY:20270101",
            "BEGIN:VALARM\nTRIGGER:-PT5M\nEND:VALARM",
            "BEGIN:VEVENT\nDTSTART:20270909\nEND:VEVENT",
            "BEGIN:VEVENT",
            "END:VEVENT",
            "TZOFFSETTO:+0900");
    private static final List<String> PARTS = List.of(
            "INTERVAL=2",
            "COUNT=3",
            "UNTIL=20280101",
            "UNTIL=20280101T000000Z",
            "BYMONTH=1,3",
            "BYMONTH=13",
            "BYDAY=MO",
            "BYDAY=2TU",
            "BYDAY=-1FR",
            "BYDAY=8MO",
            "BYMONTHDAY=-1",
            "BYMONTHDAY=10,20",
            "BYYEARDAY=100",
            "BYWEEKNO=10",
            "BYSETPOS=-1",
            "BYSETPOS=2",
            "BYHOUR=1,23",
            "WKST=SU",
            "WKST=TH",
            "BYEASTER=-2",
            "RSCALE=CHINESE",
            "SKIP=FORWARD",
            "X-Y=1",
            "FREQ=DAILY",
            "BYMINUTE=30",
            "BYSECOND=0,59");
    private static final List<String> PARAMETERS = List.of(
            "VALUE=DATE",
            "VALUE=DATE-TIME",
            "VALUE=PERIOD",
            "VALUE=TEXT",
            "TZID=Asia/Seoul",
            "TZID=America/New_York",
            "TZID=UTC",
            "TZID=Mars",
            "TZID=\"W. Europe Standard Time\"",
            "X-Y=1",
            "RANGE=THISANDFUTURE",
            "ENCODING=QUOTED-PRINTABLE",
            "VALUE");
    private static final List<String> VALUES = List.of(
            "20270229",
            "20252905",
            "20270332",
            "20270401",
            "20270401T103000",
            "20270401T103000Z",
            "20270401T243000",
            "P3D",
            "PT36H",
            "-P1D",
            "20270401,20270402",
            "",
            "FREQ=DAILY;COUNT=3",
            "FREQ=HOURLY",
            "CANCELLED",
            "CANCELED",
            "Europe/Berlin",
            "+0530");

    private final Random random = new Random(SEED);

    @Test
    void datesAreThoseOfAnIndependentReadingOrTheFileIsAnError() throws IOException {
        Map<String, List<String>> golden = new TreeMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                golden.put(file.getFileName().toString(), Files.readAllLines(file));
            }
        }
        List<List<String>> feeds = new ArrayList<>(golden.values());
        for (List<String> feed : feeds) {
            assertThat(verdict(String.join("\r\n", feed))).isEqualTo(Verdict.EQUAL);
        }
        Map<Verdict, Integer> figures = new TreeMap<>();
        int moved = 0;
        for (int i = 0; i < FEEDS; i++) {
            List<String> feed = feeds.get(random.nextInt(feeds.size()));
            String text = mutated(feed);
            Verdict verdict = verdict(text);
            figures.merge(verdict, 1, Integer::sum);
            if (verdict == Verdict.EQUAL && !ours(text).equals(ours(String.join("\n", feed)))) {
                moved++;
            }
        }
        System.out.println(FEEDS + " mutated calendar files with seed " + SEED + ": " + figures
                + ", equal with other dates than before: " + moved);
        assertThat(moved).as("mutations that a reader can get wrong").isGreaterThan(FEEDS / 50);
        assertThat(figures).containsOnlyKeys(Verdict.EQUAL, Verdict.ERROR);
    }

    private enum Verdict {
        EQUAL,
        ERROR,
        DIFFERENT
    }

    private static Verdict verdict(String text) {
        IcsReader.Read read = IcsReader.read("feed.ics", text, false);
        if (read.file().isEmpty()) {
            assertThat(read.said()).as(text).anyMatch(problem -> problem.severity() == Severity.ERROR);
            return Verdict.ERROR;
        }
        Set<LocalDate> ours = ours(text);
        try {
            Set<LocalDate> theirs = CalendarOracle.dates(text, FROM, TO);
            if (ours.equals(theirs)) {
                return Verdict.EQUAL;
            }
            System.out.println("DIFFERENT: ours " + first(without(ours, theirs)) + ", independent "
                    + first(without(theirs, ours)) + "\n" + text);
        } catch (RuntimeException e) {
            System.out.println("DIFFERENT: we read dates, the independent reading says " + e + "\n" + text);
        }
        return Verdict.DIFFERENT;
    }

    private static Set<LocalDate> ours(String text) {
        Set<LocalDate> ours = new TreeSet<>();
        IcsReader.read("feed.ics", text, false).file().orElseThrow().days().bits().stream()
                .mapToObj(LocalDate::ofEpochDay)
                .filter(day -> !day.isBefore(FROM) && !day.isAfter(TO))
                .forEach(ours::add);
        return ours;
    }

    private static String first(Set<LocalDate> dates) {
        return dates.size() + " dates, the first " + dates.stream().limit(5).toList();
    }

    private static Set<LocalDate> without(Set<LocalDate> all, Set<LocalDate> others) {
        Set<LocalDate> rest = new TreeSet<>(all);
        rest.removeAll(others);
        return rest;
    }

    private String mutated(List<String> feed) {
        List<String> lines = new ArrayList<>(feed);
        int times = 1 + random.nextInt(2);
        for (int i = 0; i < times; i++) {
            int at = line(lines);
            mutate(lines, at);
        }
        return String.join(random.nextBoolean() ? "\r\n" : "\n", lines) + "\n";
    }

    /** A line that decides about dates, five times out of six. */
    private int line(List<String> lines) {
        int at = random.nextInt(lines.size());
        for (int i = 0; i < 50 && random.nextInt(6) > 0 && !decides(lines.get(at)); i++) {
            at = random.nextInt(lines.size());
        }
        return at;
    }

    private static boolean decides(String line) {
        return Stream.of("DT", "RR", "RD", "EX", "RE", "DU", "ST", "UI", "TZ", "BE", "END")
                        .anyMatch(line::startsWith)
                && !line.startsWith("DTSTAMP");
    }

    private void mutate(List<String> lines, int at) {
        String line = lines.get(at);
        int colon = line.indexOf(':');
        int semicolon = line.indexOf(';');
        int place = random.nextInt(line.length() + 1);
        switch (random.nextInt(15)) {
            case 0 -> lines.set(at, swapped(line));
            case 1, 2 -> lines.set(at, withDigit(line));
            case 3 -> lines.remove(at);
            case 4 -> lines.add(at, line);
            case 5 -> lines.add(random.nextInt(lines.size()), line);
            case 6, 7 -> lines.add(at, any(PROPERTIES));
            case 8, 9 ->
                lines.set(at, line.startsWith("RRULE") || line.startsWith("EXRULE") ? ruled(line) : withDigit(line));
            case 10 -> {
                int end = semicolon > 0 && semicolon < colon ? semicolon : Math.max(0, colon);
                lines.set(at, line.substring(0, end) + ";" + any(PARAMETERS) + line.substring(end));
            }
            case 11 -> lines.set(at, line.substring(0, colon + 1) + any(VALUES));
            case 12 ->
                lines.set(
                        at,
                        line.substring(0, place)
                                + any(List.of("\r\n ", "\r\n", " ", ";", ",", "x", "\"", "1", "T", "Z"))
                                + line.substring(place));
            case 13 ->
                lines.set(at, place == line.length() ? line : line.substring(0, place) + line.substring(place + 1));
            default ->
                lines.set(
                        at,
                        semicolon > 0 && colon > semicolon
                                ? line.substring(0, semicolon) + line.substring(colon)
                                : line.toLowerCase());
        }
        if (lines.isEmpty()) {
            lines.add("BEGIN:VCALENDAR");
        }
    }

    private String ruled(String line) {
        List<String> parts =
                new ArrayList<>(List.of(line.substring(line.indexOf(':') + 1).split(";")));
        if (random.nextInt(3) == 0) {
            parts.remove(random.nextInt(parts.size()));
        }
        if (random.nextInt(3) == 0) {
            parts.removeIf(part -> part.startsWith("BY"));
        }
        if (random.nextInt(3) > 0) {
            String part = any(PARTS);
            parts.removeIf(old -> random.nextInt(3) > 0 && old.startsWith(part.substring(0, part.indexOf('='))));
            parts.add(part);
        }
        if (random.nextInt(3) == 0) {
            parts.removeIf(part -> part.startsWith("FREQ"));
            parts.add("FREQ=" + any(List.of("DAILY", "WEEKLY", "MONTHLY", "YEARLY")));
        }
        return line.substring(0, line.indexOf(':') + 1) + String.join(";", parts);
    }

    private String swapped(String line) {
        for (int i = 0; i < 20; i++) {
            int at = random.nextInt(Math.max(1, line.length() - 1));
            if (at + 1 < line.length()
                    && Character.isDigit(line.charAt(at))
                    && Character.isDigit(line.charAt(at + 1))) {
                return line.substring(0, at) + line.charAt(at + 1) + line.charAt(at) + line.substring(at + 2);
            }
        }
        return line;
    }

    private String withDigit(String line) {
        for (int i = 0; i < 20; i++) {
            int at = random.nextInt(Math.max(1, line.length()));
            if (at < line.length() && Character.isDigit(line.charAt(at))) {
                return line.substring(0, at) + random.nextInt(10) + line.substring(at + 1);
            }
        }
        return line;
    }

    private String any(List<String> all) {
        return all.get(random.nextInt(all.size()));
    }
}
