package io.tidewatch.diagnose.chain;

import io.tidewatch.model.cluster.ControllerOptions;
import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.cluster.RolloutView;
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
        rollouts.forEach(rollout -> signs.of(rollout).ifPresent(signs::add));
        return signs;
    }

    /**
     * The last write of a controller to one Rollout.
     *
     * @param controller those that take the Rollout on, by name
     */
    public record Sign(String controller, Instant last) {}

    /** The sign on a Rollout. */
    public Optional<Sign> of(RolloutView rollout) {
        return ControllerWrites.last(rollout).map(at -> new Sign(controllerOf(rollout), at));
    }

    /** Adds the sign on one more Rollout. */
    public void add(Sign sign) {
        lastByController.merge(sign.controller(), sign.last(), (before, now) -> before.isAfter(now) ? before : now);
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
