package io.tidewatch.report;

import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger;
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
     * What was said last of one key.
     *
     * @param trouble whether there is trouble; else it is over, if there was any
     * @param summary one line: what is wrong, or what ended it
     */
    public record Word(boolean trouble, String summary, Instant at) {}

    /**
     * What begins and ends, by the latest word on each key.
     *
     * @param open the open incidents of Tidewatch itself. One key has several where one opened while the journal could not be
     *     read and another was open in the journal; all of them end together.
     */
    public static Report of(Map<String, Word> words, Collection<Incident> open, Instant now) {
        Map<Target, List<Incident>> byTarget = open.stream().collect(Collectors.groupingBy(Incident::target));
        List<DiaryEntry> diary = new ArrayList<>();
        List<Incident> opened = new ArrayList<>();
        List<Incident> ended = new ArrayList<>();
        SortedMap<String, Word> inOrder = new TreeMap<>(words);
        inOrder.forEach((key, word) -> {
            List<Incident> before = byTarget.getOrDefault(Target.ofTidewatch(key), List.of());
            if (word.trouble() && before.isEmpty()) {
                opened.add(begun(key, word));
                diary.add(line(word.at(), "incident-opened", IncidentText.opened(word.summary())));
            } else if (!word.trouble()) {
                before.forEach(incident -> {
                    ended.add(Incidents.over(incident, word.at(), word.summary()));
                    diary.add(line(
                            word.at(),
                            "incident-ended",
                            IncidentText.resolved(Duration.between(incident.opened(), word.at()), word.summary())));
                });
            }
        });
        return new Report(now, diary, List.of(), opened, ended, Ledger.NONE, Optional.empty());
    }

    private static Incident begun(String key, Word word) {
        return new Incident(
                "tidewatch:" + key + "@" + word.at(),
                Target.ofTidewatch(key),
                Optional.empty(),
                State.FAILED,
                Optional.empty(),
                NOTHING_IS_DONE.contains(key) ? Severity.CRITICAL : Severity.WARNING,
                List.of(),
                word.at(),
                Optional.empty(),
                word.summary());
    }

    private static DiaryEntry line(Instant at, String code, String text) {
        return new DiaryEntry(at, Optional.empty(), code, text);
    }
}
