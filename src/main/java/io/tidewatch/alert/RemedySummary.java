package io.tidewatch.alert;

import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.DiaryEntry;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What was done about an incident before a person was told; or why nothing was. */
final class RemedySummary {

    /** The diary's codes of lines that are remedies, or say what came of one. */
    static final Set<String> REMEDIES = Set.of("nudged", "status-cured");

    /** More of the earlier ones tell nothing new. */
    private static final int TOLD = 3;

    private RemedySummary() {}

    static String line(IncidentContext scene) {
        List<DiaryEntry> tried = scene.tried();
        if (tried.isEmpty()) {
            return "tried: nothing, " + whyNothing(scene);
        }
        List<DiaryEntry> last = tried.subList(Math.max(0, tried.size() - TOLD), tried.size());
        String earlier = tried.size() > last.size() ? "… " : "";
        return AlertText.line("tried: " + earlier
                + last.stream()
                        .map(entry -> AlertText.time(entry.at(), scene.zone()) + " " + entry.text())
                        .collect(Collectors.joining("; ")));
    }

    private static String whyNothing(IncidentContext scene) {
        if (scene.wanted().isEmpty()) {
            return "its schedule is gone";
        }
        if (scene.incident().state() != State.STALE_STATUS) {
            return "remedies are for a stale status only";
        }
        return scene.wanted().get().schedule().remedies().isEmpty()
                ? "the schedule names no remedy"
                : "no remedy of the schedule is for this cause";
    }
}
