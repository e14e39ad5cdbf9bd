package io.tidewatch.diagnose.chain;

import io.tidewatch.model.cluster.ControllerOptions;
import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.TargetObservation;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * When each controller of Argo Rollouts last wrote the status of any Rollout that it takes on: a sign that it lives. Several may
 * run in one cluster, and a write of one of them proves nothing about another.
 */
public final class ControllerSigns {

    private final List<ControllerView> controllers;
    private final Map<String, Instant> lastByController = new HashMap<>();

    public ControllerSigns(Collection<ControllerView> all) {
        controllers = all.stream().filter(ControllerView::isArgoRollouts).toList();
    }

    /** The signs on all these Rollouts. */
    public static ControllerSigns of(Collection<RolloutView> rollouts, Collection<ControllerView> controllers) {
        ControllerSigns signs = new ControllerSigns(controllers);
        rollouts.forEach(signs::add);
        return signs;
    }

    /** Reads the sign on one more Rollout. */
    public ControllerSigns read(TargetObservation seen) {
        seen.rollout().ifPresent(this::add);
        return this;
    }

    private void add(RolloutView rollout) {
        ControllerWrites.last(rollout)
                .ifPresent(at -> lastByController.merge(
                        controllerOf(rollout), at, (before, now) -> before.isAfter(now) ? before : now));
    }

    /** The last sign of the controller that takes on this Rollout. */
    public Optional<Instant> last(RolloutView rollout) {
        return Optional.ofNullable(lastByController.get(controllerOf(rollout)));
    }

    private String controllerOf(RolloutView rollout) {
        return rollout.meta().label(ControllerOptions.INSTANCE_LABEL).orElse("") + " "
                + controllers.stream()
                        .filter(controller -> controller.takesOn(rollout))
                        .map(controller -> controller.namespace() + "/" + controller.name())
                        .collect(Collectors.joining(","));
    }
}
