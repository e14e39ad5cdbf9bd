package io.tidewatch.diagnose.cause;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.ControllerMessages;
import io.tidewatch.diagnose.chain.Explained;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.PodTrouble;
import io.tidewatch.diagnose.chain.Proof;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.diagnosis.Cause;
import java.util.List;
import java.util.Optional;

/** Pods that the scheduler finds no node for. */
final class Unschedulable implements CauseCheck {

    @Override
    public Cause cause() {
        return Cause.UNSCHEDULABLE;
    }

    @Override
    public Optional<Explained> find(Chain chain) {
        List<PodView> pods = chain.troubled(Cause.UNSCHEDULABLE);
        return pods.stream()
                .findFirst()
                .map(first -> Explained.byPods(
                        Cause.UNSCHEDULABLE,
                        pods,
                        "cannot be scheduled: "
                                + ControllerMessages.brief(
                                        PodTrouble.scheduling(first).message()),
                        pod -> Proof.condition(pod, PodTrouble.scheduling(pod))));
    }

    @Override
    public String nextCommand(Kubectl kubectl) {
        return kubectl.describePod();
    }
}
