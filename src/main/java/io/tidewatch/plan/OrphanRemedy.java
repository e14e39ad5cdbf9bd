package io.tidewatch.plan;

import io.tidewatch.model.Moment;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Action.Attempt;
import io.tidewatch.model.plan.Action.Change;
import io.tidewatch.ownership.Extension;
import io.tidewatch.ownership.OwnRecord;
import io.tidewatch.text.RemedyText;
import java.util.Optional;

/**
 * Decides on a target that no schedule names any more: first its baseline, then what a remedy left on its Rollout. The ScaledObject
 * keeps the memory of the remedy until then, and nothing afterwards.
 */
record OrphanRemedy(
        TargetObservation seen,
        AutoscalerView live,
        Applied applied,
        OrphanDecision orphans,
        Optional<Diagnosis> diagnosis,
        Moment now) {

    Decision decide(String instance) {
        boolean isLeft = seen.rollout().filter(this::isLeft).isPresent();
        Decision baseline = orphans.decide(seen.target(), live, manifest(), isLeft);
        boolean isOurs = ours().isOf(instance) && live.meta().heldUntil(now).isEmpty();
        return isOurs && baseline.action().isEmpty()
                ? baseline.or(seen.rollout().map(this::end).orElse(Decision.NOTHING))
                        .or(forgotten(isLeft))
                : baseline;
    }

    private boolean isLeft(RolloutView rollout) {
        return onRollout(rollout).isLeft()
                || ours().extension()
                        .filter(longer -> longer.stands(rollout.writtenDeadline()))
                        .isPresent();
    }

    private Decision end(RolloutView rollout) {
        return ours().extension()
                .flatMap(longer -> orphans.afterRemedy(seen.target(), live, manifest())
                        .map(memory -> putBack(rollout, longer, memory)))
                .orElse(Decision.NOTHING)
                .or(onRollout(rollout).decide());
    }

    private Decision putBack(RolloutView rollout, Extension longer, Action.Memory memory) {
        return new ExtensionEnd(
                        seen.target(),
                        rollout,
                        longer,
                        false,
                        applied.rolloutOf(seen.target()),
                        diagnosis,
                        Optional.of(memory),
                        now)
                .decide();
    }

    private RemedyEnd onRollout(RolloutView rollout) {
        return new RemedyEnd(seen.target(), rollout, ours().extension().isPresent(), diagnosis, now);
    }

    /** The last of our record on an object whose baseline was restored before the remedy had ended. */
    private Decision forgotten(boolean isLeft) {
        return !isLeft && OrphanDecision.isRestored(live) && ours().extension().isEmpty()
                ? orphans.afterRemedy(seen.target(), live, manifest())
                        .map(memory -> Decision.act(new Action.PatchRollout(
                                seen.target(),
                                Change.FORGOTTEN,
                                live.targetName(),
                                memory.on(),
                                Optional.of(memory),
                                Optional.empty(),
                                Attempt.NONE,
                                RemedyText.nothingLeft())))
                        .orElse(Decision.NOTHING)
                : Decision.NOTHING;
    }

    private Optional<Manifest> manifest() {
        return applied.of(seen.target());
    }

    private OwnRecord ours() {
        return new OwnRecord(live.meta());
    }
}
