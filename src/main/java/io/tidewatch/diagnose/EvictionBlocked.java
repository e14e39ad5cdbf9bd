package io.tidewatch.diagnose;

import io.tidewatch.model.Cause;
import io.tidewatch.model.EventView;
import io.tidewatch.model.Evidence;
import io.tidewatch.model.RolloutView;
import java.util.List;
import java.util.Optional;

/** A restart evicts pods one by one, and a PodDisruptionBudget refuses. */
final class EvictionBlocked implements CauseCheck {

    @Override
    public Optional<Explained> look(Chain chain) {
        Optional<RolloutView> restarting =
                chain.rollout().filter(rollout -> rollout.status().restarting());
        return restarting.flatMap(rollout -> chain.question().seen().events().stream()
                .filter(EvictionBlocked::isRefusal)
                .reduce((earlier, later) -> later)
                .map(event -> Explained.certain(
                        Cause.EVICTION_BLOCKED,
                        1,
                        "a restart waits for a disruption budget: " + Words.brief(event.message()),
                        List.of(new Evidence(
                                event.involvedKind() + " " + event.involvedName(),
                                "Event " + event.reason(),
                                event.message())))));
    }

    private static boolean isRefusal(EventView event) {
        return event.message().contains("disruption budget");
    }
}
