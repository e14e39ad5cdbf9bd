package io.tidewatch.alert;

import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.DiaryEntry;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The line about the remedies that were tried before the message, or why none was. */
final class RemedySummary {

    /** The codes of the diary's lines about remedies and their results. */
    static final Set<String> REMEDIES =
            Set.of("nudged", "restarted", "deadline-extended", "deadline-restored", "status-cured");

    /** How many of the last attempts are shown. */
    private static final int SHOWN = 3;

    private RemedySummary() {}

    static String line(IncidentContext context) {
        List<DiaryEntry> tried = context.tried();
        if (tried.isEmpty()) {
            return "remedies: none (" + whyNone(context) + ")";
        }
        List<DiaryEntry> last = tried.subList(Math.max(0, tried.size() - SHOWN), tried.size());
        String earlier = tried.size() > last.size() ? "… " : "";
        return AlertText.line("remedies: " + earlier
                + last.stream()
                        .map(entry -> AlertText.time(entry.at(), context.zone()) + " " + entry.text())
                        .collect(Collectors.joining("; ")));
    }

    private static String whyNone(IncidentContext context) {
        if (context.desired().isEmpty()) {
            return "the schedule is gone";
        }
        if (context.incident().state() != State.STALE_STATUS) {
            return "no remedy creates missing pods";
        }
        return context.desired().get().schedule().remedies().isEmpty()
                ? "the schedule names no remedy"
                : "no remedy of the schedule applies to this cause";
    }
}
