package io.tidewatch.plan;

import io.tidewatch.model.Moment;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Action.Attempt;
import io.tidewatch.model.plan.Action.Change;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.ownership.Extension;
import io.tidewatch.text.RemedyText;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Puts a progress deadline back that was made longer: once the pods are available, once Argo Rollouts has timed out all the same,
 * or once its step is over. Only the ScaledObject's memory ends where somebody has changed the field since.
 *
 * <p>While the original deadline has passed already, to put it back would itself be the timeout. It is put back once something
 * has progressed, and at the latest when the longer one has passed too.
 *
 * @param isOfThisStep whether the schedule still allows it, and no edge has come since
 * @param declared the Rollout, where a source applies it
 * @param memory what the ScaledObject remembers afterwards; absent where another write removes all of it
 */
record ExtensionEnd(
        Target target,
        RolloutView rollout,
        Extension extension,
        boolean isOfThisStep,
        Optional<DeclaredRollout> declared,
        Optional<Diagnosis> diagnosis,
        Optional<Action.Memory> memory,
        Moment now) {

    Decision decide() {
        if (isSetByOthers()) {
            return Decision.act(end(
                    Change.FORGOTTEN,
                    OptionalInt.empty(),
                    Optional.empty(),
                    RemedyText.deadlineChanged(rollout.writtenDeadline())));
        }
        String back = RemedyText.deadlineBack(extension.extended(), extension.originalText());
        if (rollout.isTimedOut()) {
            return putBack(back + RemedyText.timedOutAllTheSame());
        }
        Optional<Instant> timeout = originalTimeout().filter(passed -> !now.isBefore(passed));
        boolean isConverged =
                diagnosis.map(Diagnosis::state).filter(State::isConverged).isPresent();
        if (timeout.isEmpty() && (isConverged || !isOfThisStep)) {
            return putBack(back + (isConverged ? RemedyText.cameInTime() : RemedyText.stepIsOver()));
        }
        return isOverCommitted() ? Decision.NOTHING : stays();
    }

    /** Whether a commit has changed the field since, which will be applied. */
    private boolean isOverCommitted() {
        return declared.filter(object -> !extension.isOf(object.manifest())).isPresent();
    }

    private boolean isSetByOthers() {
        boolean isInGit = declared.filter(object -> extension.stands(object.deadlineInGit()))
                .isPresent();
        return isInGit
                || !extension.stands(rollout.writtenDeadline())
                || rollout.ownerOfDeadline().isPresent();
    }

    /** When the Rollout would time out if the deadline were put back. */
    private Optional<Instant> originalTimeout() {
        return rollout.timesOutAt(rollout.withDeadline(extension.original()).progressDeadlineSeconds());
    }

    private Decision stays() {
        Decision told = Decision.skip(new Skipped(
                target,
                Skipped.DEADLINE_EXTENDED,
                RemedyText.deadlineStays(rollout.meta().name(), extension.extended(), extension.originalText())));
        return rollout.timesOutAt(rollout.progressDeadlineSeconds())
                .filter(now::isBefore)
                .map(told::checkAgainAt)
                .orElse(told);
    }

    private Decision putBack(String reason) {
        Optional<Map<String, Object>> body = declared.flatMap(object -> object.withDeadline(extension.original()));
        return Decision.act(end(Change.EXTEND_DONE, extension.original(), body, reason));
    }

    private Action end(Change change, OptionalInt value, Optional<Map<String, Object>> body, String reason) {
        return new Action.PatchRollout(
                target,
                change,
                rollout.meta().name(),
                rollout.meta().version(),
                memory,
                value.isPresent() ? Optional.of(Integer.toString(value.getAsInt())) : Optional.empty(),
                body,
                Attempt.NONE,
                reason);
    }
}
