package io.tidewatch.diagnose.rule;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.diagnose.chain.RuleVerdict.Clock;
import io.tidewatch.model.cluster.Workload;
import java.util.Optional;

/** Rule B for a Deployment or a StatefulSet: kube-controller-manager has seen the spec. */
public final class GenerationRule implements Rule {

    @Override
    public Optional<RuleVerdict> judge(Chain chain) {
        Workload workload = chain.workload().orElseThrow();
        return workload.isObserved()
                ? Optional.empty()
                : Optional.of(RuleVerdict.behind(
                        chain.workloadHop(),
                        Clock.TIMEOUT,
                        "kube-controller-manager has not seen generation "
                                + workload.meta().generation() + " of the " + workload.kind()));
    }
}
