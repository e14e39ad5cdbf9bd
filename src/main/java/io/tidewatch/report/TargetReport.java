package io.tidewatch.report;

import io.tidewatch.model.Durations;
import io.tidewatch.model.Moment;
import io.tidewatch.model.Severity;
import io.tidewatch.model.cluster.KubernetesEvent;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.Note;
import io.tidewatch.model.diagnosis.Progress;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.preflight.ClaimLoss;
import io.tidewatch.model.preflight.Preflight;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Ledger.Page;
import io.tidewatch.model.report.Ledger.Tried;
import io.tidewatch.model.report.Ledger.WriteFailure;
import io.tidewatch.ownership.OwnRecord;
import io.tidewatch.text.IncidentText;
import io.tidewatch.text.PreflightText;
import io.tidewatch.text.RemedyText;
import io.tidewatch.text.WriteFailureText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reports one target of a pass: its steps hop by hop, its states, its remedies and its incident. */
record TargetReport(
        DesiredBounds desired,
        TargetObservation seen,
        Optional<Diagnosis> before,
        Diagnosis diagnosis,
        List<Skipped> skipped,
        List<Outcome> outcomes,
        Optional<Incident> open,
        Page page,
        Optional<Preflight> preflight,
        Optional<ClaimLoss> loss,
        Moment began,
        Moment now) {

    /**
     * Everything that decides what there is to say, but the time.
     *
     * @param before the diagnosis of the pass before
     * @param open the incident that is open
     * @param page what was said before
     */
    record Question(
            DesiredBounds desired,
            TargetObservation seen,
            Optional<Diagnosis> before,
            Diagnosis diagnosis,
            List<Skipped> skipped,
            List<Outcome> outcomes,
            Optional<Incident> open,
            Page page,
            Optional<Preflight> preflight,
            Optional<ClaimLoss> loss) {}

    TargetReport(Question question, Moment began, Moment now) {
        this(
                question.desired(),
                question.seen(),
                question.before(),
                question.diagnosis(),
                question.skipped(),
                question.outcomes(),
                question.open(),
                question.page(),
                question.preflight(),
                question.loss(),
                began,
                now);
    }

    Result report() {
        ReportLines lines = new ReportLines(desired.target());
        steps(lines);
        Optional<IncidentCandidate> trouble =
                IncidentCandidate.of(desired, seen.autoscaler(), diagnosis, skipped, outcomes);
        Page turned = states(lines, page, trouble);
        turned = new ActionReport(seen, Optional.of(desired.commit()), outcomes, skipped, began, now)
                .report(lines, turned);
        turned = writtenAfterAll(lines, turned);
        turned = met(turned);
        turned = preflightReport().report(lines, turned);
        turned = new UpdateReport(seen, Optional.of(diagnosis), now).follow(lines, turned);
        return incident(lines, turned, trouble).with(changed(turned));
    }

    private PreflightReport preflightReport() {
        return new PreflightReport(desired.schedule().timeZone(), preflight, loss, open, now);
    }

    /** Reports that a write without an answer had succeeded. */
    private Page writtenAfterAll(ReportLines lines, Page from) {
        boolean isThere = seen.autoscaler()
                .filter(live -> live.bounds().min() == desired.bounds().min() && Steps.isWritten(desired, seen))
                .isPresent();
        if (!outcomes.isEmpty()
                || !isThere
                || from.failure().filter(WriteFailure::mayHaveWrittenMinimum).isEmpty()) {
            return from;
        }
        lines.line(
                now.instant(),
                "written-after-all",
                WriteFailureText.writtenAfterAll(desired.bounds().min()));
        return from.failing(Optional.empty());
    }

    /** A minimum that was raised manually is no step. */
    private void steps(ReportLines lines) {
        if (diagnosis.notes().contains(Note.RAISED_MANUALLY)) {
            return;
        }
        Progress was = before.map(Diagnosis::progress).orElse(Progress.NONE);
        Progress is = diagnosis.progress();
        if (seen.scaledObject().isPresent()
                && seen.hpa().isPresent()
                && is.step().hpaAt().isPresent()
                && !is.step().hpaAt().equals(was.step().hpaAt())
                && is.step().startedAt().isPresent()
                && isNews(is.step().startedAt().get(), is.step().hpaAt().get())) {
            lines.line(
                    is.step().hpaAt().get(),
                    "hpa-followed",
                    "KEDA followed in "
                            + Durations.between(
                                    is.step().startedAt(), is.step().hpaAt().get()));
        }
        if (is.step().availableAt().isPresent()
                && !is.step().availableAt().equals(was.step().availableAt())
                && (before.isPresent() || !began.isAfter(is.step().availableAt().get()))
                && is.step().startedAt().isPresent()
                && isNews(is.step().startedAt().get(), is.step().availableAt().get())) {
            int available =
                    diagnosis.live().map(live -> live.availableReplicas()).orElse(0);
            lines.line(
                    is.step().availableAt().get(),
                    "available",
                    (available > desired.bounds().min()
                                    ? available + " available, "
                                            + desired.bounds().min() + " desired, "
                                    : available + " of " + desired.bounds().min() + " available, ")
                            + Durations.between(
                                    is.step().startedAt(),
                                    is.step().availableAt().get()) + " after the step");
        }
    }

    /**
     * Whether the target reached its pods by a step that is new to this pass. It did not if the pods were there before, as in
     * the first pass after a start, or at an edge that desires what is there already.
     */
    private boolean isNews(Instant stepAt, Instant reachedAt) {
        if (!Steps.isMade(seen, stepAt)) {
            return false;
        }
        Duration usual = desired.schedule()
                .checks()
                .follow()
                .plus(desired.schedule().checks().timeout());
        if (before.isEmpty()) {
            return !now.minus(usual).isAfter(stepAt);
        }
        Diagnosis then = before.get();
        boolean punctual = !reachedAt.isAfter(stepAt.plus(usual));
        boolean lagged = then.state() != State.UNKNOWN && (then.state().isProblem() || open.isPresent());
        return then.desired().equals(diagnosis.desired()) && (punctual || lagged);
    }

    /** The next pass learns of a minimum that this pass wrote, with the instant in the object's annotation. */
    private Optional<Step> changed(Page known) {
        return isJustWritten()
                        || diagnosis.isInternalError()
                        || diagnosis.notes().contains(Note.RAISED_MANUALLY)
                ? Optional.empty()
                : new Steps(desired, seen, known, diagnosis, now).changed();
    }

    private boolean isJustWritten() {
        return outcomes.stream()
                .anyMatch(outcome ->
                        outcome instanceof Outcome.Done && outcome.action() instanceof Action.SetMinReplicas);
    }

    /** A first write in the period in which the object was met is not late at the edge before: nothing was scheduled then. */
    private Page met(Page from) {
        boolean isNew = seen.autoscaler()
                .filter(live -> new OwnRecord(live.meta()).period().isEmpty())
                .isPresent();
        return isNew && from.metIn().isEmpty() ? from.meeting(desired.period()) : from;
    }

    private Page states(ReportLines lines, Page from, Optional<IncidentCandidate> trouble) {
        State was = before.map(Diagnosis::state).orElse(State.WAITING);
        Optional<Cause> causeWas = before.flatMap(Diagnosis::cause);
        State is = diagnosis.state();
        boolean passing = trouble.filter(met -> !met.patience().isZero()).isPresent();
        if (is.isProblem()
                && !passing
                && !Incidents.isSameOverwriting(open, diagnosis)
                && (is != was || (causeWas.isEmpty() && diagnosis.cause().isPresent()))) {
            String line =
                    is.word() + diagnosis.hop().map(hop -> " at " + hop.word()).orElse("") + ": " + why();
            lines.line(began.instant(), diagnosis.isInternalError() ? FaultReport.CODE : is.word(), line);
            lines.event(eventOf(is, line));
        }
        if (is == State.DEFERRED
                && diagnosis.causes().contains(Cause.SCALED_OBJECT_PAUSED)
                && (is != was || outcomes.stream().anyMatch(Outcome.Done.class::isInstance))) {
            lines.line(now.instant(), is.word(), "deferred: " + diagnosis.summary());
        }
        if (is.isConverged() && from.tried().isPresent()) {
            Tried tried = from.tried().get();
            String after = Durations.words(Duration.between(tried.at(), now.instant()));
            lines.line(now.instant(), "status-cured", RemedyText.cured(after, tried.noun(), open.isEmpty()));
            lines.event(new Events(seen)
                    .onRollout(
                            Severity.INFO,
                            "StatusRecovered",
                            "status correct again after a " + tried.noun(),
                            now.instant()));
            return from.trying(Optional.empty());
        }
        return from;
    }

    private Optional<KubernetesEvent> eventOf(State is, String line) {
        Events events = new Events(seen);
        return diagnosis.isInternalError()
                ? events.onTarget(Severity.WARNING, Cause.INTERNAL_ERROR.word(), diagnosis.summary(), now.instant())
                : events.onRollout(
                        Severity.WARNING,
                        is == State.STALE_STATUS ? "StatusWentStale" : is.word(),
                        line,
                        now.instant());
    }

    /** While an incident lasts, only this line names the other writer and the fix. */
    private String why() {
        return skipped.stream()
                .filter(skip -> open.isPresent() && skip.code().equals(Skipped.CONFLICT))
                .findFirst()
                .map(Skipped::reason)
                .orElse(diagnosis.summary());
    }

    /**
     * Whether an open incident lasts although the target is waiting again. A new edge, or a hop that follows late, starts the
     * time of the same cause anew. The incident is resolved only once the minimum is written, the cause is gone and the pods
     * serve, and once another writer of spec.replicas is not expected again. An internal error does not linger.
     */
    private boolean lingers() {
        if (open.flatMap(Incident::cause).filter(Cause.INTERNAL_ERROR::equals).isPresent()) {
            return false;
        }
        List<Cause> causes = diagnosis.causes();
        boolean sameCause = open.filter(
                        incident -> incident.cause().map(causes::contains).orElse(!causes.isEmpty()))
                .isPresent();
        boolean lacks = diagnosis
                .live()
                .filter(live -> live.availableReplicas() < desired.bounds().min())
                .isPresent();
        boolean unwritten = diagnosis.hop().filter(Hop.SCALED_OBJECT::equals).isPresent() && !isAtStepOfRamp();
        return overwrittenUntil().isPresent()
                || (diagnosis.state() == State.WAITING && (sameCause || lacks || unwritten));
    }

    private boolean isAtStepOfRamp() {
        return desired.ramp().isPresent()
                && seen.autoscaler()
                        .filter(live -> live.bounds().min() == desired.bounds().min())
                        .isPresent();
    }

    private Result incident(ReportLines lines, Page from, Optional<IncidentCandidate> own) {
        if (open.filter(Incident::isOfPreflight).isPresent()
                && own.filter(this::isLouder).isPresent()) {
            return continued(lines, from, open.get(), own.get());
        }
        Optional<IncidentCandidate> trouble = own.or(this::ahead);
        boolean isTroubled = open.isPresent() || from.troubleSince().isPresent();
        Page turned = trouble.isPresent() || (isTroubled && lingers())
                ? from.troubled(from.troubleSince().orElseGet(now::instant))
                : from.calm(open.map(any -> from.calmSince().orElseGet(now::instant)));
        if (open.isEmpty() && trouble.isPresent()) {
            return opened(lines, turned, trouble.get(), turned.troubleSince().orElseGet(now::instant));
        }
        if (open.isPresent() && trouble.isEmpty() && !lingers()) {
            return ended(lines, turned, open.get());
        }
        return new Result(
                lines,
                turned,
                Optional.empty(),
                Optional.empty(),
                trouble.isEmpty() ? overwrittenUntil() : Optional.empty());
    }

    private Optional<Instant> overwrittenUntil() {
        return Incidents.overwrittenUntil(open, diagnosis, now);
    }

    /** What the preflight found; while an incident of another kind is open, that does not last because of it. */
    private Optional<IncidentCandidate> ahead() {
        return open.filter(incident -> !incident.isOfPreflight()).isPresent()
                ? Optional.empty()
                : IncidentCandidate.ahead(desired, preflight);
    }

    private boolean isLouder(IncidentCandidate trouble) {
        Instant since = desired.since().orElse(Instant.MIN);
        return open.filter(incident -> trouble.severity().compareTo(incident.severity()) > 0)
                        .isPresent()
                && (trouble.patience().isZero() || !now.isBefore(since.plus(trouble.patience())));
    }

    /** The warning came true, and it is graver now: whoever gets the graver incidents is sent a message of its own. */
    private Result continued(ReportLines lines, Page from, Incident warning, IncidentCandidate trouble) {
        Incident ended = warning.resolved(now.instant(), PreflightText.cameTrue(trouble.summary()));
        lines.line(now.instant(), "incident-ended", ended.summary());
        Optional<Incident> opened = Incidents.opened(desired, trouble, Instant.MIN, now);
        opened.ifPresent(one -> lines.line(now.instant(), "incident-opened", IncidentText.opened(one.summary())));
        return new Result(lines, from.troubled(now.instant()), opened, Optional.of(ended), Optional.empty());
    }

    private Result opened(ReportLines lines, Page turned, IncidentCandidate trouble, Instant since) {
        Optional<Incident> opened = Incidents.opened(desired, trouble, since, now);
        opened.ifPresent(one -> lines.line(now.instant(), "incident-opened", IncidentText.opened(one.summary())));
        opened.filter(Incident::isOfPreflight)
                .ifPresent(one -> lines.event(preflightReport().atRisk(one, new Events(seen))));
        return new Result(
                lines,
                turned,
                opened,
                Optional.empty(),
                opened.isPresent() ? Optional.empty() : Optional.of(since.plus(trouble.patience())));
    }

    private Result ended(ReportLines lines, Page turned, Incident incident) {
        String outcome =
                incident.isOfPreflight() && preflight.isPresent() ? PreflightText.clear() : diagnosis.summary();
        Optional<Incident> ended = Incidents.ended(incident, turned, outcome, now);
        ended.ifPresent(one -> lines.line(
                now.instant(),
                "incident-ended",
                IncidentText.resolved(Duration.between(one.opened(), one.ended().orElseGet(now::instant)), outcome)));
        return new Result(
                lines,
                turned,
                Optional.empty(),
                ended,
                ended.isPresent() ? Optional.empty() : turned.calmSince().map(at -> at.plus(Incidents.CALM)));
    }

    /**
     * @param next when there may be something to report although nothing changes
     */
    record Result(
            ReportLines lines,
            Page page,
            Optional<Incident> opened,
            Optional<Incident> ended,
            Optional<Step> step,
            Optional<Instant> next) {

        Result(
                ReportLines lines,
                Page page,
                Optional<Incident> opened,
                Optional<Incident> ended,
                Optional<Instant> next) {
            this(lines, page, opened, ended, Optional.empty(), next);
        }

        /** Whether there is nothing to say, and the page is the one of before. */
        boolean isQuiet(Page before) {
            return lines.isEmpty()
                    && opened.isEmpty()
                    && ended.isEmpty()
                    && step.isEmpty()
                    && next.isEmpty()
                    && page.equals(before);
        }

        Result with(Optional<Step> changed) {
            return new Result(lines, changed.map(page::stepped).orElse(page), opened, ended, changed, next);
        }
    }
}
