package io.tidewatch.report;

import io.tidewatch.model.Commit;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Outcome;
import java.util.Optional;
import java.util.stream.Collectors;

/** The lines about writes that were done. */
record OutcomeLines(Optional<Commit> commit) implements Action.Performer<String> {

    /** Stable word for scripts. */
    static String code(Outcome outcome) {
        return outcome.action().perform(new Action.Performer<String>() {
            @Override
            public String setMinReplicas(Action.SetMinReplicas action) {
                return "minimum-set";
            }

            @Override
            public String applyManifest(Action.ApplyManifest action) {
                return "applied";
            }

            @Override
            public String handOverReplicas(Action.HandOverReplicas action) {
                return "replicas-handed-over";
            }

            @Override
            public String nudgeReplicaSets(Action.NudgeReplicaSets action) {
                return "nudged";
            }

            @Override
            public String patchRollout(Action.PatchRollout action) {
                return switch (action.change()) {
                    case RESTART -> "restarted";
                    case NUDGE -> "nudged";
                    case EXTEND -> "deadline-extended";
                    case EXTEND_DONE -> "deadline-restored";
                    case RESTART_DONE, NUDGE_DONE, FORGOTTEN -> "remedy-removed";
                };
            }
        });
    }

    @Override
    public String setMinReplicas(Action.SetMinReplicas action) {
        return action.reason() + ": minimum " + change(action)
                + maximum(action)
                + commit.map(OutcomeLines::by).orElse("");
    }

    private static String change(Action.SetMinReplicas action) {
        String from = action.from().isPresent() ? Integer.toString(action.from().getAsInt()) : "none";
        return action.movesMinimum() ? from + " → " + action.to() : "stays " + action.to();
    }

    static String maximum(Action.SetMinReplicas action) {
        return action.maximum().map(changed -> ", " + changed).orElse("");
    }

    @Override
    public String applyManifest(Action.ApplyManifest action) {
        String object = action.key().kind() + " " + action.key().name();
        return action.on().isEmpty()
                ? object + " created" + by(action.commit())
                : object + " applied: " + action.reason() + by(action.commit());
    }

    @Override
    public String handOverReplicas(Action.HandOverReplicas action) {
        return action.key().kind() + " " + action.key().name() + ": spec.replicas (" + action.replicas()
                + ") handed over to the autoscaler";
    }

    @Override
    public String nudgeReplicaSets(Action.NudgeReplicaSets action) {
        String names = action.replicaSets().stream()
                .map(Action.ReplicaSetVersion::name)
                .collect(Collectors.joining(", "));
        return "nudged ReplicaSet " + names + " (attempt " + action.attempt() + " of " + action.attempts() + ")";
    }

    @Override
    public String patchRollout(Action.PatchRollout action) {
        String rollout = "Rollout " + action.rollout();
        return switch (action.change()) {
            case RESTART -> "restarted " + rollout + ": its pods are replaced a few at a time " + action.attempt();
            case NUDGE -> "nudged " + rollout + " " + action.attempt();
            case RESTART_DONE -> rollout + ": spec.restartAt removed, the restart is done";
            case NUDGE_DONE -> rollout + ": the annotation of the nudge removed";
            case EXTEND -> rollout + ": " + action.reason() + " " + action.attempt();
            case EXTEND_DONE, FORGOTTEN -> rollout + ": " + action.reason();
        };
    }

    private static String by(Commit commit) {
        return " (" + commit.shortId() + ", " + commit.author() + ")";
    }
}
