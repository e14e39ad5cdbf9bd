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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns a pass into what is to be said of it. */
public final class Reporter {

    /** A little more than a refusal stands for. */
    private static final Duration REFUSED_AGAIN = Duration.ofSeconds(61);

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
        ledger.pages()
                .forEach((target, page) -> page.update()
                        .filter(update -> !pages.containsKey(target) && UpdateReport.isFollowed(update, now))
                        .ifPresent(update -> pages.put(target, Ledger.Page.EMPTY.following(Optional.of(update)))));
        if (pass.definitions().areWhole()) {
            open.values().stream()
                    .filter(incident -> !incident.target().isTidewatch())
                    .filter(incident -> !pass.agenda().wanted().containsKey(incident.target()))
                    .map(incident -> abandoned(incident, ledger, now))
                    .forEach(results::add);
        }
        return gather(results, new Ledger(pages), refusedAgainAt(pass, now), now);
    }

    private static TargetReport.Result abandoned(Incident incident, Ledger ledger, Instant now) {
        Incident over = Incidents.abandoned(incident, now);
        Told told = new Told(incident.target());
        told.line(now, "incident-ended", "over: " + over.summary());
        return new TargetReport.Result(
                told, ledger.page(incident.target()), Optional.empty(), Optional.of(over), Optional.empty());
    }

    /** What was refused is asked for again, though not at every look: a webhook comes back, a right is given. */
    private static Optional<Instant> refusedAgainAt(Pass pass, Instant now) {
        return pass.outcomes().stream().anyMatch(Outcome.Rejected.class::isInstance)
                ? Optional.of(now.plus(REFUSED_AGAIN))
                : Optional.empty();
    }

    private static Report gather(
            List<TargetReport.Result> results, Ledger ledger, Optional<Instant> again, Instant now) {
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
                Stream.concat(results.stream().flatMap(result -> result.next().stream()), again.stream())
                        .min(Instant::compareTo));
    }
}
