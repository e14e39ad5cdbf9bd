package io.tidewatch.log;

import io.tidewatch.model.StrangerText;
import io.tidewatch.model.Target;
import io.tidewatch.model.report.DiaryEntry;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Prints the diary for people, one event a line: the time, the target and the text, wrapped under the text.
 *
 * @param columns of the terminal
 */
public record Console(PrintStream out, ZoneId zone, int columns, boolean colour) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final Pattern SPACE = Pattern.compile(" ");
    private static final int NAME = 13;
    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String PLAIN = "\u001b[0m";

    public void print(DiaryEntry entry) {
        String who = entry.target().map(Target::toString).orElse("tidewatch");
        print(TIME.format(entry.at().atZone(zone)), who, entry.text(), colourOf(entry.code()));
    }

    /** Prints a line that is not Tidewatch's: an action of a person, or a message of another system. */
    public void aside(Instant at, String who, String text) {
        print(TIME.format(at.atZone(zone)), who, text, DIM);
    }

    public void headline(String text) {
        out.println();
        out.println(paint(text, BOLD));
    }

    public void line(String text) {
        out.println(StrangerText.block(text));
    }

    private void print(String time, String written, String text, String paint) {
        String who = StrangerText.name(written);
        String name = who.length() < NAME ? who + " ".repeat(NAME - who.length()) : who;
        String margin = time + " " + name + "  ";
        List<String> lines = wrap(StrangerText.line(text), Math.max(20, columns - margin.length()));
        out.println(margin + paint(lines.get(0), paint));
        for (String rest : lines.subList(1, lines.size())) {
            out.println(" ".repeat(margin.length()) + paint(rest, paint));
        }
        out.flush();
    }

    private String paint(String text, String with) {
        return colour && !with.isEmpty() ? with + text + PLAIN : text;
    }

    private static String colourOf(String code) {
        return switch (code) {
            case "StaleStatus", "UNKNOWN", "Unknown", "refused" -> YELLOW;
            case "AvailabilityLag", "Blocked", "Conflict", "Failed", "incident-opened", "update-aborted" -> RED;
            case "available", "status-cured", "incident-ended", "update-finished" -> GREEN;
            default -> "";
        };
    }

    /** At spaces; a word that is longer than a line stands alone. */
    public static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : SPACE.splitAsStream(text).toList()) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
