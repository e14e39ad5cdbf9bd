package io.tidewatch.plan;

import io.tidewatch.model.Moment;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.FieldManagers;
import io.tidewatch.model.cluster.FieldWriter;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Action.Attempt;
import io.tidewatch.model.plan.Action.Change;
import io.tidewatch.text.RemedyText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Removes what a remedy left on a Rollout. What is ours there follows from the live object alone: a field that Tidewatch's merge
 * patch owns. So a restart of Tidewatch in the middle changes nothing.
 *
 * @param isDeadlineKnown whether the ScaledObject remembers a longer progress deadline, which {@link ExtensionEnd} ends
 */
record RemedyEnd(
        Target target, RolloutView rollout, boolean isDeadlineKnown, Optional<Diagnosis> diagnosis, Moment now) {

    /** A controller copies the annotation within a second; a stale status that it did not cure keeps it no longer. */
    private static final Duration NUDGE = Duration.ofSeconds(20);

    /** What to remove now; or when there is something to remove. */
    Decision decide() {
        if (isOurs(FieldWriter.RESTART_AT) && !rollout.status().restarting()) {
            return Decision.act(remove(Change.RESTART_DONE, RemedyText.restartDone()));
        }
        if (isOurs(FieldWriter.PROGRESS_DEADLINE)
                && !isDeadlineKnown
                && rollout.ownerOfDeadline().isEmpty()) {
            return Decision.act(remove(Change.EXTEND_DONE, RemedyText.deadlineWithoutMemory()));
        }
        Optional<Instant> nudged = rollout.meta().instant(Annotations.NUDGED_AT);
        if (nudged.isEmpty()) {
            return Decision.NOTHING;
        }
        Instant end = nudged.get().plus(NUDGE);
        boolean isStale =
                diagnosis.filter(found -> found.state() == State.STALE_STATUS).isPresent();
        return isStale && now.isBefore(end)
                ? Decision.NOTHING.checkAgainAt(end)
                : Decision.act(remove(Change.NUDGE_DONE, RemedyText.nudgeDone()));
    }

    /** Whether something of a remedy is there, which has to be removed now or later. */
    boolean isLeft() {
        return isOurs(FieldWriter.RESTART_AT)
                || (isOurs(FieldWriter.PROGRESS_DEADLINE)
                        && rollout.ownerOfDeadline().isEmpty())
                || rollout.meta().instant(Annotations.NUDGED_AT).isPresent();
    }

    private boolean isOurs(String field) {
        return rollout.meta().writers().stream()
                .filter(writer -> writer.remedied().contains(field))
                .anyMatch(writer -> writer.manager().equals(FieldManagers.TIDEWATCH)
                        && writer.operation().equals("Update"));
    }

    private Action remove(Change change, String reason) {
        return new Action.PatchRollout(
                target,
                change,
                rollout.meta().name(),
                rollout.meta().version(),
                Optional.empty(),
                Optional.empty(),
                Attempt.NONE,
                reason);
    }
}
