package io.tidewatch.diagnose.rule;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.ControllerMessages;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.diagnose.workload.StatefulSetPods;
import io.tidewatch.model.cluster.Lack;
import io.tidewatch.model.cluster.StatefulSetView;
import io.tidewatch.model.diagnosis.Hop;
import java.util.Optional;
import java.util.stream.Stream;

/** Rule F of a StatefulSet: each ordinal has an available pod, and no pod is left above the last one. */
final class StatefulSetServing implements Rule {

    @Override
    public Optional<RuleVerdict> judge(Chain chain) {
        if (!chain.canSee("Pod")) {
            return Optional.of(RuleVerdict.unknown("its pods were not seen"));
        }
        StatefulSetView statefulSet = (StatefulSetView) chain.workload().orElseThrow();
        StatefulSetPods pods = new StatefulSetPods(
                statefulSet, chain.input().seen().pods(), chain.input().now());
        return lacking(chain, pods).or(() -> leftOver(chain, pods));
    }

    private static Optional<RuleVerdict> lacking(Chain chain, StatefulSetPods pods) {
        int missing = chain.replicas() - chain.available();
        if (missing <= 0) {
            return Optional.empty();
        }
        Optional<RuleVerdict> unlinked = Stream.of(Lack.POD_STATUS, Lack.POD_OWNER)
                .filter(chain::lacks)
                .findFirst()
                .map(lack -> RuleVerdict.unknown("its pods cannot be counted; missing is the " + lack));
        boolean isWithinUpdate = !chain.isPromoted() && missing <= chain.maxUnavailable() && !chain.hasTrouble();
        if (unlinked.isPresent() || isWithinUpdate) {
            return unlinked;
        }
        return PodCounts.behind(
                chain,
                chain.lackingPods().isEmpty() && pods.absent() > 0 ? Hop.STATEFUL_SET : Hop.POD,
                pods.absent() > 0 ? ControllerMessages.pods(pods.absent()) + " not created" : "");
    }

    /** It lowers from the highest ordinal on, one at a time where it is ordered. */
    private static Optional<RuleVerdict> leftOver(Chain chain, StatefulSetPods pods) {
        return pods.leftOver().isEmpty()
                ? Optional.empty()
                : PodCounts.behind(
                        chain,
                        Hop.STATEFUL_SET,
                        ControllerMessages.pods(pods.leftOver().size()) + " above the last ordinal not deleted yet");
    }
}
