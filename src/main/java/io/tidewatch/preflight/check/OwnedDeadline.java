package io.tidewatch.preflight.check;

import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.definition.RemedyPolicy;
import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Risk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The schedule lets a remedy make the progress deadline longer, and another field manager owns it, so that the remedy cannot act. It is
 * no finding where the deadline is not shorter than the time of the step.
 */
final class OwnedDeadline implements Check {

    @Override
    public Optional<Finding> find(Situation situation) {
        Duration timeout = situation.desired().schedule().checks().timeout();
        boolean isListed = situation.desired().schedule().remedies().stream()
                .anyMatch(remedy -> remedy.type() == RemedyPolicy.Type.EXTEND_PROGRESS_DEADLINE);
        return situation
                .rollout()
                .filter(rollout -> isListed && rollout.progressDeadlineSeconds() < timeout.toSeconds())
                .flatMap(rollout ->
                        rollout.ownerOfDeadline().map(owner -> finding(rollout, owner, timeout.toSeconds())));
    }

    private static Finding finding(RolloutView rollout, String owner, long timeout) {
        return new Finding(
                Risk.DEADLINE_OWNED,
                "ExtendProgressDeadline cannot act: " + owner + " owns spec.progressDeadlineSeconds, and its "
                        + rollout.progressDeadlineSeconds() + " s are shorter than the " + timeout
                        + " s of checks.timeout",
                "raise progressDeadlineSeconds to " + timeout + " or more where " + owner
                        + " writes it, or let it give up the field",
                List.of(Situation.of(rollout, "metadata.managedFields[spec.progressDeadlineSeconds].manager", owner)));
    }
}
