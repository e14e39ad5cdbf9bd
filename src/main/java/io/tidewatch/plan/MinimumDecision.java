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
record MinimumDecision(DesiredBounds desired, ScaledObjectView live) {

    private static final int TAKEOVERS_PER_STRETCH = 1;

    MinimumVerdict verdict() {
        if (isRight()) {
            return new MinimumVerdict.Right();
        }
        if (isForeignMinimum()) {
            return live.bounds().min() > desired.bounds().min() ? raised() : changed();
        }
        if (isForeignMaximum()) {
            return changed();
        }
        return ours();
    }

    /** What we applied last, or what was there before us: the desired value takes its place. */
    private MinimumVerdict ours() {
        return policy() == ConflictPolicy.REPORT && isOwnedByOthers()
                ? new MinimumVerdict.Conflict(otherWriter())
                : new MinimumVerdict.Write(isOwnedByOthers(), false);
    }

    private MinimumVerdict raised() {
        if (policy() == ConflictPolicy.FORCE) {
            return new MinimumVerdict.Write(true, false);
        }
        return isOfAnotherBaseline()
                ? ours()
                : new MinimumVerdict.RaisedManually(live.bounds().min());
    }

    /** A commit that changes the baseline is newer than a manual change. */
    private boolean isOfAnotherBaseline() {
        return desired.window().isEmpty()
                && live.meta()
                        .annotation(Annotations.BASELINE)
                        .flatMap(Bounds::parse)
                        .filter(known -> !known.equals(desired.baseline()))
                        .isPresent();
    }

    /** Somebody lowered the minimum, or moved the maximum, since our last write. */
    private MinimumVerdict changed() {
        return switch (policy()) {
            case FORCE -> new MinimumVerdict.Write(true, false);
            case REPORT -> new MinimumVerdict.Conflict(otherWriter());
            case ADOPT ->
                takeovers() < TAKEOVERS_PER_STRETCH
                        ? new MinimumVerdict.Write(isOwnedByOthers(), true)
                        : new MinimumVerdict.Conflict(otherWriter());
        };
    }

    private boolean isRight() {
        Bounds now = live.bounds();
        return now.min() == desired.bounds().min()
                && (!desired.setsMax() || now.max() == desired.bounds().max());
    }

    /** Changed by somebody else since our last write; before it, only a higher value than Git's counts as theirs. */
    private boolean isForeignMinimum() {
        int now = live.bounds().min();
        int asked = desired.bounds().min();
        return applied()
                .map(ours -> now != asked && now != ours.min())
                .orElse(now > asked && now != desired.baseline().min());
    }

    private boolean isForeignMaximum() {
        int now = live.bounds().max();
        return desired.setsMax()
                && now != desired.bounds().max()
                && applied().filter(ours -> now != ours.max()).isPresent();
    }

    /** How often we took the field back in this stretch. */
    int takeovers() {
        return isOfThisStretch()
                ? live.meta()
                        .annotation(Annotations.TAKEOVERS)
                        .map(MinimumDecision::count)
                        .orElse(0)
                : 0;
    }

    /** Whether the annotations speak of the stretch that counts now; what they count starts anew at every edge. */
    boolean isOfThisStretch() {
        return live.meta()
                .annotation(Annotations.WINDOW)
                .filter(desired.stretch()::equals)
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
        return desired.schedule().onConflict();
    }

    private boolean isOwnedByOthers() {
        return live.meta().writers().stream().anyMatch(this::isOthersMinimum);
    }

    private boolean isOthersMinimum(FieldWriter writer) {
        boolean owns = writer.ownsMinimum() || (desired.setsMax() && writer.ownsMaximum());
        return owns && !writer.manager().equals(FieldManagers.TIDEWATCH);
    }

    private String otherWriter() {
        return live.meta().writers().stream()
                .filter(this::isOthersMinimum)
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
