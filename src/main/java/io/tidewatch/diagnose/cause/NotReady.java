package io.tidewatch.diagnose.cause;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.ControllerMessages;
import io.tidewatch.diagnose.chain.Explained;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.PodTrouble;
import io.tidewatch.diagnose.chain.Proof;
import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.EventView;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.diagnosis.Cause;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Pods that run and are not ready, because of the readiness probe, a readiness gate or a lost node. */
final class NotReady implements CauseCheck {

    /** Of the kubelet's probe, and of the node controller. */
    private static final Set<String> TOLD_BY = Set.of("Unhealthy", "NodeNotReady");

    @Override
    public Cause cause() {
        return Cause.NOT_READY;
    }

    @Override
    public Optional<Explained> find(Chain chain) {
        List<PodView> pods = chain.troubled(Cause.NOT_READY);
        return pods.stream()
                .findFirst()
                .map(first -> Explained.byPods(
                        Cause.NOT_READY,
                        pods,
                        (pods.size() == 1 ? "runs" : "run") + " and " + (pods.size() == 1 ? "is" : "are") + " not ready"
                                + probe(chain, pods),
                        Proof::ready));
    }

    @Override
    public String nextCommand(Kubectl kubectl) {
        return kubectl.describePod();
    }

    /** A readiness gate has a name. If all containers are ready and no gate is false, another writer than the kubelet keeps the pod unready. */
    private static String condition(PodView pod) {
        Condition ready = pod.conditions().get("Ready");
        if (ready != null
                && ready.reason().equals("ReadinessGatesNotReady")
                && !ready.message().isBlank()) {
            return ": " + ControllerMessages.brief(ready.message());
        }
        return pod.containers().stream()
                .filter(container -> !container.ready() && !PodTrouble.hasFinished(container))
                .findFirst()
                .map(container -> ": container " + container.name())
                .orElseGet(() -> pod.containers().isEmpty()
                        ? ""
                        : ", though all containers of " + pod.meta().name() + " said ready, as on a node that is lost ("
                                + pod.nodeName() + ")");
    }

    private static String probe(Chain chain, List<PodView> pods) {
        List<String> uids = pods.stream().map(pod -> pod.meta().uid()).toList();
        return chain.input().seen().events().stream()
                .filter(event -> TOLD_BY.contains(event.reason()) && uids.contains(event.involvedUid()))
                .reduce((earlier, later) -> later)
                .map(EventView::message)
                .map(message -> ": " + ControllerMessages.brief(message))
                .orElseGet(() -> condition(pods.get(0)));
    }
}
