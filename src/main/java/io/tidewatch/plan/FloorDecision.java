package io.tidewatch.plan;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.FieldManagers;
import io.tidewatch.model.cluster.FieldWriter;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import java.util.Optional;

/**
 * Decides whose value stands, from nothing but the live object: its values, our annotations on it, and who owns the
 * fields. A baseline that Git says is nobody's foreign value, so a window below it may begin.
 */
record FloorDecision(DesiredBounds wanted, ScaledObjectView live) {

    private static final int TAKEOVERS_PER_STRETCH = 1;

    FloorVerdict verdict() {
        if (isRight()) {
            return new FloorVerdict.Right();
        }
        if (isForeignFloor()) {
            return live.bounds().min() > wanted.bounds().min() ? raised() : changed();
        }
        if (isForeignCeiling()) {
            return changed();
        }
        return ours();
    }

    /** What we applied last, or what was there before us: the wanted value takes its place. */
    private FloorVerdict ours() {
        return policy() == ConflictPolicy.REPORT && isOwnedByOthers()
                ? new FloorVerdict.Conflict(otherWriter())
                : new FloorVerdict.Write(isOwnedByOthers(), false);
    }

    private FloorVerdict raised() {
        if (policy() == ConflictPolicy.FORCE) {
            return new FloorVerdict.Write(true, false);
        }
        return isOfAnotherBaseline()
                ? ours()
                : new FloorVerdict.RaisedByHand(live.bounds().min());
    }

    /** A commit that changes the baseline is a newer word than a hand's. */
    private boolean isOfAnotherBaseline() {
        return wanted.window().isEmpty()
                && live.meta()
                        .annotation(Annotations.BASELINE)
                        .flatMap(Bounds::parse)
                        .filter(known -> !known.equals(wanted.baseline()))
                        .isPresent();
    }

    /** Somebody lowered the floor, or moved the ceiling, since our last write. */
    private FloorVerdict changed() {
        return switch (policy()) {
            case FORCE -> new FloorVerdict.Write(true, false);
            case REPORT -> new FloorVerdict.Conflict(otherWriter());
            case ADOPT ->
                takeovers() < TAKEOVERS_PER_STRETCH
                        ? new FloorVerdict.Write(isOwnedByOthers(), true)
                        : new FloorVerdict.Conflict(otherWriter());
        };
    }

    private boolean isRight() {
        Bounds now = live.bounds();
        return now.min() == wanted.bounds().min()
                && (!wanted.setsMax() || now.max() == wanted.bounds().max());
    }

    /** Changed by somebody else since our last write; before it, only a higher value than Git's counts as theirs. */
    private boolean isForeignFloor() {
        int now = live.bounds().min();
        int asked = wanted.bounds().min();
        return applied()
                .map(ours -> now != asked && now != ours.min())
                .orElse(now > asked && now != wanted.baseline().min());
    }

    private boolean isForeignCeiling() {
        int now = live.bounds().max();
        return wanted.setsMax()
                && now != wanted.bounds().max()
                && applied().filter(ours -> now != ours.max()).isPresent();
    }

    /** How often we took the field back in this stretch. */
    int takeovers() {
        return isOfThisStretch()
                ? live.meta()
                        .annotation(Annotations.TAKEOVERS)
                        .map(FloorDecision::count)
                        .orElse(0)
                : 0;
    }

    /** Whether the annotations speak of the stretch that counts now; what they count starts anew at every edge. */
    boolean isOfThisStretch() {
        return live.meta()
                .annotation(Annotations.WINDOW)
                .filter(wanted.stretch()::equals)
                .isPresent();
    }

    /** Whether somebody else's value stands where ours stood since the last edge. */
    boolean isChangedInThisStretch() {
        return isOfThisStretch()
                && applied().filter(ours -> ours.min() != live.bounds().min()).isPresent();
    }

    private Optional<Bounds> applied() {
        return live.meta().annotation(Annotations.APPLIED).flatMap(Bounds::parse);
    }

    private ConflictPolicy policy() {
        return wanted.schedule().onConflict();
    }

    private boolean isOwnedByOthers() {
        return live.meta().writers().stream().anyMatch(this::isOthersFloor);
    }

    private boolean isOthersFloor(FieldWriter writer) {
        boolean owns = writer.ownsFloor() || (wanted.setsMax() && writer.ownsCeiling());
        return owns && !writer.manager().equals(FieldManagers.TIDEWATCH);
    }

    private String otherWriter() {
        return live.meta().writers().stream()
                .filter(this::isOthersFloor)
                .reduce((earlier, later) -> later)
                .map(FieldWriter::manager)
                .orElse("an unknown writer");
    }

    private static int count(String text) {
        try {
            return Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException notOurs) {
            return TAKEOVERS_PER_STRETCH;
        }
    }
}
