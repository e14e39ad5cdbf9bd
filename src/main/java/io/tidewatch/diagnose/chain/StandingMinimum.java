package io.tidewatch.diagnose.chain;

import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.ownership.Goal;
import io.tidewatch.ownership.OwnRecord;
import io.tidewatch.ownership.Ownership;
import io.tidewatch.ownership.Verdict;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The minimum of the autoscaler compared with the desired minimum, and whose minimum it is by {@link Ownership}. It is computed
 * once for each diagnosis, because most rules and causes need it.
 */
public final class StandingMinimum {

    private final Optional<AutoscalerView> autoscaler;
    private final OptionalInt asked;
    private final Optional<Verdict> verdict;

    /**
     * @param asked the desired minimum; absent where no schedule gives one, and then the live minimum counts as desired
     * @param scheduled the bounds of the schedule, where one is known
     */
    public StandingMinimum(Optional<AutoscalerView> autoscaler, OptionalInt asked, Optional<DesiredBounds> scheduled) {
        this.autoscaler = autoscaler;
        this.asked = asked;
        this.verdict =
                autoscaler.flatMap(live -> goal(asked, scheduled).map(goal -> new Ownership(goal, live).verdict()));
    }

    /** The minimum of the autoscaler, with the default where none is written. */
    public OptionalInt written() {
        return autoscaler.map(found -> OptionalInt.of(found.bounds().min())).orElse(OptionalInt.empty());
    }

    public OptionalInt desired() {
        return asked.isPresent() ? asked : written();
    }

    /** The minimum that counts: the desired minimum, or a higher minimum that somebody else set. */
    public int counts() {
        int desired = Math.max(0, desired().orElse(0));
        return isRaisedManually() ? Math.max(desired, written().orElse(desired)) : desired;
    }

    public boolean isRight() {
        return written().isEmpty() || written().equals(desired());
    }

    public boolean isRaisedManually() {
        return verdict.filter(Verdict.RaisedManually.class::isInstance).isPresent();
    }

    /** Somebody changed the minimum, and Tidewatch may not take it back (again). */
    public Optional<Verdict.Conflict> conflict() {
        return verdict.filter(Verdict.Conflict.class::isInstance).map(Verdict.Conflict.class::cast);
    }

    /** Live minimum less the desired one. */
    public int difference() {
        return written().orElse(0) - desired().orElse(0);
    }

    private static Optional<Goal> goal(OptionalInt asked, Optional<DesiredBounds> scheduled) {
        return asked.isEmpty()
                ? Optional.empty()
                : Optional.of(scheduled
                        .map(desired -> Goal.of(desired).withMinimum(asked.getAsInt()))
                        .orElseGet(() -> Goal.ofMinimum(asked.getAsInt())));
    }

    /** The minimum that Tidewatch applied last, from its annotations on the object. */
    static OptionalInt applied(Optional<AutoscalerView> autoscaler) {
        return autoscaler
                .flatMap(found -> new OwnRecord(found.meta()).applied())
                .map(bounds -> OptionalInt.of(bounds.min()))
                .orElse(OptionalInt.empty());
    }
}
