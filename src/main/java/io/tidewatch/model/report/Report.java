package io.tidewatch.model.report;

import io.tidewatch.model.Faults;
import io.tidewatch.model.cluster.KubernetesEvent;
import io.tidewatch.model.plan.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The report of a pass: lines for the diary, Events, and incidents that were opened or resolved.
 *
 * @param steps those of which something new was learned
 * @param ledger what the next report must remember
 * @param next when there may be something to report although nothing changes
 * @param statuses how each scheduled target stands
 * @param faults of the targets whose report met an internal error
 */
public record Report(
        Instant at,
        List<DiaryEntry> diary,
        List<KubernetesEvent> events,
        List<Incident> opened,
        List<Incident> ended,
        List<Step> steps,
        Ledger ledger,
        Optional<Instant> next,
        List<TargetStatus> statuses,
        Faults faults) {

    public static final Report NONE = new Report(
            Instant.EPOCH, List.of(), List.of(), List.of(), List.of(), List.of(), Ledger.NONE, Optional.empty());

    /** Without statuses. */
    public Report(
            Instant at,
            List<DiaryEntry> diary,
            List<KubernetesEvent> events,
            List<Incident> opened,
            List<Incident> ended,
            List<Step> steps,
            Ledger ledger,
            Optional<Instant> next) {
        this(at, diary, events, opened, ended, steps, ledger, next, List.of(), Faults.NONE);
    }

    /** Without steps. */
    public Report(
            Instant at,
            List<DiaryEntry> diary,
            List<KubernetesEvent> events,
            List<Incident> opened,
            List<Incident> ended,
            Ledger ledger,
            Optional<Instant> next) {
        this(at, diary, events, opened, ended, List.of(), ledger, next);
    }

    public Report {
        diary = List.copyOf(diary);
        events = List.copyOf(events);
        opened = List.copyOf(opened);
        ended = List.copyOf(ended);
        steps = List.copyOf(steps);
        statuses = List.copyOf(statuses);
    }

    /** For those who write nothing to the cluster. */
    public Report withoutEvents() {
        return new Report(at, diary, List.of(), opened, ended, steps, ledger, next, statuses, faults);
    }
}
