package io.tidewatch.loop;

import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.SourceHealth;
import io.tidewatch.model.report.Standing;
import io.tidewatch.model.report.TargetStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps the states of the targets after the last pass, with the instant of that pass, for the status server. */
public final class StatusStage {

    private volatile Kept latest = new Kept(Optional.empty(), List.of(), Set.of());

    /**
     * @param at the instant of the pass that found these states
     * @param unread the sources that had not been read then
     */
    private record Kept(Optional<Instant> at, List<TargetStatus> targets, Set<String> unread) {}

    public Pass keep(Pass pass) {
        latest = new Kept(
                Optional.of(pass.report().at()),
                pass.report().statuses(),
                pass.definitions().unread());
        return pass;
    }

    /** The states of the targets after the last pass. */
    public List<TargetStatus> latest() {
        return latest.targets();
    }

    /** The state of the loop, the sources and the targets; waits for no pass and no pull. */
    public Standing standing(Duration resync, LoopStates loop, SourceHealths sources) {
        Kept kept = latest;
        List<SourceHealth> healths = sources.now();
        List<String> unread = healths.stream()
                .map(SourceHealth::source)
                .filter(source -> kept.at().isEmpty() || kept.unread().contains(source))
                .toList();
        return new Standing(loop.now(), resync, healths, kept.at(), kept.targets(), unread);
    }
}
