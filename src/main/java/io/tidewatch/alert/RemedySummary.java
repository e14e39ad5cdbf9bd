package io.tidewatch.alert;

import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.DiaryEntry;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which remedies were tried before the message, or why none was. */
final class RemedySummary {

    /** The codes of the diary's lines about remedies and their results. */
    static final Set<String> REMEDIES = Set.of("nudged", "status-cured");

    /** The last attempts are enough. */
    private static final int TOLD = 3;

    private RemedySummary() {}

    static String line(IncidentContext scene) {
        List<DiaryEntry> tried = scene.tried();
        if (tried.isEmpty()) {
            return "remedies: none (" + whyNone(scene) + ")";
        }
        List<DiaryEntry> last = tried.subList(Math.max(0, tried.size() - TOLD), tried.size());
        String earlier = tried.size() > last.size() ? "… " : "";
        return AlertText.line("remedies: " + earlier
                + last.stream()
                        .map(entry -> AlertText.time(entry.at(), scene.zone()) + " " + entry.text())
                        .collect(Collectors.joining("; ")));
    }

    private static String whyNone(IncidentContext scene) {
        if (scene.desired().isEmpty()) {
            return "the schedule is gone";
        }
        if (scene.incident().state() != State.STALE_STATUS) {
            return "no remedy creates missing pods";
        }
        return scene.desired().get().schedule().remedies().isEmpty()
                ? "the schedule names no remedy"
                : "no remedy of the schedule applies to this cause";
    }
}
