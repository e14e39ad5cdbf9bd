package io.tidewatch.report;

import io.tidewatch.model.Faults;
import io.tidewatch.model.Guard;
import io.tidewatch.model.Moment;
import io.tidewatch.model.Target;
import io.tidewatch.model.TargetMap;
import io.tidewatch.model.cluster.KubernetesEvent;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Picture;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger;
import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.Report;
import io.tidewatch.model.report.TargetStatus;
import io.tidewatch.text.IncidentText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns a pass into its report: the status and the lines of each target, each under a guard, so that an internal error in one
 * target's report changes nothing for the others.
 */
public final class Reporter {

    private static final String STAGE = "report";

    /** How long after an internal error the target is decided again, even if nothing has changed. */
    private static final Duration RETRY_AFTER_FAULT = Duration.ofMinutes(1);

    private Reporter() {}

    /**
     * @param before the statuses after the pass before
     * @param open the open incidents, by target
     * @param now when the actions of the pass had ended
     */
    public static Report report(
            Pass pass, List<TargetStatus> before, Ledger ledger, Map<Target, Incident> open, Instant now) {
        return report(pass, before, ledger, open, now, new KnownReports(), (seen, diagnosis) -> Picture.NONE);
    }

    /**
     * @param known what earlier passes had nothing to say about; it saves work and changes no report
     * @param pictures of the diagnoses that are kept
     */
    public static Report report(
            Pass pass,
            List<TargetStatus> before,
            Ledger ledger,
            Map<Target, Incident> open,
            Instant now,
            KnownReports known,
            PastDiagnoses.Pictures pictures) {
        Guard rows = new Guard("status");
        known.retain(pass.desired().targets());
        List<TargetStatus> statuses = Statuses.of(pass, before, rows, known);
        Report reported = reportOfTargets(pass.with(rows.faults()), ledger, open, now, known);
        Faults met = rows.faults().and(reported.faults());
        List<TargetStatus> told = Statuses.with(met, statuses, pass.desired().at());
        Guard looks = new Guard(STAGE);
        PastDiagnoses past = PastDiagnoses.of(pass.with(met), told, ledger.kept(), pictures, looks);
        return reported.with(Statuses.with(looks.faults(), told, pass.desired().at()), met.and(looks.faults()))
                .keeping(past.diagnoses(), reported.ledger().keeping(past.kept()));
    }

    private static Report reportOfTargets(
            Pass pass, Ledger ledger, Map<Target, Incident> open, Instant now, KnownReports known) {
        Map<Target, List<Outcome>> outcomes = pass.outcomes().stream()
                .collect(Collectors.groupingBy(outcome -> outcome.action().target()));
        Map<Target, List<Skipped>> skipped =
                pass.plan().skipped().stream().collect(Collectors.groupingBy(Skipped::target));
        Guard guard = new Guard(STAGE);
        List<TargetReport.Result> results = new ArrayList<>();
        Map<Target, Ledger.Page> pages = new LinkedHashMap<>();
        targets(pass).forEach(target -> {
            Ledger.Page page = ledger.page(target);
            OneTarget one = new OneTarget(
                    pass,
                    target,
                    skipped.getOrDefault(target, List.of()),
                    outcomes.getOrDefault(target, List.of()),
                    Optional.ofNullable(open.get(target)),
                    page,
                    now);
            Optional<TargetReport.Result> result =
                    guard.run(target, () -> one.report(known), fault -> Optional.of(one.afterFault(fault)));
            result.ifPresent(results::add);
            pages.put(target, result.map(TargetReport.Result::page).orElse(page));
        });
        ledger.pages()
                .forEach((target, page) -> page.update()
                        .filter(update ->
                                !pages.containsKey(target) && UpdateReport.isFollowed(update, new Moment(now)))
                        .ifPresent(update -> pages.put(target, Ledger.Page.EMPTY.following(Optional.of(update)))));
        Set<Target> scheduled = pass.desired().targets();
        Faults faults = pass.faults().and(guard.faults());
        open.values().stream()
                .filter(incident -> !incident.target().isTidewatch())
                .filter(incident -> !scheduled.contains(incident.target()))
                .filter(incident -> faults.of(incident.target()).isEmpty())
                .forEach(incident -> {
                    if (incident.cause().filter(Cause.INTERNAL_ERROR::equals).isPresent()) {
                        TargetReport.Result result = recovered(incident, ledger.page(incident.target()), now);
                        results.add(result);
                        pages.merge(incident.target(), result.page(), (page, calm) -> page.calm(calm.calmSince()));
                    } else if (pass.definitions().areWhole()) {
                        results.add(abandoned(incident, ledger, now));
                    }
                });
        return gather(results, new Ledger(TargetMap.copyOf(pages)), retryAt(faults, now), guard.faults(), now);
    }

    /** All that were observed or met a fault, sorted. */
    private static Set<Target> targets(Pass pass) {
        Set<Target> observed = pass.observation().targets().keySet();
        if (pass.faults().isEmpty()) {
            return observed;
        }
        Set<Target> targets = new TreeSet<>(observed);
        targets.addAll(pass.faults().targets());
        return targets;
    }

    /** Of a target that no schedule names. Only an internal error can have opened its incident. */
    private static TargetReport.Result recovered(Incident incident, Ledger.Page page, Instant now) {
        ReportLines lines = new ReportLines(incident.target());
        Ledger.Page calm = page.calm(Optional.of(page.calmSince().orElse(now)));
        Optional<Incident> ended = Incidents.ended(incident, calm, IncidentText.faultIsGone(), new Moment(now));
        ended.ifPresent(one -> lines.line(now, "incident-ended", IncidentText.resolved(one.summary())));
        return new TargetReport.Result(
                lines,
                ended.isPresent() ? page.calm(Optional.empty()) : calm,
                Optional.empty(),
                ended,
                ended.isPresent() ? Optional.empty() : calm.calmSince().map(at -> at.plus(Incidents.CALM)));
    }

    private static TargetReport.Result abandoned(Incident incident, Ledger ledger, Instant now) {
        Incident ended = Incidents.abandoned(incident, now);
        ReportLines lines = new ReportLines(incident.target());
        lines.line(now, "incident-ended", IncidentText.resolved(ended.summary()));
        return new TargetReport.Result(
                lines, ledger.page(incident.target()), Optional.empty(), Optional.of(ended), Optional.empty());
    }

    /** The next pass after an internal error. The stage that sends writes decides itself when to retry a rejected write. */
    private static Optional<Instant> retryAt(Faults faults, Instant now) {
        return faults.isEmpty() ? Optional.empty() : Optional.of(now.plus(RETRY_AFTER_FAULT));
    }

    private static Report gather(
            List<TargetReport.Result> results, Ledger ledger, Optional<Instant> retryAt, Faults faults, Instant now) {
        List<DiaryEntry> diary = results.stream()
                .flatMap(result -> result.lines().diary().stream())
                .sorted(Comparator.comparing(DiaryEntry::at))
                .toList();
        List<KubernetesEvent> events = results.stream()
                .flatMap(result -> result.lines().events().stream())
                .toList();
        return new Report(
                now,
                diary,
                events,
                Report.Incidents.opened(results.stream()
                                .flatMap(result -> result.opened().stream())
                                .toList())
                        .andEnded(results.stream()
                                .flatMap(result -> result.ended().stream())
                                .toList()),
                results.stream().flatMap(result -> result.step().stream()).toList(),
                List.of(),
                ledger,
                Stream.concat(results.stream().flatMap(result -> result.next().stream()), retryAt.stream())
                        .min(Instant::compareTo),
                List.of(),
                faults);
    }
}
