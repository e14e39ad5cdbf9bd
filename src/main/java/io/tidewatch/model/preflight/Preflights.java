package io.tidewatch.model.preflight;

import io.tidewatch.model.Faults;
import io.tidewatch.model.Target;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The preflights of a pass: one for each target with a raise so near that it is checked, and a note for each target whose lowering is as
 * near and deletes claims.
 *
 * @param losses what the lowerings delete
 * @param next when the next preflight begins; absent where none is known
 * @param faults of the targets whose preflight met an internal error
 */
public record Preflights(
        SortedMap<Target, Preflight> byTarget,
        SortedMap<Target, ClaimLoss> losses,
        Optional<Instant> next,
        Faults faults) {

    public static final Preflights NONE =
            new Preflights(Collections.emptySortedMap(), Collections.emptySortedMap(), Optional.empty(), Faults.NONE);

    public Preflights {
        byTarget = Collections.unmodifiableSortedMap(new TreeMap<>(byTarget));
        losses = Collections.unmodifiableSortedMap(new TreeMap<>(losses));
    }

    public Optional<Preflight> of(Target target) {
        return Optional.ofNullable(byTarget.get(target));
    }

    /** What the lowering of the target deletes, where it is near. */
    public Optional<ClaimLoss> loss(Target target) {
        return Optional.ofNullable(losses.get(target));
    }

    /** What was found about a target; empty outside of its preflight too. */
    public List<Finding> findings(Target target) {
        return of(target).map(Preflight::findings).orElse(List.of());
    }
}
