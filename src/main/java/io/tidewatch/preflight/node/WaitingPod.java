package io.tidewatch.preflight.node;

import io.tidewatch.model.cluster.Condition;
import io.tidewatch.model.cluster.PodView;
import java.util.Optional;

/** A pod that the scheduler finds no node for, as its own condition says. */
record WaitingPod(PodView pod, Condition why) {

    static Optional<WaitingPod> of(PodView pod) {
        return pod.meta().deleting()
                ? Optional.empty()
                : Optional.ofNullable(pod.conditions().get("PodScheduled"))
                        .filter(scheduled ->
                                scheduled.isFalse() && scheduled.reason().equals("Unschedulable"))
                        .map(why -> new WaitingPod(pod, why));
    }

    String name() {
        return pod.meta().name();
    }

    SchedulerMessage message() {
        return SchedulerMessage.of(why.message());
    }
}
