package io.tidewatch.ownership;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.cluster.AutoscalerView;
import io.tidewatch.model.cluster.FieldManagers;
import io.tidewatch.model.cluster.FieldWriter;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides whose value stands, from nothing but the live object: its values, our record on it, and who owns the fields. A
 * baseline that Git asks for is nobody's foreign value, so a window below it may begin.
 */
public record Ownership(Goal goal, AutoscalerView live) {

    public Verdict verdict() {
        if (isRight()) {
            return new Verdict.Right();
        }
        if (isForeignMinimum()) {
            return live.bounds().min() > goal.bounds().min() ? raised() : changed(FieldWriter::ownsMinimum);
        }
        if (isForeignMaximum()) {
            return changed(FieldWriter::ownsMaximum);
        }
        return ours();
    }

    /** What we applied last, or what was there before us: the desired value takes its place. */
    private Verdict ours() {
        return goal.policy() == ConflictPolicy.REPORT && isOwnedByOthers()
                ? new Verdict.Conflict(otherWriter(writer -> true))
                : new Verdict.Write(isOwnedByOthers(), false);
    }

    private Verdict raised() {
        if (goal.policy() == ConflictPolicy.FORCE) {
            return new Verdict.Write(true, false);
        }
        return isOfAnotherBaseline()
                ? ours()
                : new Verdict.RaisedManually(live.bounds().min());
    }

    /** A commit that changes the baseline is newer than a manual change. */
    private boolean isOfAnotherBaseline() {
        Optional<Bounds> recorded = record().baseline();
        return goal.schedule()
                .filter(known -> !known.inWindow()
                        && recorded.isPresent()
                        && !recorded.get().equals(known.baseline()))
                .isPresent();
    }

    /**
     * Somebody lowered the minimum, or moved the maximum, since our last write.
     *
     * @param owns whether a writer owns the field that was changed
     */
    private Verdict changed(Predicate<FieldWriter> owns) {
        return switch (goal.policy()) {
            case FORCE -> new Verdict.Write(true, false);
            case REPORT -> new Verdict.Conflict(otherWriter(owns));
            case ADOPT ->
                isOfThisPeriod() && record().isTakeoverSpent()
                        ? new Verdict.Conflict(otherWriter(owns))
                        : new Verdict.Write(isOwnedByOthers(), true);
        };
    }

    private boolean isRight() {
        Bounds now = live.bounds();
        return now.min() == goal.bounds().min()
                && (!goal.setsMax() || now.max() == goal.bounds().max());
    }

    /** Changed by somebody else since our last write; before it, only a higher value than Git's counts as theirs. */
    private boolean isForeignMinimum() {
        int now = live.bounds().min();
        int desired = goal.bounds().min();
        return record().applied()
                .map(ours -> now != desired && now != ours.min())
                .orElse(now > desired && !goal.isBaseline(now));
    }

    private boolean isForeignMaximum() {
        int now = live.bounds().max();
        return goal.setsMax()
                && now != goal.bounds().max()
                && record().applied().filter(ours -> now != ours.max()).isPresent();
    }

    /** Without a schedule no period is known, and the recorded one counts. */
    private boolean isOfThisPeriod() {
        return goal.schedule().map(known -> record().isOfPeriod(known.period())).orElse(true);
    }

    /** Whether somebody else's value stands where ours stood since the last edge. */
    public boolean isChangedInThisPeriod() {
        return isOfThisPeriod()
                && record().applied()
                        .filter(ours -> ours.min() != live.bounds().min())
                        .isPresent();
    }

    private OwnRecord record() {
        return new OwnRecord(live.meta());
    }

    private boolean isOwnedByOthers() {
        return live.meta().writers().stream().anyMatch(this::isOthers);
    }

    private boolean isOthers(FieldWriter writer) {
        boolean owns = writer.ownsMinimum() || (goal.setsMax() && writer.ownsMaximum());
        return owns && !writer.manager().equals(FieldManagers.TIDEWATCH);
    }

    /** The last of the others that owns the field in question. */
    private Optional<String> otherWriter(Predicate<FieldWriter> owns) {
        return live.meta().writers().stream()
                .filter(this::isOthers)
                .filter(owns)
                .reduce((earlier, later) -> later)
                .map(FieldWriter::manager);
    }
}
