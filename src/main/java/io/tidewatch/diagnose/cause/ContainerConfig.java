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

/** Pods whose container cannot be made: a ConfigMap, a Secret or a key is missing, or its command does not exist. */
final class ContainerConfig implements CauseCheck {

    @Override
    public Cause cause() {
        return Cause.CONTAINER_CONFIG;
    }

    @Override
    public Optional<Explained> find(Chain chain) {
        List<PodView> pods = chain.troubled(Cause.CONTAINER_CONFIG);
        return pods.stream()
                .findFirst()
                .map(first -> Explained.byPods(
                        Cause.CONTAINER_CONFIG,
                        pods,
                        "cannot start container " + container(first).name() + ": "
                                + ControllerMessages.brief(container(first).waitingMessage()),
                        pod -> Proof.waiting(pod, container(pod))));
    }

    @Override
    public String nextCommand(Kubectl kubectl) {
        return kubectl.describePod();
    }

    private static PodView.Container container(PodView pod) {
        return pod.containers().stream()
                .filter(PodTrouble::isConfig)
                .findFirst()
                .orElseThrow();
    }
}
