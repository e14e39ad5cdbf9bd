package io.tidewatch.diagnose.rule;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.model.cluster.Lack;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the numbers that the HPA and the workload ask for can be read. The API server, or the Rollouts controller, writes a default
 * into each of these objects, so a number that is not there was removed from a dump.
 */
final class NumbersRule implements Rule {

    @Override
    public Optional<RuleVerdict> judge(Chain chain) {
        return Stream.of(Lack.HPA_MINIMUM, Lack.replicasOf(chain.kind()))
                .filter(chain::lacks)
                .findFirst()
                .map(lack -> RuleVerdict.unknown(lack + " is missing, or is no number"));
    }
}
