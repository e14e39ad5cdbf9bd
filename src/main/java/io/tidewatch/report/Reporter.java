package io.tidewatch.report;

import io.tidewatch.model.Diagnosis;
import io.tidewatch.model.DiaryEntry;
import io.tidewatch.model.Incident;
import io.tidewatch.model.KubernetesEvent;
import io.tidewatch.model.Ledger;
import io.tidewatch.model.Outcome;
import io.tidewatch.model.Pass;
import io.tidewatch.model.Plan.Hold;
import io.tidewatch.model.Report;
import io.tidewatch.model.Target;
import io.tidewatch.model.Wanted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Turns a pass into what is to be said of it. */
public final class Reporter {

    private Reporter() {}

    /**
     * @param open the incidents that last, by target
     * @param now when the pass's actions had come to an end
     */
    public static Report report(Pass pass, Ledger ledger, Map<Target, Incident> open, Instant now) {
        Map<Target, List<Outcome>> outcomes = pass.outcomes().stream()
                .collect(Collectors.groupingBy(outcome -> outcome.action().target()));
        Map<Target, List<Hold>> holds = pass.plan().holds().stream().collect(Collectors.groupingBy(Hold::target));
        List<TargetReport.Result> results = new ArrayList<>();
        SortedMap<Target, Ledger.Page> pages = new TreeMap<>();
        pass.observation().targets().forEach((target, seen) -> {
            Optional<Diagnosis> diagnosis = pass.diagnoses().of(target);
            Optional<Wanted> wanted = Optional.ofNullable(pass.agenda().wanted().get(target));
            List<Outcome> came = outcomes.getOrDefault(target, List.of());
            List<Hold> held = holds.getOrDefault(target, List.of());
            Ledger.Page page = ledger.page(target);
            TargetReport.Result result = wanted.isPresent() && diagnosis.isPresent()
                    ? new TargetReport(
                                    wanted.get(),
                                    seen,
                                    pass.before().of(target),
                                    diagnosis.get(),
                                    held,
                                    came,
                                    Optional.ofNullable(open.get(target)),
                                    page,
                                    pass.agenda().at(),
                                    now)
                            .report()
                    : new UnscheduledReport(
                                    seen,
                                    diagnosis,
                                    held,
                                    came,
                                    page,
                                    pass.agenda().at(),
                                    now)
                            .report();
            results.add(result);
            pages.put(target, result.page());
        });
        if (pass.definitions().areWhole()) {
            open.values().stream()
                    .filter(incident -> !pass.agenda().wanted().containsKey(incident.target()))
                    .map(incident -> abandoned(incident, ledger, now))
                    .forEach(results::add);
        }
        return gather(results, new Ledger(pages), now);
    }

    private static TargetReport.Result abandoned(Incident incident, Ledger ledger, Instant now) {
        Incident over = Incidents.abandoned(incident, now);
        Told told = new Told(incident.target());
        told.line(now, "incident-ended", "over: " + over.summary());
        return new TargetReport.Result(
                told, ledger.page(incident.target()), Optional.empty(), Optional.of(over), Optional.empty());
    }

    private static Report gather(List<TargetReport.Result> results, Ledger ledger, Instant now) {
        List<DiaryEntry> diary = results.stream()
                .flatMap(result -> result.told().diary().stream())
                .sorted(Comparator.comparing(DiaryEntry::at))
                .toList();
        List<KubernetesEvent> events = results.stream()
                .flatMap(result -> result.told().events().stream())
                .toList();
        return new Report(
                now,
                diary,
                events,
                results.stream().flatMap(result -> result.opened().stream()).toList(),
                results.stream().flatMap(result -> result.ended().stream()).toList(),
                results.stream().flatMap(result -> result.step().stream()).toList(),
                ledger,
                results.stream().flatMap(result -> result.next().stream()).min(Instant::compareTo));
    }
}
