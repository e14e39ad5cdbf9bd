package io.tidewatch.plan;

import io.tidewatch.model.Backoff;
import io.tidewatch.model.Target;
import io.tidewatch.model.plan.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The targets whose last write failed and may succeed later: the API server was not able, or the object had changed. No change in
 * the cluster announces that, so another pass is due after a second, then after as long as the failure has lasted, at most a
 * minute. Losing this record costs the pauses, never a write.
 *
 * @param since when the first of the failures in a row came
 */
public record FailedWrites(Map<Target, Instant> since) {

    public static final FailedWrites NONE = new FailedWrites(Map.of());

    private static final Backoff BACKOFF = Backoff.doubling(Duration.ofSeconds(1), Duration.ofMinutes(1));

    public FailedWrites {
        since = Map.copyOf(since);
    }

    /** After a pass in which every action was answered. */
    public FailedWrites after(List<Outcome> outcomes) {
        return after(outcomes, Set.of());
    }

    /**
     * After a pass with these outcomes. A target without a write has no failure any more.
     *
     * @param open targets whose action has not been sent or not been answered yet: what is known of them stays
     */
    public FailedWrites after(List<Outcome> outcomes, Set<Target> open) {
        Map<Target, Instant> failing = new HashMap<>(since);
        failing.keySet().retainAll(open);
        outcomes.stream()
                .filter(FailedWrites::mayWorkLater)
                .forEach(outcome -> failing.merge(
                        outcome.action().target(),
                        since.getOrDefault(outcome.action().target(), outcome.at()),
                        (one, other) -> one.isBefore(other) ? one : other));
        return new FailedWrites(failing);
    }

    /** A rejected request waits for its backoff, a conflict for the next edge. */
    private static boolean mayWorkLater(Outcome outcome) {
        return outcome instanceof Outcome.Unavailable
                || outcome instanceof Outcome.Outdated
                || outcome instanceof Outcome.Failed
                || (outcome instanceof Outcome.Rejected rejected && rejected.isOfCaller());
    }

    /** When the next pass is due. */
    public Optional<Instant> next(Instant now) {
        return since.values().stream()
                .map(began -> now.plus(BACKOFF.afterFailingFor(Duration.between(began, now))))
                .min(Instant::compareTo);
    }
}
