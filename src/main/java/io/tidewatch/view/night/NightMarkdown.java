package io.tidewatch.view.night;

import static io.tidewatch.view.night.Markdown.text;

import io.tidewatch.model.Durations;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.view.Clocks;
import io.tidewatch.view.calendar.CalendarRow;
import io.tidewatch.view.detail.Punctuality;
import io.tidewatch.view.detail.TargetView.NightRow;
import io.tidewatch.view.incident.IncidentLine;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The page of one night, in Markdown. */
final class NightMarkdown {

    /** Stands on a page that is written again with the next report. */
    static final String OPEN =
            "Something was still open when this page was written, so it is written again with the next report.";

    private static final String HEADING = "\n## ";
    private static final String WINDOWS = HEADING + "Windows\n";

    private static final DateTimeFormatter TITLE = DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH);

    private NightMarkdown() {}

    /**
     * @param before how the last nights went, this one included, in a sentence
     * @param windows that part of the page that stands, for a report that has no windows; may be empty
     */
    static String page(NightReport report, String before, String windows) {
        Clocks clocks = report.clocks();
        StringBuilder page = new StringBuilder();
        page.append("# Night of ").append(TITLE.format(report.night().date())).append("\n\n");
        page.append("Source %s, from %s to %s (%s).\n\n"
                .formatted(
                        text(report.source()),
                        clocks.dayAndTime(report.night().from()),
                        clocks.dayAndTime(report.night().to()),
                        text(clocks.name())));
        page.append("**").append(summary(report)).append("** ").append(before).append("\n");
        if (!report.cut().isEmpty()) {
            page.append("\nThe journal has more ")
                    .append(String.join(", more ", report.cut()))
                    .append(" of this night than were read, so they are neither listed nor counted.\n");
        }
        if (report.windows().isEmpty()) {
            page.append(windows);
        } else {
            windows(page, report);
        }
        steps(page, report, clocks);
        late(page, report);
        incidents(page, report, clocks);
        lines(page, "Remedies", report.remedies(), clocks);
        lines(page, "Changes of objects", report.changes(), clocks);
        lines(page, "Commits", report.commits(), clocks);
        if (report.isFull()) {
            page.append("\nA list ends after " + NightReport.MOST_ROWS + " rows, so there may have been more.\n");
        }
        if (!report.isOver()) {
            page.append("\n").append(OPEN).append("\n");
        }
        return page.toString();
    }

    /** The night in a sentence or two. */
    static String summary(NightReport report) {
        if (report.isQuiet()) {
            return "Nothing was changed.";
        }
        Punctuality punctuality = report.punctuality();
        String steps = punctuality.judged() == 0
                ? "No step was due."
                : punctuality.ofAll() + (punctuality.judged() == 1 ? " step was" : " steps were") + " on time.";
        long open = report.incidents().stream()
                .filter(one -> one.line().ended().isEmpty())
                .count();
        int all = report.incidents().size();
        String incidents = all == 0
                ? "No incident."
                : (all == 1 ? "1 incident" : (all < NightReport.MOST_ROWS ? "" : "At least ") + all + " incidents")
                        + (open == 0 ? ", resolved." : open == all ? ", still open." : ", " + open + " still open.");
        return steps + " " + incidents;
    }

    /** @param nights that are known */
    static String before(Punctuality before, int nights) {
        String last = nights == 1 ? "this night" : "the last " + nights + " nights";
        return before.judged() == 0
                ? "No step was due in " + last + "."
                : "In " + last + ", " + before.ofAll() + " were on time (" + before.percent() + ").";
    }

    /** The part of a page about the windows, empty where it has none. */
    static String windowsOf(String page) {
        int begin = page.indexOf(WINDOWS);
        if (begin < 0) {
            return "";
        }
        int next = page.indexOf(HEADING, begin + 1);
        int end = next < 0 ? page.indexOf("\n" + OPEN, begin) : next;
        return page.substring(begin, end < 0 ? page.length() : end);
    }

    /** How many rows and items a page lists. */
    static long entries(String page) {
        return page.lines()
                .filter(line -> line.startsWith("| ") || line.startsWith("- "))
                .count();
    }

    private static void windows(StringBuilder page, NightReport report) {
        page.append(WINDOWS).append("\nAs the schedules said when this page was written.\n\n");
        page.append(Markdown.table(
                List.of("time", "who", "what"),
                report.windows().stream().map(NightMarkdown::window).toList()));
    }

    private static List<String> window(CalendarRow row) {
        Clocks clocks = new Clocks(row.local().getZone());
        return List.of(clocks.dayAndTime(row.at()) + " " + text(clocks.name()), text(row.who()), text(row.what()));
    }

    private static void steps(StringBuilder page, NightReport report, Clocks clocks) {
        if (report.steps().isEmpty()) {
            return;
        }
        page.append("\n## Steps\n\nWhat begins with + is the time after a step was due.\n\n");
        page.append(Markdown.table(
                List.of("due", "target", "window", "minimum", "written", "HPA", "ready", "result", "commit", "author"),
                report.steps().stream().map(step -> step(step, clocks)).toList()));
        if (report.leftOut() > 0) {
            page.append("\n").append(report.leftOut()).append(" more steps are not listed.\n");
        }
    }

    private static List<String> step(NightReport.StepRow step, Clocks clocks) {
        NightRow row = step.row();
        return List.of(
                clocks.dayAndTime(row.scheduled()),
                text(step.target().toString()),
                text(window(row)),
                Integer.toString(row.minimum()),
                row.written(),
                row.hpa(),
                row.ready(),
                row.result().isEmpty() ? "-" : row.result(),
                text(row.commit()),
                text(row.author()));
    }

    private static String window(NightRow row) {
        return row.window().orElse("baseline");
    }

    private static void late(StringBuilder page, NightReport report) {
        if (report.late().isEmpty()) {
            return;
        }
        page.append("\n## Late\n\n");
        page.append(Markdown.list(report.late().stream()
                .map(late -> "%s, %s, minimum %d: %s. %s"
                        .formatted(
                                text(late.step().target().toString()),
                                text(window(late.step().row())),
                                late.step().row().minimum(),
                                lateness(late.step().row()),
                                late.why().map(NightMarkdown::cause).orElse("No incident was open.")))
                .toList()));
    }

    private static String lateness(NightRow row) {
        return row.lateness()
                .map(seconds -> Durations.compact(Duration.ofSeconds(seconds)) + " late")
                .orElse("never reached");
    }

    private static String cause(NightReport.Told incident) {
        IncidentLine line = incident.line();
        return text(line.state().word()
                + line.cause().map(Cause::word).map(word -> "/" + word).orElse("")
                + (incident.beginning().isEmpty() ? "" : ": " + incident.beginning()) + ".");
    }

    private static void incidents(StringBuilder page, NightReport report, Clocks clocks) {
        if (report.incidents().isEmpty()) {
            return;
        }
        page.append("\n## Incidents\n\n");
        page.append(Markdown.table(
                List.of("opened", "target", "state", "cause", "what was wrong", "lasted", "ended", "how it ended"),
                report.incidents().stream().map(one -> incident(one, clocks)).toList()));
    }

    private static List<String> incident(NightReport.Told incident, Clocks clocks) {
        IncidentLine line = incident.line();
        return List.of(
                clocks.dayAndTime(line.opened()),
                text(line.target()),
                text(line.state().word()),
                text(line.cause().map(Cause::word).orElse("-")),
                text(incident.beginning()),
                line.lasted(),
                line.ended().map(clocks::dayAndTime).orElse("still open"),
                line.ended().isPresent() ? text(line.summary()) : "-");
    }

    private static void lines(StringBuilder page, String title, List<NightReport.Line> lines, Clocks clocks) {
        if (lines.isEmpty()) {
            return;
        }
        page.append("\n## ").append(title).append("\n\n");
        page.append(Markdown.list(lines.stream()
                .map(line -> clocks.dayAndTime(line.at()) + " " + text(line.text()))
                .toList()));
    }
}
