package io.tidewatch.report;

import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Report;
import io.tidewatch.text.IncidentText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Turns problems of Tidewatch itself into incidents, one for each key. */
public final class SelfReport {

    /** While one of these has a problem, no minimum is raised. */
    private static final Set<String> NOTHING_IS_DONE = Set.of("loop", "standstill");

    private SelfReport() {}

    /**
     * The latest notice of one key.
     *
     * @param trouble whether there is trouble; if not, any trouble before is resolved
     * @param summary one line: what is wrong, or what resolved it
     */
    public record Notice(boolean trouble, String summary, Instant at) {}

    /**
     * The incidents that open and that are resolved, by the latest notice of each key.
     *
     * @param open the open incidents of Tidewatch itself. One key has several where one opened while the journal could not be
     *     read and another was open in the journal; all of them are resolved together.
     */
    public static Report of(Map<String, Notice> notices, Collection<Incident> open, Instant now) {
        Map<Target, List<Incident>> byTarget = open.stream().collect(Collectors.groupingBy(Incident::target));
        List<DiaryEntry> diary = new ArrayList<>();
        List<Incident> opened = new ArrayList<>();
        List<Incident> ended = new ArrayList<>();
        SortedMap<String, Notice> inOrder = new TreeMap<>(notices);
        inOrder.forEach((key, notice) -> {
            List<Incident> before = byTarget.getOrDefault(Target.ofTidewatch(key), List.of());
            if (notice.trouble() && before.isEmpty()) {
                opened.add(begun(key, notice));
                diary.add(line(notice.at(), "incident-opened", IncidentText.opened(notice.summary())));
            } else if (!notice.trouble()) {
                before.forEach(incident -> {
                    ended.add(incident.resolved(notice.at(), notice.summary()));
                    diary.add(line(
                            notice.at(),
                            "incident-ended",
                            IncidentText.resolved(Duration.between(incident.opened(), notice.at()), notice.summary())));
                });
            }
        });
        return Report.of(now, diary).with(Report.Incidents.opened(opened).andEnded(ended));
    }

    private static Incident begun(String key, Notice notice) {
        return new Incident(
                "tidewatch:" + key + "@" + notice.at(),
                Target.ofTidewatch(key),
                Optional.empty(),
                State.FAILED,
                Optional.empty(),
                NOTHING_IS_DONE.contains(key) ? Severity.CRITICAL : Severity.WARNING,
                List.of(),
                notice.at(),
                Optional.empty(),
                notice.summary());
    }

    private static DiaryEntry line(Instant at, String code, String text) {
        return new DiaryEntry(at, Optional.empty(), code, text);
    }
}
