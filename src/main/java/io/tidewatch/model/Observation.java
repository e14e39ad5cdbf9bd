package io.tidewatch.model;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The live objects at an instant. */
public record Observation(Instant at, SortedMap<Target, TargetObservation> targets, List<ControllerView> controllers) {

    public static final Observation NONE = new Observation(Instant.EPOCH, Collections.emptySortedMap(), List.of());

    public Observation {
        targets = Collections.unmodifiableSortedMap(new TreeMap<>(targets));
        controllers = List.copyOf(controllers);
    }
}
