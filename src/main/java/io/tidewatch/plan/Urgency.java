package io.tidewatch.plan;

import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.plan.Action;
import java.util.List;
import java.util.Optional;

/** How soon a write is needed, most urgent first. */
public enum Urgency {
    /** Carries a minimum that is higher than the live one: pods are missing until it is written. */
    RAISE,
    /** Writes a lower minimum: pods run that are not needed any more. */
    LOWERING,
    /** Refreshes a stale status. */
    REMEDY,
    /** Applies a manifest and changes no minimum. */
    MANIFEST;

    /** While anything of a class waits, it gets at least one of so many turns, whatever else is more urgent. */
    static final int SHARE = 8;

    /** The urgency of everything that one target needs, which is that of its most urgent action. */
    static Urgency of(List<Action> actions, Optional<DesiredBounds> desired, Optional<TargetObservation> seen) {
        Optional<AutoscalerView> live = seen.flatMap(TargetObservation::autoscaler);
        Urgency step = desired.map(bounds -> live.map(found ->
                                between(found.bounds().min(), bounds.bounds().min()))
                        .orElse(RAISE))
                .orElse(MANIFEST);
        return actions.stream().map(Urgency::of).reduce(step, (one, other) -> one.compareTo(other) <= 0 ? one : other);
    }

    private static Urgency of(Action action) {
        return action.perform(new Action.Performer<Urgency>() {
            @Override
            public Urgency setMinReplicas(Action.SetMinReplicas set) {
                Urgency moved = between(set.from().orElse(0), set.to());
                return moved == MANIFEST
                        ? set.maximum()
                                .map(maximum -> between(maximum.from(), maximum.to()))
                                .orElse(LOWERING)
                        : moved;
            }

            @Override
            public Urgency applyManifest(Action.ApplyManifest apply) {
                return MANIFEST;
            }

            @Override
            public Urgency handOverReplicas(Action.HandOverReplicas handOver) {
                return MANIFEST;
            }

            @Override
            public Urgency nudgeReplicaSets(Action.NudgeReplicaSets nudge) {
                return REMEDY;
            }

            @Override
            public Urgency patchRollout(Action.PatchRollout patch) {
                return REMEDY;
            }
        });
    }

    private static Urgency between(int from, int to) {
        if (from == to) {
            return MANIFEST;
        }
        return from < to ? RAISE : LOWERING;
    }
}
