package io.tidewatch.plan;

import io.tidewatch.model.Target;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Plan.Skipped;
import io.tidewatch.text.FreezeText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps a new revision out of the pass that lowers a minimum, because both at once provoke argo-rollouts#4047. It counts for
 * targets with a freeze, whose change a commit may let through, and for targets whose schedule was removed: whether that had a freeze
 * is not known any more.
 */
record LoweringFirst(DesiredState desiredState) {

    /** Replaces each such revision by a skipped write; the pass after the lowering writes the revision. */
    void delayRevisions(List<Decision> decided) {
        Map<Target, Integer> lowered = new HashMap<>();
        decided.stream()
                .flatMap(one -> one.action().stream())
                .filter(action -> action instanceof Action.SetMinReplicas set
                        && set.from().orElse(0) > set.to())
                .filter(action -> desiredState
                        .of(action.target())
                        .map(desired -> desired.schedule().freezeRollouts())
                        .orElse(true))
                .forEach(action -> lowered.put(action.target(), ((Action.SetMinReplicas) action).to()));
        if (!lowered.isEmpty()) {
            decided.replaceAll(one -> delayed(one, lowered));
        }
    }

    private static Decision delayed(Decision decision, Map<Target, Integer> lowered) {
        if (decision.action().orElse(null) instanceof Action.ApplyManifest apply
                && apply.beginsRevision()
                && lowered.containsKey(apply.target())) {
            String what = FreezeText.waits(apply.commit());
            return Decision.skip(new Skipped(
                    apply.target(),
                    Skipped.FROZEN,
                    what + " " + FreezeText.toBeLowered(lowered.getOrDefault(apply.target(), 0)),
                    what,
                    Optional.of(new Skipped.Frozen(apply.key(), Optional.empty()))));
        }
        return decision;
    }
}
