package io.tidewatch.report;

import io.tidewatch.model.plan.Action;
import java.util.stream.Collectors;

/** The lines about writes that a plan would do. */
public final class PlannedLines implements Action.Performer<String> {

    private static final PlannedLines WORDS = new PlannedLines();

    private PlannedLines() {}

    public static String of(Action action) {
        return what(action) + ": " + action.reason();
    }

    /** Without the reason. */
    public static String what(Action action) {
        return action.perform(WORDS);
    }

    @Override
    public String setMinReplicas(Action.SetMinReplicas action) {
        String from = action.from().isPresent() ? Integer.toString(action.from().getAsInt()) : "none";
        return (action.movesMinimum()
                        ? "set the minimum " + from + " → " + action.to()
                        : "leave the minimum at " + action.to())
                + OutcomeLines.maximum(action);
    }

    @Override
    public String applyManifest(Action.ApplyManifest action) {
        return (action.on().isPresent() ? "apply " : "create ") + action.key();
    }

    @Override
    public String handOverReplicas(Action.HandOverReplicas action) {
        return "hand over replicas of " + action.key();
    }

    @Override
    public String nudgeReplicaSets(Action.NudgeReplicaSets action) {
        return "nudge ReplicaSet "
                + action.replicaSets().stream()
                        .map(Action.ReplicaSetVersion::name)
                        .collect(Collectors.joining(", "));
    }

    @Override
    public String patchRollout(Action.PatchRollout action) {
        return switch (action.change()) {
            case RESTART -> "restart Rollout " + action.rollout();
            case NUDGE -> "nudge Rollout " + action.rollout();
            case RESTART_DONE -> "remove spec.restartAt of Rollout " + action.rollout();
            case NUDGE_DONE -> "remove the annotation of the nudge from Rollout " + action.rollout();
            case EXTEND -> "extend the progress deadline of Rollout " + action.rollout();
            case EXTEND_DONE -> "put back the progress deadline of Rollout " + action.rollout();
            case FORGOTTEN -> "forget the remedy on Rollout " + action.rollout();
        };
    }
}
