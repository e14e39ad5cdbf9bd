package io.tidewatch.view.tonight;

import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.PastEvents;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What happened to each of some targets; each list holds the newest first. */
final class Happened {

    private final Map<Target, List<Incident>> incidents;
    private final Map<Target, List<Step>> steps;
    private final Map<Target, List<DiaryEntry>> lines;

    /** @param targets of which anything is wanted */
    Happened(PastEvents events, Set<Target> targets) {
        this.incidents = events.incidents().stream()
                .filter(one -> targets.contains(one.target()))
                .collect(Collectors.groupingBy(Incident::target));
        this.steps = events.steps().stream()
                .filter(one -> targets.contains(one.target()))
                .collect(Collectors.groupingBy(Step::target));
        this.lines = events.lines().stream()
                .filter(one -> one.target().filter(targets::contains).isPresent())
                .collect(Collectors.groupingBy(one -> one.target().orElseThrow()));
    }

    List<Incident> incidents(Target target) {
        return of(incidents, target);
    }

    List<Step> steps(Target target) {
        return of(steps, target);
    }

    List<DiaryEntry> lines(Target target) {
        return of(lines, target);
    }

    private static <T> List<T> of(Map<Target, List<T>> all, Target target) {
        return Optional.ofNullable(all.get(target)).orElse(List.of());
    }
}
