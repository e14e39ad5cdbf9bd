package io.tidewatch.model;

import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The faults of a pass by target, each target's in the order in which they were met and each id once.
 *
 * <p>A target with a fault is {@link State#UNKNOWN} with the cause {@link Cause#INTERNAL_ERROR}, whichever stage it was;
 * its first fault is the one that is reported.
 */
public record Faults(SortedMap<Target, List<Fault>> byTarget) {

    public static final Faults NONE = new Faults(Collections.emptySortedMap());

    public Faults {
        SortedMap<Target, List<Fault>> copy = new TreeMap<>();
        byTarget.forEach((target, faults) -> copy.put(target, List.copyOf(faults)));
        byTarget = Collections.unmodifiableSortedMap(copy);
    }

    /** The fault of a target that is reported, if it has one. */
    public Optional<Fault> of(Target target) {
        return Optional.ofNullable(byTarget.get(target)).map(faults -> faults.get(0));
    }

    public boolean isEmpty() {
        return byTarget.isEmpty();
    }

    public Set<Target> targets() {
        return byTarget.keySet();
    }

    /** Of all targets; the same fault of a thousand targets a thousand times. */
    public Stream<Fault> all() {
        return byTarget.values().stream().flatMap(Collection::stream);
    }

    /** These, then the others. */
    public Faults and(Faults others) {
        if (others.isEmpty()) {
            return this;
        }
        SortedMap<Target, List<Fault>> both = new TreeMap<>(byTarget);
        others.byTarget.forEach((target, faults) -> both.merge(target, faults, Faults::joined));
        return new Faults(both);
    }

    /** Each id once. */
    public static List<Fault> joined(List<Fault> first, List<Fault> then) {
        List<Fault> both = new ArrayList<>(first);
        then.stream()
                .filter(fault -> first.stream().noneMatch(known -> known.id().equals(fault.id())))
                .forEach(both::add);
        return both;
    }
}
