package io.tidewatch.diagnose.rule;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.model.cluster.Lack;
import io.tidewatch.model.cluster.ScaleTargetView;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.State;
import java.util.List;
import java.util.Optional;

/** Of any other object with a scale subresource: its own count is all that is known of its pods. */
final class ScaleTargetRules implements WorkloadRules {

    private static final List<Rule> RULES = List.of(new CreatedRule());

    @Override
    public List<Rule> rules() {
        return RULES;
    }

    @Override
    public RuleVerdict serving(Chain chain) {
        ScaleTargetView target = (ScaleTargetView) chain.workload().orElseThrow();
        return RuleVerdict.converged(
                State.CONVERGED,
                chain.replicas() + " replicas, as "
                        + (target.created().isPresent() ? "its own status" : "the HPA") + " says; pods of a "
                        + target.kind() + " are not followed");
    }

    /** The object has created as many as it should have. */
    private static final class CreatedRule implements Rule {

        @Override
        public Optional<RuleVerdict> judge(Chain chain) {
            ScaleTargetView target = (ScaleTargetView) chain.workload().orElseThrow();
            if (chain.lacks(Lack.statusOf(target.kind()))) {
                return Optional.of(RuleVerdict.unknown("the " + target.kind()
                        + " has no status.replicas, so nothing says how many of " + chain.replicas()
                        + " it has created"));
            }
            int created = target.created().orElse(chain.replicas());
            return created == chain.replicas()
                    ? Optional.empty()
                    : Optional.of(RuleVerdict.behind(
                            Hop.POD,
                            RuleVerdict.Clock.TIMEOUT,
                            "status.replicas of the " + target.kind() + " is " + created + " of " + chain.replicas()));
        }
    }
}
