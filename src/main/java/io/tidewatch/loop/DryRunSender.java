package io.tidewatch.loop;

import io.tidewatch.model.Guard;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import io.tidewatch.model.plan.DryRun;
import io.tidewatch.model.plan.DryRunAnswer;
import io.tidewatch.plan.DryRunPlanner;

/**
 * Sends one dry run, and a second one with force where another manager owns a field that will be taken over: only the second
 * shows whether the API server would reject the write.
 */
final class DryRunSender {

    private final DryRunStage.Server server;
    private final DryRunStage.Turn turn;

    /** @param turn awaited before a second dry run; the caller has awaited the turn of the first */
    DryRunSender(DryRunStage.Server server, DryRunStage.Turn turn) {
        this.server = server;
        this.turn = turn;
    }

    /** Never throws: an exception becomes an answer. */
    DryRunAnswer send(DryRun dryRun) {
        return Guard.attempt(
                DryRunPlanner.STAGE, () -> answer(dryRun), fault -> new DryRunAnswer.Failed(dryRun, fault));
    }

    private DryRunAnswer answer(DryRun dryRun) {
        DryRunAnswer answer = server.ask(dryRun);
        boolean takesOver = dryRun.next().schedule().onConflict() != ConflictPolicy.REPORT;
        if (!(answer instanceof DryRunAnswer.Owned) || !takesOver) {
            return answer;
        }
        try {
            turn.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new DryRunAnswer.Unanswered(dryRun, "stopped");
        }
        DryRunAnswer forced = server.ask(dryRun.forced());
        return forced instanceof DryRunAnswer.Rejected ? forced : answer;
    }
}
