package io.tidewatch.diagnose.cause;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.Explained;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.PodTrouble;
import io.tidewatch.diagnose.chain.Proof;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.diagnosis.Cause;
import java.util.List;
import java.util.Optional;

/** Pods whose image cannot be pulled. */
final class ImagePull implements CauseCheck {

    @Override
    public Cause cause() {
        return Cause.IMAGE_PULL;
    }

    @Override
    public Optional<Explained> find(Chain chain) {
        List<PodView> pods = chain.troubled(Cause.IMAGE_PULL);
        return pods.stream()
                .findFirst()
                .map(first -> Explained.byPods(
                        Cause.IMAGE_PULL,
                        pods,
                        "cannot pull image " + container(first).image(),
                        pod -> Proof.waiting(pod, container(pod))));
    }

    @Override
    public String nextCommand(Kubectl kubectl) {
        return kubectl.describePod();
    }

    private static PodView.Container container(PodView pod) {
        return pod.containers().stream().filter(PodTrouble::isImage).findFirst().orElseThrow();
    }
}
