package io.tidewatch.diagnose.rule;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.Numbers;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.model.cluster.DeploymentView;
import io.tidewatch.model.diagnosis.State;
import java.util.List;

/** Of a Deployment. Its conditions prove nothing about a step (seen: all is well at 6 of 8), so its pods alone count. */
final class DeploymentRules implements WorkloadRules {

    private static final List<Rule> RULES =
            List.of(new WrittenRule(), new GenerationRule(), new ReplicaSetRule(), new DeploymentServing());

    @Override
    public List<Rule> rules() {
        return RULES;
    }

    /** A paused Deployment is scaled all the same; only a new template waits. */
    @Override
    public RuleVerdict serving(Chain chain) {
        String numbers = Numbers.available(chain);
        boolean isPaused = chain.workload()
                .map(DeploymentView.class::cast)
                .filter(DeploymentView::paused)
                .isPresent();
        if (isPaused) {
            return RuleVerdict.converged(
                    State.CONVERGED_PAUSED,
                    numbers + ", the Deployment is paused: it is scaled, and a new template waits");
        }
        return chain.isPromoted() || chain.replicas() == 0
                ? RuleVerdict.converged(State.CONVERGED, numbers)
                : RuleVerdict.converged(State.CONVERGED_UPDATING, numbers + ", an update is in flight");
    }
}
