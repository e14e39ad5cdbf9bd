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
 * @param steps the steps of which something new is known
 * @param diagnoses to keep for later
 * @param ledger what the next report must remember
 * @param next when there may be something to report although nothing changes
 * @param statuses the status of each scheduled target
 * @param faults of the targets whose report met an internal error
 */
public record Report(
        Instant at,
        List<DiaryEntry> diary,
        List<KubernetesEvent> events,
        Incidents incidents,
        List<Step> steps,
        List<PastDiagnosis> diagnoses,
        Ledger ledger,
        Optional<Instant> next,
        List<TargetStatus> statuses,
        Faults faults) {

    public static final Report NONE = of(Instant.EPOCH, List.of());

    public Report {
        diary = List.copyOf(diary);
        events = List.copyOf(events);
        steps = List.copyOf(steps);
        diagnoses = List.copyOf(diagnoses);
        statuses = List.copyOf(statuses);
    }

    /** A report that has lines for the diary and nothing else. */
    public static Report of(Instant at, List<DiaryEntry> diary) {
        return new Report(
                at,
                diary,
                List.of(),
                Incidents.NONE,
                List.of(),
                List.of(),
                Ledger.NONE,
                Optional.empty(),
                List.of(),
                Faults.NONE);
    }

    /** The incidents that were opened. */
    public List<Incident> opened() {
        return incidents.opened();
    }

    /** The incidents that are resolved. */
    public List<Incident> ended() {
        return incidents.ended();
    }

    public Report with(Incidents other) {
        return new Report(at, diary, events, other, steps, diagnoses, ledger, next, statuses, faults);
    }

    public Report with(List<TargetStatus> rows, Faults met) {
        return new Report(at, diary, events, incidents, steps, diagnoses, ledger, next, rows, met);
    }

    /** The same, with diagnoses to keep for later. */
    public Report keeping(List<PastDiagnosis> made, Ledger remembered) {
        return new Report(at, diary, events, incidents, steps, made, remembered, next, statuses, faults);
    }

    /** The report of a replica that does not lead: the leader tells all of it. */
    public Report untold() {
        return new Report(
                at, List.of(), List.of(), Incidents.NONE, List.of(), List.of(), Ledger.NONE, next, statuses, faults);
    }

    /** The report of an instance that writes nothing to the cluster. */
    public Report withoutEvents() {
        return new Report(at, diary, List.of(), incidents, steps, diagnoses, ledger, next, statuses, faults);
    }

    /**
     * The incidents whose state changed. They are filled by name, so that the two lists cannot change places unseen.
     *
     * @param ended those that are resolved
     */
    public record Incidents(List<Incident> opened, List<Incident> ended) {

        public static final Incidents NONE = new Incidents(List.of(), List.of());

        public Incidents {
            opened = List.copyOf(opened);
            ended = List.copyOf(ended);
        }

        public static Incidents opened(List<Incident> incidents) {
            return new Incidents(incidents, List.of());
        }

        public static Incidents ended(List<Incident> incidents) {
            return new Incidents(List.of(), incidents);
        }

        public Incidents andEnded(List<Incident> incidents) {
            return new Incidents(opened, incidents);
        }
    }
}
