package io.tidewatch.model;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The live objects at an instant.
 *
 * @param heardUntil until when all that happened is known for certain; {@code at} or before it
 * @param faults of the targets whose objects could not be put together: they are observed as empty
 */
public record Observation(
        Instant at,
        Instant heardUntil,
        SortedMap<Target, TargetObservation> targets,
        List<ControllerView> controllers,
        Faults faults) {

    public static final Observation NONE =
            new Observation(Instant.EPOCH, Instant.EPOCH, Collections.emptySortedMap(), List.of());

    public Observation {
        targets = Collections.unmodifiableSortedMap(new TreeMap<>(targets));
        controllers = List.copyOf(controllers);
    }

    /** One without a fault. */
    public Observation(
            Instant at,
            Instant heardUntil,
            SortedMap<Target, TargetObservation> targets,
            List<ControllerView> controllers) {
        this(at, heardUntil, targets, controllers, Faults.NONE);
    }
}
