package io.tidewatch.report;

import io.tidewatch.model.cluster.FieldWriter;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Progress;
import io.tidewatch.model.plan.Step;
import io.tidewatch.ownership.OwnRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** The present step of a target, once its minimum is written. */
final class Steps {

    /** The precision of the times in managedFields. */
    private static final Duration WRITER_PRECISION = Duration.ofSeconds(1);

    private Steps() {}

    static boolean isWritten(DesiredBounds desired, TargetObservation seen) {
        return seen.scaledObject()
                .map(live -> new OwnRecord(live.meta()))
                .filter(ours -> ours.isOfPeriod(desired.stretch()))
                .flatMap(OwnRecord::applied)
                .filter(applied -> applied.min() == desired.bounds().min())
                .isPresent();
    }

    /**
     * Whether the minimum was written at that instant or later. If not, the diagnosis counts from its first pass, and pods
     * that it then finds are not the result of a step.
     */
    static boolean isMade(TargetObservation seen, Instant stepAt) {
        return seen.scaledObject()
                .map(live -> Stream.concat(
                                new OwnRecord(live.meta()).appliedAt().stream(),
                                live.meta().writers().stream()
                                        .filter(FieldWriter::ownsMinimum)
                                        .flatMap(writer -> writer.time().stream()))
                        .anyMatch(written -> written.plus(WRITER_PRECISION).isAfter(stepAt)))
                .orElse(true);
    }

    /** The step as this pass knows it; empty where history has all of that already. */
    static Optional<Step> learned(
            DesiredBounds desired, TargetObservation seen, Optional<Step> reported, Diagnosis now) {
        Progress progress = now.progress();
        return progress.step()
                .startedAt()
                .filter(at -> isWritten(desired, seen))
                .map(at -> new Step(
                        desired.target(),
                        desired.window().map(DesiredBounds.OpenWindow::name),
                        desired.bounds().min(),
                        times(desired, at, progress),
                        now.state(),
                        Step.Change.of(desired.commit())))
                .filter(step -> reported.filter(last -> isAsKnown(last, step)).isEmpty());
    }

    private static Step.Times times(DesiredBounds desired, Instant patched, Progress progress) {
        return Step.Times.patchedAt(patched)
                .withScheduled(
                        desired.since().filter(since -> !since.isAfter(patched)).orElse(patched))
                .withHpa(progress.step().hpaAt())
                .withReady(progress.step().availableAt());
    }

    private static boolean isAsKnown(Step reported, Step now) {
        return reported.times().patched().equals(now.times().patched())
                && reported.times().hpa().equals(now.times().hpa())
                && reported.times().ready().equals(now.times().ready())
                && reported.verdict() == now.verdict();
    }
}
