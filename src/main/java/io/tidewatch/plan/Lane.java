package io.tidewatch.plan;

import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.report.Pass;
import io.tidewatch.ownership.OwnRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The writes that one target still needs, in their order: what is scaled comes before what scales it.
 *
 * @param line where the lane waits
 * @param actions at least one
 */
public record Lane(Target target, Line line, List<Action> actions) {

    public Lane {
        actions = List.copyOf(actions);
    }

    /**
     * The line in which a write waits. Turns rotate over sources, then over namespaces.
     *
     * @param source the source that the write is for; empty where it is not known
     */
    public record Line(Urgency urgency, String source, String namespace) {}

    /** The lane without its first action; empty where that was the last. */
    public Optional<Lane> rest() {
        return actions.size() < 2
                ? Optional.empty()
                : Optional.of(new Lane(target, line, actions.subList(1, actions.size())));
    }

    /**
     * The lanes sorted by their last attempt: never attempted lanes first, in the given order, then the longest waiting.
     *
     * @param attempts by target, the higher the later; a target that is missing has not been tried
     */
    public static List<Lane> inOrder(List<Lane> lanes, Map<Target, Long> attempts) {
        return lanes.stream()
                .sorted(Comparator.comparingLong(lane -> attempts.getOrDefault(lane.target(), -1L)))
                .toList();
    }

    /**
     * The lane of one target in a pass.
     *
     * @param pass with its plan
     * @param actions those of the plan that are for this target and are to be sent
     */
    public static Lane of(Pass pass, Target target, List<Action> actions) {
        Optional<DesiredBounds> desired = pass.desired().of(target);
        Optional<TargetObservation> seen =
                Optional.ofNullable(pass.observation().targets().get(target));
        String source = Stream.of(
                        declared(actions),
                        desired.map(bounds -> bounds.commit().source()),
                        seen.flatMap(TargetObservation::autoscaler)
                                .flatMap(live -> new OwnRecord(live.meta()).source()))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("");
        return new Lane(target, new Line(Urgency.of(actions, desired, seen), source, target.namespace()), actions);
    }

    private static Optional<String> declared(List<Action> actions) {
        return actions.stream()
                .filter(Action.ApplyManifest.class::isInstance)
                .map(action -> ((Action.ApplyManifest) action).commit().source())
                .findFirst();
    }
}
