package io.tidewatch.preflight.check;

import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Risk;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** KEDA was observed, and no observed operator follows the ScaledObject: by its labels, or by its namespace. */
final class UnselectedScaledObject implements Check {

    @Override
    public Optional<Finding> find(Situation situation) {
        return situation.scaledObject().flatMap(live -> find(situation, live));
    }

    private static Optional<Finding> find(Situation situation, ScaledObjectView live) {
        List<ControllerView> operators =
                situation.controllers().stream().filter(ControllerView::isKeda).toList();
        if (operators.isEmpty() || operators.stream().anyMatch(operator -> operator.mayFollow(live))) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                Risk.KEDA_NOT_SELECTING,
                "no observed KEDA operator selects the ScaledObject by its labels and namespace",
                "correct its labels, or WATCH_LABEL_SELECTOR and WATCH_NAMESPACE of "
                        + operators.get(0).namespace() + "/" + operators.get(0).name(),
                List.of(situation.ofAutoscaler(
                        "metadata.labels", new TreeMap<>(live.meta().labels())))));
    }
}
