package io.tidewatch.report;

import io.tidewatch.model.Moment;
import io.tidewatch.model.Severity;
import io.tidewatch.model.cluster.KubernetesEvent;
import io.tidewatch.model.diagnosis.Advisory;
import io.tidewatch.model.preflight.ClaimLoss;
import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Preflight;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger.Page;
import io.tidewatch.text.PreflightText;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reports what the preflight of one target found: a line when it is found, and a line when it is gone while its raise is still ahead.
 *
 * @param loss what the next lowering deletes; a line once, and no incident
 * @param open the open incident of the target; what it says is not repeated after a restart
 */
record PreflightReport(
        ZoneId zone, Optional<Preflight> preflight, Optional<ClaimLoss> loss, Optional<Incident> open, Moment now) {

    /** The code of the lines. */
    static final String CODE = "preflight";

    Page report(ReportLines lines, Page from) {
        Set<String> before = from.preflight();
        Set<String> found = preflight.stream()
                .flatMap(one -> Stream.of(
                                one.findings().stream().map(Finding::key),
                                one.unchecked().stream(),
                                one.advisories().stream().map(Advisory::brief))
                        .flatMap(Function.identity()))
                .collect(Collectors.toCollection(TreeSet::new));
        loss.map(ClaimLoss::key).ifPresent(found::add);
        loss.filter(one -> !before.contains(one.key()))
                .ifPresent(one -> lines.line(now.instant(), CODE, PreflightText.line(one, zone)));
        preflight.ifPresent(one -> {
            one.findings().stream()
                    .filter(finding -> !before.contains(finding.key()) && !isToldByIncident(one, finding))
                    .forEach(
                            finding -> lines.line(now.instant(), CODE, PreflightText.line(finding, one.raise(), zone)));
            one.unchecked().stream()
                    .filter(what -> !before.contains(what))
                    .forEach(what -> lines.line(now.instant(), CODE, PreflightText.unchecked(what)));
            one.advisories().stream()
                    .filter(advisory -> !before.contains(advisory.brief()))
                    .forEach(advisory -> lines.line(now.instant(), CODE, PreflightText.advisory(advisory)));
            before.stream()
                    .filter(key -> !found.contains(key))
                    .forEach(key -> lines.line(now.instant(), CODE, PreflightText.gone(key)));
        });
        return found.equals(before) ? from : from.preflighted(found);
    }

    /** The Event about the raise whose incident opens now. */
    Optional<KubernetesEvent> atRisk(Incident opened, Events events) {
        return preflight.flatMap(one -> one.findings().stream()
                .filter(finding -> opened.summary().equals(PreflightText.summary(finding, one.raise(), zone)))
                .findFirst()
                .flatMap(finding -> events.onAutoscaler(
                        Severity.WARNING,
                        "RaiseAtRisk",
                        PreflightText.event(finding, one.raise(), zone),
                        now.instant())));
    }

    private boolean isToldByIncident(Preflight one, Finding finding) {
        return open.filter(incident -> incident.summary().equals(PreflightText.summary(finding, one.raise(), zone)))
                .isPresent();
    }
}
