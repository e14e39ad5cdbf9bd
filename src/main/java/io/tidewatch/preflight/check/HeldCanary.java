package io.tidewatch.preflight.check;

import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Risk;
import java.util.List;
import java.util.Optional;

/** A canary that is paused by its spec or by an inconclusive analysis, which Argo Rollouts does not scale. */
final class HeldCanary implements Check {

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation.rollout().filter(RolloutView::isHeldCanary).map(HeldCanary::of);
    }

    private static Finding of(RolloutView rollout) {
        return rollout.paused()
                ? new Finding(
                        Risk.ROLLOUT_PAUSED,
                        "the canary is paused by spec.paused, and Argo Rollouts does not scale it until it is resumed",
                        "resume Rollout " + rollout.meta().name() + " (spec.paused: false)",
                        List.of(Situation.of(rollout, "spec.paused", true)))
                : new Finding(
                        Risk.INCONCLUSIVE_ANALYSIS,
                        "the canary is paused by an inconclusive analysis, and Argo Rollouts does not scale it",
                        "promote or abort Rollout " + rollout.meta().name(),
                        List.of(Situation.of(
                                rollout,
                                "status.pauseConditions",
                                String.join(", ", rollout.status().pauseReasons()))));
    }
}
