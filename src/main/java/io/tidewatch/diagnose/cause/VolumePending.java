package io.tidewatch.diagnose.cause;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.ControllerMessages;
import io.tidewatch.diagnose.chain.Explained;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.PodTrouble;
import io.tidewatch.diagnose.chain.Proof;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Evidence;
import java.util.List;
import java.util.Optional;

/** Pods that wait for a volume: not bound, on another node, or not mounted. */
final class VolumePending implements CauseCheck {

    @Override
    public Cause cause() {
        return Cause.VOLUME_PENDING;
    }

    @Override
    public Optional<Explained> find(Chain chain) {
        List<PodView> pods = chain.troubled(Cause.VOLUME_PENDING);
        return pods.stream().findFirst().map(first -> {
            String why = proof(chain, first).value();
            return Explained.byPods(
                    Cause.VOLUME_PENDING,
                    pods,
                    (pods.size() == 1 ? "waits" : "wait") + " for a volume: " + ControllerMessages.brief(why),
                    pod -> proof(chain, pod));
        });
    }

    @Override
    public String nextCommand(Kubectl kubectl) {
        return kubectl.describePod();
    }

    private static Evidence proof(Chain chain, PodView pod) {
        return chain.input().seen().events().stream()
                .filter(event -> PodTrouble.isVolumeEventOf(event, pod))
                .reduce((earlier, later) -> later)
                .map(event -> new Evidence(Proof.name(pod), "Event " + event.reason(), event.message()))
                .orElseGet(() -> new Evidence(
                        Proof.name(pod),
                        "status.conditions[PodScheduled].message",
                        pod.conditions().containsKey("PodScheduled")
                                ? PodTrouble.scheduling(pod).message()
                                : ""));
    }
}
