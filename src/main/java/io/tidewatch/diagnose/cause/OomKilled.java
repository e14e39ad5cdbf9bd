package io.tidewatch.diagnose.cause;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.Explained;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.Proof;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.diagnosis.Cause;
import java.util.List;
import java.util.Optional;

/** Pods whose container was killed at its memory limit. */
final class OomKilled implements CauseCheck {

    @Override
    public Cause cause() {
        return Cause.OOM_KILLED;
    }

    @Override
    public Optional<Explained> find(Chain chain) {
        List<PodView> pods = chain.troubled(Cause.OOM_KILLED);
        return pods.stream()
                .findFirst()
                .map(first -> Explained.byPods(
                        Cause.OOM_KILLED,
                        pods,
                        (pods.size() == 1 ? "was" : "were") + " killed at the memory limit: " + Proof.lastEnd(first),
                        pod -> Proof.restarts(pod)));
    }

    @Override
    public String nextCommand(Kubectl kubectl) {
        return kubectl.describePod();
    }
}
