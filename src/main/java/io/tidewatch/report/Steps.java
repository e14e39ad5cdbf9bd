package io.tidewatch.report;

import io.tidewatch.model.Diagnosis;
import io.tidewatch.model.Diagnosis.Progress;
import io.tidewatch.model.Step;
import io.tidewatch.model.TargetObservation;
import io.tidewatch.model.Wanted;
import java.util.Optional;

/** The step that a target is in, where this pass learned something new of it. */
final class Steps {

    private Steps() {}

    static Optional<Step> learned(Wanted wanted, TargetObservation seen, Optional<Diagnosis> before, Diagnosis now) {
        Progress progress = now.progress();
        boolean same = before.filter(then -> then.state() == now.state()
                        && then.progress().stepAt().equals(progress.stepAt())
                        && then.progress().hpaAt().equals(progress.hpaAt())
                        && then.progress().availableAt().equals(progress.availableAt()))
                .isPresent();
        return progress.stepAt()
                .filter(at -> !same && seen.scaledObject().isPresent())
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
