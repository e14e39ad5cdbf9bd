package io.tidewatch.diagnose;

import io.tidewatch.model.Cause;
import io.tidewatch.model.Evidence;
import io.tidewatch.model.PodView;
import java.util.List;
import java.util.Optional;

/** Pods whose container cannot be made: a ConfigMap, a Secret or a key is missing, or its command does not exist. */
final class ContainerConfig implements CauseCheck {

    @Override
    public Optional<Explained> look(Chain chain) {
        List<PodView> pods = chain.troubled(Cause.CONTAINER_CONFIG);
        return pods.stream()
                .findFirst()
                .map(first -> Explained.byPods(
                        Cause.CONTAINER_CONFIG,
                        pods,
                        "cannot start container " + container(first).name() + ": "
                                + Words.brief(container(first).waitingMessage()),
                        pod -> new Evidence(
                                Proof.name(pod),
                                "status.containerStatuses[" + container(pod).name() + "].state.waiting",
                                container(pod).waitingReason() + ": "
                                        + Words.brief(container(pod).waitingMessage()))));
    }

    private static PodView.Container container(PodView pod) {
        return pod.containers().stream()
                .filter(PodTrouble::isConfig)
                .findFirst()
                .orElseThrow();
    }
}
