package io.tidewatch.preflight.check;

import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.PodView;
import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Risk;
import java.util.List;
import java.util.Optional;

/** The scheduler already finds no node for pods of this target, so more of them find none either. */
final class PodsWithoutNode implements Check {

    @Override
    public Optional<Finding> find(Situation situation) {
        List<PodView> pending = situation.seen().pods().stream()
                .filter(pod -> !pod.meta().deleting() && unscheduled(pod).isPresent())
                .toList();
        return pending.stream().findFirst().map(first -> {
            Condition why = unscheduled(first).orElseThrow();
            return new Finding(
                    Risk.UNSCHEDULABLE,
                    (pending.size() == 1 ? "1 pod waits" : pending.size() + " pods wait") + " for a node already: "
                            + why.message(),
                    "add nodes, or make room on them, before the raise",
                    List.of(new Evidence(
                            "Pod " + first.meta().name(),
                            "status.conditions[PodScheduled]",
                            why.status() + "/" + why.reason() + ": " + why.message())));
        });
    }

    private static Optional<Condition> unscheduled(PodView pod) {
        return Optional.ofNullable(pod.conditions().get("PodScheduled"))
                .filter(scheduled -> scheduled.isFalse() && scheduled.reason().equals("Unschedulable"));
    }
}
