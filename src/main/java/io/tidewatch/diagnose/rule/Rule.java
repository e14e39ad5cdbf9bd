package io.tidewatch.diagnose.rule;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.model.diagnosis.Cause;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One rule of the convergence check: gives a verdict on the target, or leaves the verdict to the next rule. */
interface Rule {

    Optional<RuleVerdict> judge(Chain chain);

    /** For each cause that this rule's verdicts name: the command that shows more of the cause, or ends it. */
    default Map<Cause, Function<Kubectl, String>> nextCommands() {
        return Map.of();
    }
}
