package io.tidewatch.diagnose.rule;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.ControllerMessages;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.State;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Rule C: the controller rejects the spec that it has observed. */
final class InvalidSpecRule implements Rule {

    @Override
    public Optional<RuleVerdict> judge(Chain chain) {
        return chain.workloadCondition("InvalidSpec")
                .filter(Condition::isTrue)
                .filter(condition ->
                        chain.rollout().filter(RolloutView::isObserved).isPresent())
                .map(condition -> RuleVerdict.stopped(
                        State.FAILED,
                        Hop.ROLLOUT,
                        Cause.INVALID_SPEC,
                        "the Rollouts controller rejects the spec: " + ControllerMessages.brief(condition.message())));
    }

    @Override
    public Map<Cause, Function<Kubectl, String>> nextCommands() {
        return Map.of(Cause.INVALID_SPEC, Kubectl::describeWorkload);
    }
}
