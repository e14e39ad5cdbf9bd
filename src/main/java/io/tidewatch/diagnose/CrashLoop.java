package io.tidewatch.diagnose;

import io.tidewatch.model.Cause;
import io.tidewatch.model.PodView;
import java.util.List;
import java.util.Optional;

/** Pods whose container starts and dies again. */
final class CrashLoop implements CauseCheck {

    @Override
    public Optional<Explained> look(Chain chain) {
        List<PodView> pods = chain.troubled(Cause.CRASH_LOOP);
        return pods.stream()
                .findFirst()
                .map(first -> Explained.byPods(
                        Cause.CRASH_LOOP,
                        pods,
                        (Proof.isFirstEnd(first)
                                        ? "died: "
                                        : (pods.size() == 1 ? "crashes" : "crash") + " again and again: ")
                                + Proof.lastEnd(first),
                        pod -> Proof.restarts(pod)));
    }
}
