package io.tidewatch.report;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.FieldWriter;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Progress;
import io.tidewatch.model.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** The step that a target is in, once it is written, where this pass learned something new of it. */
final class Steps {

    /** The precision of the times in managedFields. */
    private static final Duration WRITERS_TELL = Duration.ofSeconds(1);

    private Steps() {}

    static boolean isWritten(DesiredBounds desired, TargetObservation seen) {
        return seen.scaledObject()
                .map(live -> live.meta())
                .filter(meta -> meta.annotation(Annotations.WINDOW)
                        .filter(desired.stretch()::equals)
                        .isPresent())
                .flatMap(meta -> meta.annotation(Annotations.APPLIED))
                .flatMap(Bounds::parse)
                .filter(applied -> applied.min() == desired.bounds().min())
                .isPresent();
    }

    /**
     * Whether somebody wrote the minimum at that instant or later. Where nobody did, the diagnosis counts from its first
     * look, and what it then finds in place is no step.
     */
    static boolean isMade(TargetObservation seen, Instant stepAt) {
        return seen.scaledObject()
                .map(live -> Stream.concat(
                                live.meta().instant(Annotations.APPLIED_AT).stream(),
                                live.meta().writers().stream()
                                        .filter(FieldWriter::ownsMinimum)
                                        .flatMap(writer -> writer.time().stream()))
                        .anyMatch(written -> written.plus(WRITERS_TELL).isAfter(stepAt)))
                .orElse(true);
    }

    /** What a look learned of it beyond what history was told last. */
    static Optional<Step> learned(DesiredBounds desired, TargetObservation seen, Optional<Step> told, Diagnosis now) {
        Progress progress = now.progress();
        return progress.step()
                .startedAt()
                .filter(at -> isWritten(desired, seen))
                .map(at -> new Step(
                        desired.target(),
                        desired.window().map(DesiredBounds.OpenWindow::name),
                        desired.since().filter(since -> !since.isAfter(at)).orElse(at),
                        at,
                        desired.bounds().min(),
                        progress.step().hpaAt(),
                        progress.step().availableAt(),
                        now.state(),
                        desired.commit().shortId(),
                        desired.commit().author()))
                .filter(step -> told.filter(last -> last.patched().equals(step.patched())
                                && last.hpa().equals(step.hpa())
                                && last.ready().equals(step.ready())
                                && last.verdict() == step.verdict())
                        .isEmpty());
    }
}
