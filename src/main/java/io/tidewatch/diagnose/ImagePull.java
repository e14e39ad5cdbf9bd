package io.tidewatch.diagnose;

import io.tidewatch.model.Cause;
import io.tidewatch.model.Evidence;
import io.tidewatch.model.PodView;
import java.util.List;
import java.util.Optional;

/** Pods whose image cannot be pulled. */
final class ImagePull implements CauseCheck {

    @Override
    public Optional<Explained> look(Chain chain) {
        List<PodView> pods = chain.troubled(Cause.IMAGE_PULL);
        return pods.stream()
                .findFirst()
                .map(first -> Explained.byPods(
                        Cause.IMAGE_PULL,
                        pods,
                        "cannot pull image " + container(first).image(),
                        pod -> new Evidence(
                                Proof.name(pod),
                                (container(pod).init() ? "status.initContainerStatuses[" : "status.containerStatuses[")
                                        + container(pod).name() + "].state.waiting",
                                container(pod).waitingReason() + ": "
                                        + Words.brief(container(pod).waitingMessage()))));
    }

    private static PodView.Container container(PodView pod) {
        return pod.containers().stream().filter(PodTrouble::isImage).findFirst().orElseThrow();
    }
}
