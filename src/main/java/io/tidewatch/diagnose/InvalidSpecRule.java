package io.tidewatch.diagnose;

import io.tidewatch.model.Cause;
import io.tidewatch.model.Condition;
import io.tidewatch.model.Hop;
import io.tidewatch.model.State;
import java.util.Optional;

/** Rule C: the controller refuses the spec that it has seen. */
final class InvalidSpecRule implements Rule {

    @Override
    public Optional<Standing> judge(Chain chain) {
        return chain.rolloutCondition("InvalidSpec")
                .filter(Condition::isTrue)
                .filter(condition ->
                        chain.rollout().map(ObservedRule::isObserved).orElse(false))
                .map(condition -> Standing.stopped(
                        State.FAILED,
                        Hop.ROLLOUT,
                        Cause.INVALID_SPEC,
                        "the Rollouts controller refuses the spec: " + Words.brief(condition.message())));
    }
}
