package io.tidewatch.diagnose.timing;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Diagnosis.Progress;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.State;
import java.time.Instant;
import java.util.Optional;

/**
 * What a silence of the API server does to the times of a target.
 *
 * <p>Whoever was cut off from it as we were could not act meanwhile, and what the caches hold at the first look after it
 * may be older than the silence; so every time counts anew from that look. What was late before and lacks at the same hop
 * still is not excused: people were called for it already, and nothing that was seen says that it is over.
 */
record OutageGrace(Chain chain, RuleVerdict standing) {

    /** When it was heard again last; absent also where that excuses nothing. */
    Optional<Instant> heardAgainAt() {
        if (isSilent() || !wasSilent()) {
            return remembered().heardAgainAt();
        }
        boolean stillLate = chain.isSameStep()
                && remembered().lateAt().isPresent()
                && remembered().lateAt().equals(standing.hop());
        return stillLate
                ? remembered().heardAgainAt()
                : Optional.of(chain.question().now());
    }

    /** Carried through the silence. */
    Optional<Hop> lateAt() {
        if (!isSilent() || !chain.isSameStep()) {
            return Optional.empty();
        }
        return wasSilent()
                ? remembered().lateAt()
                : previous().filter(last -> isLate(last.state())).flatMap(Diagnosis::hop);
    }

    private static boolean isLate(State state) {
        return state == State.AVAILABILITY_LAG || state == State.STALE_STATUS;
    }

    private boolean isSilent() {
        return !chain.canSee(ClusterState.API_SERVER);
    }

    private boolean wasSilent() {
        return previous()
                .filter(last -> last.missing().contains(ClusterState.API_SERVER))
                .isPresent();
    }

    private Progress remembered() {
        return chain.question().remembered();
    }

    private Optional<Diagnosis> previous() {
        return chain.question().previous();
    }
}
