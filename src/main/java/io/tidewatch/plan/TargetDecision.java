package io.tidewatch.plan;

import io.tidewatch.model.Counters;
import io.tidewatch.model.Moment;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.Budgets;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredBounds.RampStep;
import io.tidewatch.model.definition.LearnedLead;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.RemedyPolicy;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Action.MaximumChange;
import io.tidewatch.model.plan.PendingLowerings.Wait;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.ownership.BeforeRecord;
import io.tidewatch.ownership.Goal;
import io.tidewatch.ownership.OwnRecord;
import io.tidewatch.ownership.Ownership;
import io.tidewatch.ownership.Remedies;
import io.tidewatch.ownership.Verdict;
import io.tidewatch.text.SkippedText;
import java.util.Optional;

/**
 * Decides what a target's autoscaler needs: nothing, the desired minimum, or a remedy.
 *
 * @param manifest of a source that applies it
 * @param rollout of a source that applies it
 * @param learned the lead that the target's past raises teach
 * @param budgets the PodDisruptionBudgets that are known
 * @param waited where a lowering waited for health until now
 */
record TargetDecision(
        DesiredBounds desired,
        TargetObservation seen,
        AutoscalerView live,
        Optional<Diagnosis> diagnosis,
        Optional<Manifest> manifest,
        Optional<DeclaredRollout> rollout,
        Budgets budgets,
        String instance,
        Optional<Wait> waited,
        Optional<LearnedLead> learned,
        Moment now) {

    TargetDecision(TargetQuestion question, AutoscalerView live, Moment now) {
        this(
                question.desired(),
                question.seen(),
                live,
                question.diagnosis(),
                question.manifest(),
                question.rollout(),
                question.budgets(),
                question.instance(),
                question.waited(),
                question.learned(),
                now);
    }

    Decision decide() {
        Optional<Decision> exclusion =
                new WriteExclusion(desired.target(), live, instance, desired.next(), now).decided();
        if (exclusion.isPresent()) {
            return exclusion.get();
        }
        Ownership ownership = new Ownership(Goal.of(desired), live);
        Verdict verdict = ownership.verdict();
        if (verdict instanceof Verdict.Write write) {
            return write(write, ownership);
        }
        Decision decided = withoutWrite(verdict);
        return desired.ramp().flatMap(RampStep::next).map(decided::checkAgainAt).orElse(decided);
    }

    /** A minimum that is not written: because it stands, or with the reason. */
    private Decision withoutWrite(Verdict verdict) {
        Decision decided = verdict instanceof Verdict.RaisedManually || verdict instanceof Verdict.Conflict
                ? Decision.skip(leftToOthers(verdict))
                : ofRightMinimum();
        return decided.action().isPresent() ? decided : decided.or(remedyEnd());
    }

    private Decision remedy(Diagnosis found) {
        Decision cure = new RemedyDecision(desired, seen, live, found, budgets, instance, now).decide(manifest);
        return seen.rollout()
                .map(seenRollout ->
                        cure.or(new ExtensionDecision(desired, seenRollout, live, found, rollout, instance, now)
                                .decide(manifest)))
                .orElse(cure);
    }

    private Decision ofRightMinimum() {
        Decision remedy = diagnosis.map(this::remedy).orElse(Decision.NOTHING);
        return remedy.equals(Decision.NOTHING) ? lead().decide(manifest) : remedy;
    }

    private LeadDecision lead() {
        return new LeadDecision(desired, live, learned, now);
    }

    private Skipped leftToOthers(Verdict verdict) {
        return verdict instanceof Verdict.RaisedManually raised
                ? skipped(
                        Skipped.RAISED_MANUALLY,
                        SkippedText.raisedManually(
                                raised.live(), desired.bounds().min()))
                : skipped(
                        Skipped.CONFLICT,
                        SkippedText.conflict(
                                ((Verdict.Conflict) verdict).writer(),
                                live.kind(),
                                new SkippedText.Change(live.bounds(), desired.bounds()),
                                desired.setsMax()));
    }

    private Decision remedyEnd() {
        return seen.rollout()
                .map(seenRollout -> extensionEnd(seenRollout)
                        .or(new RemedyEnd(desired.target(), seenRollout, isDeadlineKnown(), diagnosis, now).decide()))
                .orElse(Decision.NOTHING);
    }

    private Decision extensionEnd(RolloutView seenRollout) {
        OwnRecord ours = new OwnRecord(live.meta());
        Remedies spent = ours.remedies(desired.period());
        return spent.extension()
                .map(extension -> new ExtensionEnd(
                                desired.target(),
                                seenRollout,
                                extension,
                                spent.last(RemedyPolicy.Type.EXTEND_PROGRESS_DEADLINE)
                                                .isPresent()
                                        && allowsExtension(),
                                rollout,
                                diagnosis,
                                Optional.of(new Action.Memory(
                                        live.meta().version(),
                                        ApplyBodies.record(
                                                desired,
                                                live,
                                                manifest,
                                                ours.afterRemedy(desired, instance, spent.withoutExtension())))),
                                now)
                        .decide())
                .orElse(Decision.NOTHING);
    }

    private boolean isDeadlineKnown() {
        return new OwnRecord(live.meta()).extension().isPresent();
    }

    private boolean allowsExtension() {
        return desired.schedule().remedies().stream()
                .anyMatch(remedy -> remedy.type() == RemedyPolicy.Type.EXTEND_PROGRESS_DEADLINE);
    }

    private Decision write(Verdict.Write write, Ownership ownership) {
        Optional<Skipped> wait = waitsForHealth();
        if (wait.isPresent()) {
            return Decision.skip(wait.get())
                    .checkAgainAt(desired.due()
                            .orElseGet(now::instant)
                            .plus(desired.schedule().checks().timeout()));
        }
        return Decision.act(new Action.SetMinReplicas(
                live.kind(),
                desired.target(),
                live.meta().version(),
                live.minimum(),
                desired.bounds().min(),
                desired.setsMax()
                        ? MaximumChange.between(
                                live.bounds().max(), desired.bounds().max())
                        : Optional.empty(),
                ApplyBodies.autoscaler(
                        live.kind(),
                        desired.target(),
                        manifest,
                        desired.bounds(),
                        desired.setsMax(),
                        new OwnRecord(live.meta())
                                .after(
                                        desired,
                                        instance,
                                        write.takeover(),
                                        lead().carried(),
                                        diagnosis.flatMap(found -> BeforeRecord.of(found, seen)),
                                        now.instant())),
                write.force() || live.meta().hasForeignAnnotations(),
                reason(write, ownership)));
    }

    private String reason(Verdict.Write write, Ownership ownership) {
        if (write.takeover()) {
            return "taken back";
        }
        return ownership.isChangedInThisPeriod()
                ? "forced back"
                : new StepReason(desired, live, lowers() ? waited : Optional.empty(), now).text();
    }

    /** A lowering waits, at most the timeout, while fewer pods serve than its minimum or an update is in progress. */
    private Optional<Skipped> waitsForHealth() {
        Checks checks = desired.schedule().checks();
        boolean timeIsUp = desired.due()
                .map(at -> !now.isBefore(at.plus(checks.timeout())))
                .orElse(true);
        if (!lowers() || timeIsUp || checks.beforeDown() == Checks.BeforeDown.SKIP) {
            return Optional.empty();
        }
        if (diagnosis
                .filter(found -> found.isInternalError() && found.live().isEmpty())
                .isPresent()) {
            return Optional.of(skipped(Skipped.BEFORE_DOWN, SkippedText.podsUnknown()));
        }
        int available = diagnosis
                .flatMap(Diagnosis::live)
                .map(Counters::availableReplicas)
                .orElse(Integer.MAX_VALUE);
        if (available < desired.bounds().min()) {
            return Optional.of(skipped(
                    Skipped.BEFORE_DOWN,
                    SkippedText.tooFewPods(available, desired.bounds().min())));
        }
        return seen.workload()
                .filter(workload -> seen.hasUpdateInFlight())
                .map(workload -> skipped(
                        Skipped.BEFORE_DOWN,
                        SkippedText.updating(
                                workload.kind().toString(), workload.meta().name())));
    }

    private boolean lowers() {
        return desired.bounds().min() < live.bounds().min();
    }

    private Skipped skipped(String code, String reason) {
        return new Skipped(desired.target(), code, reason);
    }
}
