package io.tidewatch.diagnose;

import io.tidewatch.model.Cause;
import io.tidewatch.model.EventView;
import io.tidewatch.model.PodView;
import java.util.List;
import java.util.Optional;

/** Pods that run and are not ready: their readiness probe or a readiness gate says no. */
final class NotReady implements CauseCheck {

    @Override
    public Optional<Explained> look(Chain chain) {
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

    private static String probe(Chain chain, List<PodView> pods) {
        List<String> uids = pods.stream().map(pod -> pod.meta().uid()).toList();
        return chain.question().seen().events().stream()
                .filter(event -> event.reason().equals("Unhealthy") && uids.contains(event.involvedUid()))
                .reduce((earlier, later) -> later)
                .map(EventView::message)
                .map(message -> ": " + Words.brief(message))
                .orElse("");
    }
}
