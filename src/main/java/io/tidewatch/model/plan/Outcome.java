package io.tidewatch.model.plan;

import io.tidewatch.model.Fault;
import io.tidewatch.model.Faults;
import io.tidewatch.model.Target;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The result of an action. A failure of one target is a value; the pass goes on. */
public sealed interface Outcome {

    Action action();

    Instant at();

    /**
     * @param resourceVersion the object's, after it
     */
    record Done(Action action, Instant at, String resourceVersion) implements Outcome {}

    /** The object changed since it was observed: the next pass decides again. */
    record Outdated(Action action, Instant at, String message) implements Outcome {}

    /** Another field manager owns a field of the write. */
    record Conflicted(Action action, Instant at, String manager, String field) implements Outcome {}

    /**
     * The API server rejected the write.
     *
     * @param subject what was rejected; it decides how soon another attempt is of use
     * @param code HTTP status
     */
    record Rejected(Action action, Instant at, Subject subject, int code, String message) implements Outcome {

        /** What the API server rejects. */
        public enum Subject {
            /** The request is invalid, or admission denies it: the same request is of no use soon. */
            REQUEST,

            /**
             * The caller is not known or lacks a permission. An API server that has just started rejects every caller but
             * administrators for a moment, until it has read the roles.
             */
            CALLER
        }

        /** Whether Tidewatch itself was rejected, whatever the request was. */
        public boolean isOfCaller() {
            return subject == Subject.CALLER;
        }
    }

    /**
     * The API server could not be reached or was not able: the same may work later.
     *
     * @param answered false: the object may have been written all the same
     */
    record Unavailable(Action action, Instant at, boolean answered, String message) implements Outcome {}

    /** An internal error while the action was carried out: whether the object was written is unknown. */
    record Failed(Action action, Instant at, Fault fault) implements Outcome {}

    /** Of the actions that failed by our own fault. */
    static Faults faults(List<Outcome> outcomes) {
        SortedMap<Target, List<Fault>> faults = new TreeMap<>();
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Failed failed) {
                faults.merge(failed.action().target(), List.of(failed.fault()), Faults::joined);
            }
        }
        return new Faults(faults);
    }
}
