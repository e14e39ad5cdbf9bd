package io.tidewatch.diagnose.chain;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.FieldManagers;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whose minimum stands on the ScaledObject: the desired one, one that we wrote and that has yet to change, or a foreign
 * one. Reads nothing but the live value, our annotations beside it and the schedule.
 */
public record StandingMinimum(
        Optional<ScaledObjectView> scaledObject, OptionalInt asked, Optional<DesiredBounds> scheduled) {

    /** What the ScaledObject says; KEDA counts an absent minimum as 0. */
    public OptionalInt written() {
        return scaledObject
                .map(found -> OptionalInt.of(found.minReplicaCount().orElse(Bounds.DEFAULT_MIN)))
                .orElse(OptionalInt.empty());
    }

    public OptionalInt desired() {
        return asked.isPresent() ? asked : written();
    }

    /** What counts: the desired minimum, or a higher one that somebody else set. */
    public int counts() {
        int desired = Math.max(0, desired().orElse(0));
        return isRaisedByHand() ? Math.max(desired, written().orElse(desired)) : desired;
    }

    public boolean isRight() {
        return written().isEmpty() || written().equals(desired());
    }

    public boolean isRaisedByHand() {
        return difference() > 0 && isForeignWhenHigher() && !isForced();
    }

    /** Lowered by somebody since we wrote it, and not ours to take back again; or never ours to take. */
    public boolean isConflict() {
        if (difference() == 0 || isRaisedByHand()) {
            return false;
        }
        boolean lowered =
                difference() < 0 && appliedMin().isPresent() && !appliedMin().equals(written());
        return switch (policy()) {
            case FORCE -> false;
            case REPORT -> lowered || isOwnedByOthers();
            case ADOPT -> lowered && takeovers() > 0;
        };
    }

    private boolean isOwnedByOthers() {
        return scaledObject.stream()
                .flatMap(found -> found.meta().writers().stream())
                .anyMatch(writer -> writer.ownsMinimum() && !writer.manager().equals(FieldManagers.TIDEWATCH));
    }

    /** Live minimum less the desired one. */
    public int difference() {
        return written().orElse(0) - desired().orElse(0);
    }

    private boolean isForeignWhenHigher() {
        if (appliedMin().isPresent()) {
            return !appliedMin().equals(written());
        }
        int baseline = scheduled.map(desired -> desired.baseline().min()).orElse(0);
        return written().orElse(0) != baseline;
    }

    private boolean isForced() {
        return policy() == ConflictPolicy.FORCE;
    }

    private ConflictPolicy policy() {
        return scheduled.map(desired -> desired.schedule().onConflict()).orElse(ConflictPolicy.ADOPT);
    }

    private OptionalInt appliedMin() {
        return applied(scaledObject);
    }

    /** The minimum that Tidewatch applied last, as its annotation remembers. */
    static OptionalInt applied(Optional<ScaledObjectView> scaledObject) {
        return scaledObject
                .flatMap(found -> found.meta().annotation(Annotations.APPLIED))
                .flatMap(Bounds::parse)
                .map(bounds -> OptionalInt.of(bounds.min()))
                .orElse(OptionalInt.empty());
    }

    /** Only those of this stretch of time count. */
    private int takeovers() {
        boolean thisStretch = scheduled.isEmpty()
                || annotation(Annotations.WINDOW)
                        .filter(scheduled.get().stretch()::equals)
                        .isPresent();
        return thisStretch
                ? annotation(Annotations.TAKEOVERS)
                        .map(count -> count.equals("0") ? 0 : 1)
                        .orElse(0)
                : 0;
    }

    private Optional<String> annotation(String key) {
        return scaledObject.flatMap(found -> found.meta().annotation(key));
    }
}
