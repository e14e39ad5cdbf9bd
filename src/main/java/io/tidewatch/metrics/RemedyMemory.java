package io.tidewatch.metrics;

import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.report.Pass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last remedy against a stale status that each target had, until the status is correct again.
 *
 * @param tried the type of the action, by target
 */
record RemedyMemory(Map<Target, String> tried) {

    static final RemedyMemory NONE = new RemedyMemory(Map.of());

    /** The result of a remedy, as the counter names it. */
    enum Result {
        /** The status was correct after it. */
        CURED("cured"),

        /** Another remedy followed before the status was correct. */
        NO_EFFECT("no_effect"),

        /** It could not be carried out. */
        REJECTED("rejected");

        private final String word;

        Result(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** One remedy with its result. */
    record Tried(String type, Result result) {}

    /** What a pass adds. */
    record Learned(RemedyMemory memory, List<Tried> ended) {}

    RemedyMemory {
        tried = Map.copyOf(tried);
    }

    /** Looks at the outcomes of a pass, and at what its report says of targets whose status was stale. */
    Learned learn(Pass pass) {
        Map<Target, String> next = new HashMap<>(tried);
        List<Tried> ended = new ArrayList<>();
        for (Target target : tried.keySet()) {
            if (pass.report().ledger().page(target).tried().isEmpty()) {
                String type = next.remove(target);
                if (type != null && isCured(pass, target)) {
                    ended.add(new Tried(type, Result.CURED));
                }
            }
        }
        for (Outcome outcome : pass.outcomes()) {
            remedy(outcome.action()).ifPresent(type -> add(outcome, type, next, ended));
        }
        return new Learned(new RemedyMemory(next), ended);
    }

    private static void add(Outcome outcome, String type, Map<Target, String> next, List<Tried> ended) {
        if (outcome instanceof Outcome.Done) {
            String before = next.put(outcome.action().target(), type);
            if (before != null) {
                ended.add(new Tried(before, Result.NO_EFFECT));
            }
        } else if (outcome instanceof Outcome.Rejected || outcome instanceof Outcome.Conflicted) {
            ended.add(new Tried(type, Result.REJECTED));
        }
    }

    private static boolean isCured(Pass pass, Target target) {
        return pass.diagnoses()
                .of(target)
                .filter(diagnosis -> diagnosis.state().isConverged())
                .isPresent();
    }

    private static Optional<String> remedy(Action action) {
        if (action instanceof Action.NudgeReplicaSets) {
            return Optional.of(action.type());
        }
        return action instanceof Action.PatchRollout patch
                        && patch.beginsRemedy()
                        && patch.change().curesStatus()
                ? Optional.of(action.type())
                : Optional.empty();
    }
}
