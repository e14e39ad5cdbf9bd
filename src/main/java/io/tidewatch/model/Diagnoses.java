package io.tidewatch.model;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One diagnosis for each target observed. */
public record Diagnoses(Instant at, SortedMap<Target, Diagnosis> byTarget) {

    public static final Diagnoses NONE = new Diagnoses(Instant.EPOCH, Collections.emptySortedMap());

    public Diagnoses {
        byTarget = Collections.unmodifiableSortedMap(new TreeMap<>(byTarget));
    }

    public Optional<Diagnosis> of(Target target) {
        return Optional.ofNullable(byTarget.get(target));
    }
}
