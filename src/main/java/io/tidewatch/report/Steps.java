package io.tidewatch.report;

import io.tidewatch.model.Annotations;
import io.tidewatch.model.Bounds;
import io.tidewatch.model.Diagnosis;
import io.tidewatch.model.Diagnosis.Progress;
import io.tidewatch.model.FieldWriter;
import io.tidewatch.model.Step;
import io.tidewatch.model.TargetObservation;
import io.tidewatch.model.Wanted;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** The step that a target is in, once it is written, where this pass learned something new of it. */
final class Steps {

    /** The precision of the times in managedFields. */
    private static final Duration WRITERS_TELL = Duration.ofSeconds(1);

    private Steps() {}

    static boolean isWritten(Wanted wanted, TargetObservation seen) {
        return seen.scaledObject()
                .map(live -> live.meta())
                .filter(meta -> meta.annotation(Annotations.WINDOW)
                        .filter(wanted.stretch()::equals)
                        .isPresent())
                .flatMap(meta -> meta.annotation(Annotations.APPLIED))
                .flatMap(Bounds::parse)
                .filter(applied -> applied.min() == wanted.bounds().min())
                .isPresent();
    }

    /**
     * Whether somebody wrote the minimum at that instant or later. Where nobody did, the diagnosis counts from its first
     * look, and what it then finds in place is no step.
     */
    static boolean isMade(TargetObservation seen, Instant stepAt) {
        return seen.scaledObject()
                .map(live -> Stream.concat(
                                live.meta().annotation(Annotations.APPLIED_AT).flatMap(Steps::instant).stream(),
                                live.meta().writers().stream()
                                        .filter(FieldWriter::ownsFloor)
                                        .flatMap(writer -> writer.time().stream()))
                        .anyMatch(written -> written.plus(WRITERS_TELL).isAfter(stepAt)))
                .orElse(true);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException notAnInstant) {
            return Optional.empty();
        }
    }

    static Optional<Step> learned(Wanted wanted, TargetObservation seen, Optional<Diagnosis> before, Diagnosis now) {
        Progress progress = now.progress();
        boolean same = before.filter(then -> then.state() == now.state()
                        && then.progress().stepAt().equals(progress.stepAt())
                        && then.progress().hpaAt().equals(progress.hpaAt())
                        && then.progress().availableAt().equals(progress.availableAt()))
                .isPresent();
        return progress.stepAt()
                .filter(at -> !same && isWritten(wanted, seen))
                .map(at -> new Step(
                        wanted.target(),
                        wanted.window().map(Wanted.OpenWindow::name),
                        wanted.since().filter(since -> !since.isAfter(at)).orElse(at),
                        at,
                        wanted.bounds().min(),
                        progress.hpaAt(),
                        progress.availableAt(),
                        now.state(),
                        wanted.commit().shortId(),
                        wanted.commit().author()));
    }
}
