package io.tidewatch.model.report;

import io.tidewatch.model.Severity;
import io.tidewatch.model.StrangerText;
import io.tidewatch.model.Target;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A problem of one target that people are alerted to, from its opening until it is resolved.
 *
 * @param id stable across restarts; every message of the incident carries it
 * @param ended absent while it lasts
 */
public record Incident(
        String id,
        Target target,
        Optional<String> window,
        State state,
        Optional<Cause> cause,
        Severity severity,
        List<String> receivers,
        Instant opened,
        Optional<Instant> ended,
        String summary) {

    public Incident {
        receivers = List.copyOf(receivers);
        summary = StrangerText.line(summary);
    }

    /**
     * This incident after its end.
     *
     * @param outcome one line: what ended it
     */
    public Incident resolved(Instant at, String outcome) {
        return new Incident(id, target, window, state, cause, severity, receivers, opened, Optional.of(at), outcome);
    }

    /**
     * Whether a preflight opened it: its raise is still ahead, or on its way. The state is {@link State#WAITING}, in which no other
     * incident opens.
     */
    public boolean isOfPreflight() {
        return state == State.WAITING;
    }

    /** The word of its state for people: a warning ahead of a raise is a preflight's. */
    public String word() {
        return isOfPreflight() ? "Preflight" : state.word();
    }

    /** The same for these receivers. */
    public Incident to(List<String> others) {
        return new Incident(id, target, window, state, cause, severity, others, opened, ended, summary);
    }
}
