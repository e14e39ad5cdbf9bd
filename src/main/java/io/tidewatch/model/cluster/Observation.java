package io.tidewatch.model.cluster;

import io.tidewatch.model.Faults;
import io.tidewatch.model.Target;
import io.tidewatch.model.TargetMap;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The live objects at an instant.
 *
 * @param observedUntilIn until when all that happened in a namespace is known for certain; a namespace that is absent: up to now
 * @param faults of the targets whose objects could not be put together: they are observed as empty
 */
public record Observation(
        Instant at,
        Map<String, Instant> observedUntilIn,
        SortedMap<Target, TargetObservation> targets,
        List<ControllerView> controllers,
        Faults faults) {

    public static final Observation NONE =
            new Observation(Instant.EPOCH, Map.of(), Collections.emptySortedMap(), List.of());

    public Observation {
        targets = TargetMap.copyOf(targets);
        controllers = List.copyOf(controllers);
        observedUntilIn = Map.copyOf(observedUntilIn);
    }

    /** Until when all that happened in a namespace is known for certain; {@code at} or before it. */
    public Instant observedUntil(String namespace) {
        Instant observed = observedUntilIn.getOrDefault(namespace, at);
        return observed.isAfter(at) ? at : observed;
    }

    /** One without a fault. */
    public Observation(
            Instant at,
            Map<String, Instant> observedUntilIn,
            SortedMap<Target, TargetObservation> targets,
            List<ControllerView> controllers) {
        this(at, observedUntilIn, targets, controllers, Faults.NONE);
    }
}
