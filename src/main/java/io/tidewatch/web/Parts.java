package io.tidewatch.web;

import io.tidewatch.model.report.LoopState;
import io.tidewatch.model.report.Standing;
import io.tidewatch.view.Audience;
import java.util.List;
import java.util.Optional;

/** The part of an answer that an audience may see. */
final class Parts {

    private Parts() {}

    /** Their targets, and how the loop stands; no source, no warning. */
    static Standing of(Standing standing, Audience audience) {
        return new Standing(
                withoutWhy(standing.loop()),
                standing.resync(),
                List.of(),
                standing.targetsAt(),
                standing.targets().stream()
                        .filter(row -> audience.sees(row.target()))
                        .toList(),
                List.of(),
                List.of(),
                standing.leader());
    }

    private static LoopState withoutWhy(LoopState loop) {
        return new LoopState(
                loop.ended(),
                loop.took(),
                loop.failed(),
                Optional.empty(),
                loop.failedInARow(),
                loop.runningSince(),
                loop.stage());
    }
}
