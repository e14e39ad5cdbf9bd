package io.tidewatch.diagnose.cause;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.ControllerMessages;
import io.tidewatch.diagnose.chain.Explained;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.Proof;
import io.tidewatch.diagnose.workload.StatefulSetPods;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.cluster.StatefulSetView;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import java.util.List;
import java.util.Optional;

/** An ordered StatefulSet makes no pod of a higher ordinal while a lower one is not ready. A pod that is ready and too young holds nobody for long. */
final class OrdinalBlocked implements CauseCheck {

    @Override
    public Cause cause() {
        return Cause.ORDINAL_BLOCKED;
    }

    @Override
    public Optional<Explained> find(Chain chain) {
        return chain.workload()
                .filter(StatefulSetView.class::isInstance)
                .map(StatefulSetView.class::cast)
                .filter(found -> !found.parallel() && chain.canSee("Pod"))
                .flatMap(found -> find(
                        found,
                        new StatefulSetPods(
                                found,
                                chain.input().seen().pods(),
                                chain.input().now())));
    }

    @Override
    public String nextCommand(Kubectl kubectl) {
        return kubectl.describePod();
    }

    /** It counts for no pod of its own: what keeps the lower ordinal from being available explains the others too, and comes first. */
    private static Optional<Explained> find(StatefulSetView statefulSet, StatefulSetPods pods) {
        return pods.pods().stream()
                .filter(pod -> pods.absent() > 0 && !pod.isReady())
                .findFirst()
                .map(blocker -> new Explained(
                        Cause.ORDINAL_BLOCKED,
                        0,
                        Certainty.CERTAIN,
                        sentence(blocker, pods.absent()),
                        List.of(
                                Proof.ready(blocker),
                                Proof.workload(statefulSet, "spec.podManagementPolicy", "OrderedReady"))));
    }

    private static String sentence(PodView blocker, int absent) {
        return blocker.meta().name() + " is not ready and holds back " + ControllerMessages.pods(absent)
                + " of higher ordinals";
    }
}
