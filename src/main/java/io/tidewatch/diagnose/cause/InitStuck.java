package io.tidewatch.diagnose.cause;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.Explained;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.Proof;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pods that an init container holds up. */
final class InitStuck implements CauseCheck {

    private static final Pattern CONTAINER = Pattern.compile("status\\.initContainerStatuses\\[([^\\]]+)\\]");

    @Override
    public Cause cause() {
        return Cause.INIT_STUCK;
    }

    @Override
    public Optional<Explained> find(Chain chain) {
        List<PodView> pods = chain.troubled(Cause.INIT_STUCK);
        return pods.stream()
                .findFirst()
                .map(first -> Explained.byPods(
                        Cause.INIT_STUCK,
                        pods,
                        (pods.size() == 1 ? "waits" : "wait") + " for init container "
                                + container(first).name(),
                        pod -> Proof.container(pod, container(pod), state(container(pod)))));
    }

    @Override
    public String nextCommand(Kubectl kubectl) {
        return "kubectl logs" + kubectl.firstPod() + container(kubectl.diagnosis()) + kubectl.inNamespace();
    }

    private static String container(Diagnosis diagnosis) {
        return diagnosis.evidence().stream()
                .map(proof -> CONTAINER.matcher(proof.field()))
                .filter(Matcher::matches)
                .findFirst()
                .map(found -> " -c " + found.group(1))
                .orElse("");
    }

    private static PodView.Container container(PodView pod) {
        return pod.containers().stream()
                .filter(container -> container.init() && !container.ready())
                .filter(container -> !container.terminatedReason().equals("Completed")
                        || !container.waitingReason().isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private static String state(PodView.Container init) {
        String why = init.waitingReason().isEmpty() ? "running" : init.waitingReason();
        return why + ", " + init.restarts() + " restarts";
    }
}
