package io.tidewatch.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What {@code status} tells: how the loop, the sources and the targets stand.
 *
 * @param resync how often a pass is made even if nothing happened
 * @param targetsAt the instant of the pass that {@code targets} are from; absent before the first
 */
public record Standing(
        LoopState loop,
        Duration resync,
        List<SourceHealth> sources,
        Optional<Instant> targetsAt,
        List<TargetStatus> targets) {

    public Standing {
        sources = List.copyOf(sources);
        targets = List.copyOf(targets);
    }
}
