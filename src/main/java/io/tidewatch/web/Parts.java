package io.tidewatch.web;

import io.tidewatch.model.report.Standing;
import io.tidewatch.view.Audience;
import java.util.List;

/** The part of an answer that an audience may see. */
final class Parts {

    private Parts() {}

    /** Their targets, and how the loop stands; no source, no warning. */
    static Standing of(Standing standing, Audience audience) {
        return new Standing(
                standing.loop(),
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
}
