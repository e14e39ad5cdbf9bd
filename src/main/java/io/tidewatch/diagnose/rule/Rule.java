package io.tidewatch.diagnose.rule;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.RuleVerdict;
import java.util.Optional;

/** One rule of the convergence check: says where the target stands, or lets the next rule speak. */
interface Rule {

    Optional<RuleVerdict> judge(Chain chain);
}
