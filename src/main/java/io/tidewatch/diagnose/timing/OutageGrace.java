package io.tidewatch.diagnose.timing;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.Progress.OutageTimes;
import io.tidewatch.model.diagnosis.State;
import java.time.Instant;
import java.util.Optional;

/**
 * The effect of an outage of the API server on the time limits of a target.
 *
 * <p>The controllers may have been cut off like us and could not act, and the caches at the first pass after the outage
 * may be older than the outage; so every time counts anew from that pass. A target that was late before, and is still
 * late at the same hop, gets no new time: its incident is open, and nothing that was seen says that it is resolved.
 */
record OutageGrace(Chain chain, RuleVerdict verdict) {

    OutageTimes times() {
        return new OutageTimes(lateHop(), endedAt());
    }

    /** The first pass after the last outage; absent also where the outage excuses nothing. */
    Optional<Instant> endedAt() {
        if (isOut() || !wasOut()) {
            return remembered().endedAt();
        }
        boolean stillLate = chain.isSameStep()
                && remembered().lateHop().isPresent()
                && remembered().lateHop().equals(verdict.hop());
        return stillLate
                ? remembered().endedAt()
                : Optional.of(chain.input().now().instant());
    }

    /** Carried through the outage. */
    private Optional<Hop> lateHop() {
        if (!isOut() || !chain.isSameStep()) {
            return Optional.empty();
        }
        return wasOut()
                ? remembered().lateHop()
                : previous().filter(last -> isLate(last.state())).flatMap(Diagnosis::hop);
    }

    private static boolean isLate(State state) {
        return state == State.AVAILABILITY_LAG || state == State.STALE_STATUS;
    }

    private boolean isOut() {
        return !chain.canSee(ClusterState.API_SERVER);
    }

    private boolean wasOut() {
        return previous()
                .filter(last -> last.missing().contains(ClusterState.API_SERVER))
                .isPresent();
    }

    private OutageTimes remembered() {
        return chain.input().remembered().outage();
    }

    private Optional<Diagnosis> previous() {
        return chain.input().previous();
    }
}
