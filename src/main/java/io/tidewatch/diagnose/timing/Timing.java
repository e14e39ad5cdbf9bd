package io.tidewatch.diagnose.timing;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.RuleVerdict;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Progress;

/** How long a target has been in its state, and whether that is too long. */
public interface Timing {

    /** By the memory of earlier passes on a live cluster; by the instants in the objects alone on a dump. */
    static Timing of(Chain chain, RuleVerdict verdict) {
        return chain.input().isLive() ? new LiveTiming(chain, verdict) : new DumpTiming(chain, verdict);
    }

    /** Whether the target's time has passed: waiting is then a lag, and a disagreement a stale status. */
    boolean isLate();

    /** Whether a converged verdict may be reported as such already. */
    boolean isConfirmed();

    /** How certain the times are. */
    Certainty certainty();

    /** What the next pass must remember. */
    Progress progress();
}
