package io.tidewatch.loop;

import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.report.Pass;
import io.tidewatch.plan.FailedWrites;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * When the next passes are due after a pass.
 *
 * @param edges the next instants at which desired bounds change
 * @param deadline the instant at which a pass is due whatever happens
 * @param retry when a write that failed is tried again
 * @param failed the writes that failed, for the next pass
 */
record PassAlarms(Set<Instant> edges, Optional<Instant> deadline, Optional<Instant> retry, FailedWrites failed) {

    /** @param failed the writes that had failed before this pass */
    static PassAlarms after(Pass pass, FailedWrites failed, Instant now) {
        FailedWrites stillFailed = failed.after(pass.outcomes(), open(pass));
        return new PassAlarms(
                pass.desired().next(),
                Stream.of(
                                pass.preflights().next(),
                                pass.plan().next(),
                                pass.report().next())
                        .flatMap(Optional::stream)
                        .min(Instant::compareTo),
                stillFailed.next(now),
                stillFailed);
    }

    /** The targets of actions that wait for their turn or for an answer. */
    private static Set<Target> open(Pass pass) {
        Set<Target> open = pass.plan().actions().stream().map(Action::target).collect(Collectors.toSet());
        pass.outcomes().forEach(outcome -> open.remove(outcome.action().target()));
        return open;
    }
}
