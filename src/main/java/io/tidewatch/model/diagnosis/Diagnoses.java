package io.tidewatch.model.diagnosis;

import io.tidewatch.model.Faults;
import io.tidewatch.model.Target;
import io.tidewatch.model.TargetMap;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One diagnosis for each target observed.
 *
 * @param faults of the targets that could not be diagnosed
 */
public record Diagnoses(Instant at, SortedMap<Target, Diagnosis> byTarget, Faults faults) {

    public static final Diagnoses NONE = new Diagnoses(Instant.EPOCH, Collections.emptySortedMap());

    public Diagnoses {
        byTarget = TargetMap.copyOf(byTarget);
    }

    /** Without a fault. */
    public Diagnoses(Instant at, SortedMap<Target, Diagnosis> byTarget) {
        this(at, byTarget, Faults.NONE);
    }

    /** The same, but that targets with a fault are {@link State#UNKNOWN}. */
    public Diagnoses with(Faults met) {
        if (met.isEmpty()) {
            return this;
        }
        SortedMap<Target, Diagnosis> changed = new TreeMap<>(byTarget);
        changed.replaceAll(
                (target, diagnosis) -> met.of(target).map(diagnosis::with).orElse(diagnosis));
        return new Diagnoses(at, changed, faults);
    }

    public Optional<Diagnosis> of(Target target) {
        return Optional.ofNullable(byTarget.get(target));
    }
}
