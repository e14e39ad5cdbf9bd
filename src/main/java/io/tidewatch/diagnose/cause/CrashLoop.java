package io.tidewatch.diagnose.cause;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.Explained;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.Proof;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.diagnosis.Cause;
import java.util.List;
import java.util.Optional;

/** Pods whose container starts and dies again. */
final class CrashLoop implements CauseCheck {

    @Override
    public Cause cause() {
        return Cause.CRASH_LOOP;
    }

    @Override
    public Optional<Explained> find(Chain chain) {
        List<PodView> pods = chain.troubled(Cause.CRASH_LOOP);
        return pods.stream()
                .findFirst()
                .map(first -> Explained.byPods(
                        Cause.CRASH_LOOP,
                        pods,
                        (Proof.isFirstEnd(first)
                                        ? "died: "
                                        : (pods.size() == 1 ? "crashes" : "crash") + " repeatedly: ")
                                + Proof.lastEnd(first),
                        pod -> Proof.restarts(pod)));
    }

    @Override
    public String nextCommand(Kubectl kubectl) {
        return "kubectl logs" + kubectl.firstPod() + " --previous --all-containers" + kubectl.inNamespace();
    }
}
