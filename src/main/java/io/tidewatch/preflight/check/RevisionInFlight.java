package io.tidewatch.preflight.check;

import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.diagnosis.Note;
import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Risk;
import java.util.List;
import java.util.Optional;

/**
 * An update of the Rollout is under way, so a part of the new pods is of the new revision; all of them may be, if that revision is
 * broken. Whether it is broken, the diagnosis and the Rollout's phase say.
 */
final class RevisionInFlight implements Check {

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation.rollout().filter(RolloutView::isUpdating).map(rollout -> of(situation, rollout));
    }

    private static Finding of(Situation situation, RolloutView rollout) {
        String current = rollout.status().currentPodHash();
        String name = rollout.meta().name();
        boolean isBroken = situation.diagnosis().notes().contains(Note.BROKEN_REVISION_TAKES_CAPACITY)
                || rollout.status().phase().equals("Degraded");
        return isBroken
                ? new Finding(
                        Risk.BROKEN_REVISION,
                        "revision " + current + " is being rolled out and its pods do not come up;"
                                + " it would take the capacity of the raise",
                        "abort the update of Rollout " + name + ", or revert its commit",
                        List.of(
                                Situation.of(rollout, "status.currentPodHash", current),
                                Situation.of(
                                        rollout,
                                        "status.phase",
                                        rollout.status().phase())))
                : new Finding(
                        Risk.UPDATE_IN_FLIGHT,
                        "revision " + current + " is being rolled out, and a part of the new pods would be of it",
                        "promote or abort the update of Rollout " + name + ", or set freezeRollouts",
                        List.of(
                                Situation.of(rollout, "status.currentPodHash", current),
                                Situation.of(
                                        rollout,
                                        "status.stableRS",
                                        rollout.status().stableRS())));
    }
}
