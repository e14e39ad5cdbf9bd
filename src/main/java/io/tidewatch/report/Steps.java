package io.tidewatch.report;

import io.tidewatch.model.Moment;
import io.tidewatch.model.cluster.FieldWriter;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Progress.StepTimes;
import io.tidewatch.model.plan.Promise;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.Ledger;
import io.tidewatch.ownership.OwnRecord;
import io.tidewatch.ownership.RampRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The step that a target is in, once it is written, where this pass learned something new of it.
 *
 * @param page what earlier passes reported of the target
 */
record Steps(DesiredBounds desired, TargetObservation seen, Ledger.Page page, Diagnosis diagnosis, Moment now) {

    /** The precision of the times in managedFields. */
    private static final Duration WRITER_PRECISION = Duration.ofSeconds(1);

    static boolean isWritten(DesiredBounds desired, TargetObservation seen) {
        return seen.autoscaler()
                .map(live -> new OwnRecord(live.meta()))
                .filter(ours -> ours.isOfPeriod(desired.period()))
                .flatMap(OwnRecord::applied)
                .filter(applied -> applied.min() == desired.bounds().min())
                .isPresent();
    }

    /**
     * Whether the minimum was written at that instant or later. If not, the diagnosis counts from its first pass, and pods
     * that it then finds are not the result of a step.
     */
    static boolean isMade(TargetObservation seen, Instant stepAt) {
        return seen.autoscaler()
                .map(live -> Stream.concat(
                                new OwnRecord(live.meta()).appliedAt().stream(),
                                live.meta().writers().stream()
                                        .filter(FieldWriter::ownsMinimum)
                                        .flatMap(writer -> writer.time().stream()))
                        .anyMatch(written -> written.plus(WRITER_PRECISION).isAfter(stepAt)))
                .orElse(true);
    }

    /** The step as this pass knows it; empty where history has all of that already. */
    Optional<Step> changed() {
        return diagnosis
                .progress()
                .step()
                .startedAt()
                .filter(at -> isWritten(desired, seen))
                .map(at -> step(ramp().map(RampRecord::since).orElse(at)))
                .filter(step ->
                        page.step().filter(last -> isAsKnown(last, step)).isEmpty());
    }

    private Step step(Instant patched) {
        Step.Due due = due();
        StepTimes reached = isOnRamp() ? StepTimes.NONE : diagnosis.progress().step();
        Step step = new Step(
                desired.target(),
                desired.window().map(DesiredBounds.OpenWindow::name),
                desired.goal().min(),
                due,
                Step.Times.patchedAt(patched)
                        .withScheduled(scheduled(due, patched))
                        .withHpa(reached.hpaAt().map(at -> later(at, patched)))
                        .withReady(reached.availableAt().flatMap(at -> ready(at, patched))),
                diagnosis.state(),
                Step.Change.of(desired.commit()));
        if (due != Step.Due.EDGE) {
            return step;
        }
        Promise promise =
                new Promises(desired, before(step)).promise(step.times().scheduled());
        boolean raises = promise.reach() == Promise.Reach.PODS;
        return step.with(promise)
                .with(step.times()
                        .withStart(desired.window().filter(open -> raises).map(DesiredBounds.OpenWindow::start)));
    }

    /** The minimum before this step: that of the step before, or the other side of the edge as far as the schedule knows it. */
    private int before(Step step) {
        return page.step()
                .filter(last -> !last.times().patched().equals(step.times().patched()))
                .map(Step::to)
                .or(() -> ramp().map(RampRecord::origin))
                .orElseGet(
                        () -> desired.window().isPresent() ? desired.baseline().min() : Integer.MAX_VALUE);
    }

    /** All steps of a ramp are one step of the history: it begins with the first, and has come to a hop with the last. */
    private Optional<RampRecord> ramp() {
        return seen.autoscaler()
                .flatMap(live -> new OwnRecord(live.meta()).ramp())
                .filter(known -> known.goal() == desired.goal().min());
    }

    private boolean isOnRamp() {
        return desired.bounds().min() != desired.goal().min();
    }

    private Step.Due due() {
        if (created()
                .filter(at -> desired.since().filter(at::isAfter).isPresent())
                .isPresent()) {
            return Step.Due.CREATED;
        }
        if (page.metIn().filter(desired.period()::equals).isPresent()) {
            return Step.Due.TAKEN_OVER;
        }
        return desired.since().isPresent() ? Step.Due.EDGE : Step.Due.NO_EDGE;
    }

    private Instant scheduled(Step.Due due, Instant patched) {
        Optional<Instant> scheduled = switch (due) {
            case EDGE -> desired.since();
            case CREATED -> created();
            case TAKEN_OVER ->
                page.step()
                        .filter(last -> last.due() == Step.Due.TAKEN_OVER)
                        .map(last -> last.times().scheduled());
            case NO_EDGE -> Optional.empty();
        };
        return scheduled.filter(at -> !at.isAfter(patched)).orElse(patched);
    }

    private Optional<Instant> created() {
        return seen.autoscaler().flatMap(live -> live.meta().created());
    }

    /**
     * When enough pods were available after the write. Pods that were available before a minimum was written again are the pods
     * of the step before: they count from the write if they still serve, and else from the pass that finds enough pods again.
     */
    private Optional<Instant> ready(Instant availableAt, Instant patched) {
        if (!availableAt.isBefore(patched)) {
            return Optional.of(availableAt);
        }
        Optional<Step> known = page.step().filter(last -> last.times().patched().equals(patched));
        if (known.flatMap(last -> last.times().ready()).isPresent()) {
            return known.flatMap(last -> last.times().ready());
        }
        boolean serves = diagnosis
                .live()
                .filter(live -> live.availableReplicas() >= desired.bounds().min())
                .isPresent();
        return serves ? Optional.of(known.isPresent() ? now.instant() : patched) : Optional.empty();
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static boolean isAsKnown(Step reported, Step now) {
        return reported.times().patched().equals(now.times().patched())
                && reported.times().hpa().equals(now.times().hpa())
                && reported.times().ready().equals(now.times().ready())
                && reported.verdict() == now.verdict();
    }
}
