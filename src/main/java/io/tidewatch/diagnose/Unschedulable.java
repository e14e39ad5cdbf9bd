package io.tidewatch.diagnose;

import io.tidewatch.model.Cause;
import io.tidewatch.model.PodView;
import java.util.List;
import java.util.Optional;

/** Pods that the scheduler finds no node for. */
final class Unschedulable implements CauseCheck {

    @Override
    public Optional<Explained> look(Chain chain) {
        List<PodView> pods = chain.troubled(Cause.UNSCHEDULABLE);
        return pods.stream()
                .findFirst()
                .map(first -> Explained.byPods(
                        Cause.UNSCHEDULABLE,
                        pods,
                        "cannot be scheduled: "
                                + Words.brief(PodTrouble.scheduling(first).message()),
                        pod -> Proof.condition(pod, PodTrouble.scheduling(pod))));
    }
}
