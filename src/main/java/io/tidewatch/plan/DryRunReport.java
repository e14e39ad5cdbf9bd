package io.tidewatch.plan;

import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import io.tidewatch.model.plan.DryRun;
import io.tidewatch.model.plan.DryRunAnswer;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.text.DryRunText;
import java.time.Instant;
import java.util.Optional;

/** Turns the answer to a dry run into a line of the diary: who or what stands in the way of an edge ahead. */
public final class DryRunReport {

    private DryRunReport() {}

    public static Optional<DiaryEntry> of(DryRunAnswer answer, Instant now) {
        if (answer instanceof DryRunAnswer.Owned owned) {
            boolean conflict = policy(owned.dryRun()) == ConflictPolicy.REPORT;
            return Optional.of(entry(
                    owned.dryRun(),
                    conflict ? DiaryEntry.CONFLICT_AHEAD : DiaryEntry.OWNERSHIP,
                    DryRunText.owned(owned.dryRun(), owned.owners(), now),
                    now));
        }
        if (answer instanceof DryRunAnswer.Rejected rejected) {
            return Optional.of(entry(
                    rejected.dryRun(),
                    DiaryEntry.REFUSAL_AHEAD,
                    DryRunText.rejected(rejected.dryRun(), rejected.code(), rejected.message(), now),
                    now));
        }
        return Optional.empty();
    }

    /** After the last attempt that got no answer. */
    public static DiaryEntry unanswered(DryRunAnswer.Unanswered answer, Instant now) {
        return entry(
                answer.dryRun(),
                DiaryEntry.OWNERSHIP,
                DryRunText.unanswered(answer.dryRun(), answer.message(), now),
                now);
    }

    /** Another tool will set spec.replicas back after a rescale. */
    public static DiaryEntry replicasOwned(DryRunPlanner.ReplicasOwner owner, Instant now) {
        return new DiaryEntry(
                now,
                Optional.of(owner.target()),
                DiaryEntry.REPLICAS_OWNED,
                DryRunText.replicasOwned(owner.manager(), owner.workload()));
    }

    private static ConflictPolicy policy(DryRun dryRun) {
        DesiredBounds next = dryRun.next();
        return next.schedule().onConflict();
    }

    private static DiaryEntry entry(DryRun dryRun, String code, String text, Instant now) {
        return new DiaryEntry(now, Optional.of(dryRun.target()), code, text);
    }
}
