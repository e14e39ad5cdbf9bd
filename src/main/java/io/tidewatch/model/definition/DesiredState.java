package io.tidewatch.model.definition;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Fault;
import io.tidewatch.model.Faults;
import io.tidewatch.model.Target;
import io.tidewatch.model.TargetMap;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The desired bounds at an instant, of every target that a schedule names.
 *
 * @param next the distinct instants at which something changes next, one per target at the most; sorted
 * @param failed the targets whose schedule met an internal error, so that their desired bounds are unknown
 */
public record DesiredState(
        Instant at,
        SortedMap<Target, DesiredBounds> desired,
        SortedSet<Instant> next,
        SortedMap<Target, Failed> failed) {

    public DesiredState {
        desired = TargetMap.copyOf(desired);
        next = Collections.unmodifiableSortedSet(new TreeSet<>(next));
        failed = TargetMap.copyOf(failed);
    }

    /** A desired state without internal errors. */
    public DesiredState(Instant at, SortedMap<Target, DesiredBounds> desired, SortedSet<Instant> next) {
        this(at, desired, next, Collections.emptySortedMap());
    }

    /** The desired bounds of a target; empty where no schedule names it, or where they are unknown. */
    public Optional<DesiredBounds> of(Target target) {
        return Optional.ofNullable(desired.get(target));
    }

    /** All targets that a schedule names, whether their desired bounds are known or not; sorted. */
    public Set<Target> targets() {
        if (failed.isEmpty()) {
            return desired.keySet();
        }
        Set<Target> targets = new TreeSet<>(desired.keySet());
        targets.addAll(failed.keySet());
        return targets;
    }

    /** The targets that are HPAs without KEDA; all others are ScaledObjects. */
    public Set<Target> hpas() {
        Set<Target> hpas = new TreeSet<>();
        desired.forEach((target, bounds) -> addHpa(hpas, target, bounds.schedule()));
        failed.forEach((target, one) -> addHpa(hpas, target, one.schedule()));
        return hpas;
    }

    private static void addHpa(Set<Target> hpas, Target target, ScaleSchedule schedule) {
        if (schedule.targets().kind() == AutoscalerKind.HPA) {
            hpas.add(target);
        }
    }

    public Faults faults() {
        SortedMap<Target, List<Fault>> faults = new TreeMap<>();
        failed.forEach((target, one) -> faults.put(target, List.of(one.fault())));
        return new Faults(faults);
    }

    /**
     * A schedule that met an internal error.
     *
     * @param commit the commit that its source is at
     */
    public record Failed(ScaleSchedule schedule, Commit commit, Fault fault) {}
}
