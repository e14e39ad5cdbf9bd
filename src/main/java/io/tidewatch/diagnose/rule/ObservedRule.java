package io.tidewatch.diagnose.rule;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.diagnose.chain.RuleVerdict.Clock;
import io.tidewatch.model.cluster.Generations;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.diagnosis.Hop;
import java.util.Optional;

/** Rule B: the Rollouts controller has seen the spec, and is not between two states. */
public final class ObservedRule implements Rule {

    static final String WORKLOAD_GENERATION = "rollout.argoproj.io/workload-generation";

    @Override
    public Optional<RuleVerdict> judge(Chain chain) {
        RolloutView rollout = chain.rollout().orElseThrow();
        if (!rollout.isObserved()) {
            return behind("the Rollouts controller has not seen generation "
                    + rollout.meta().generation());
        }
        if (!isWorkloadObserved(rollout)) {
            return behind("the Rollouts controller has not seen the workload's template");
        }
        if (rollout.status().controllerPause()
                && rollout.status().pauseReasons().isEmpty()) {
            return behind("the Rollouts controller is ending a pause");
        }
        return Optional.empty();
    }

    private static boolean isWorkloadObserved(RolloutView rollout) {
        Optional<String> generation =
                rollout.meta().annotation(WORKLOAD_GENERATION).filter(text -> text.matches("\\d{1,18}"));
        return !rollout.usesWorkloadRef()
                || generation.isEmpty()
                || Generations.isObserved(
                        rollout.status().workloadObservedGeneration(), Long.parseLong(generation.get()));
    }

    private static Optional<RuleVerdict> behind(String sentence) {
        return Optional.of(RuleVerdict.behind(Hop.ROLLOUT, Clock.TIMEOUT, sentence));
    }
}
