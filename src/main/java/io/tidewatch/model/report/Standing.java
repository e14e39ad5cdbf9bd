package io.tidewatch.model.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The content of {@code status}: the state of the loop, the sources and the targets.
 *
 * @param resync the longest time between two passes
 * @param targetsAt the instant of the pass that {@code targets} are from; absent before the first
 * @param unread the sources whose definitions the pass did not have yet, so that their targets are missing
 * @param leader which replica this is, and which one leads
 * @param warnings about insecure settings in use, as a connection without verification
 */
public record Standing(
        LoopState loop,
        Duration resync,
        List<SourceHealth> sources,
        Optional<Instant> targetsAt,
        List<TargetStatus> targets,
        List<String> unread,
        List<String> warnings,
        LeaderState leader) {

    public Standing {
        sources = List.copyOf(sources);
        targets = List.copyOf(targets);
        unread = List.copyOf(unread);
        warnings = List.copyOf(warnings);
    }

    public Standing(
            LoopState loop,
            Duration resync,
            List<SourceHealth> sources,
            Optional<Instant> targetsAt,
            List<TargetStatus> targets,
            List<String> unread) {
        this(loop, resync, sources, targetsAt, targets, unread, List.of(), LeaderState.alone(""));
    }

    /** The same with these warnings, as the replica that is meant. */
    public Standing of(LeaderState known, List<String> risks) {
        return new Standing(loop, resync, sources, targetsAt, targets, unread, risks, known);
    }
}
