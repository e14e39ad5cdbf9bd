package io.tidewatch.model.plan;

import io.tidewatch.model.Fault;
import io.tidewatch.model.Faults;
import io.tidewatch.model.Target;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What came of an action. One target's failure is a value; the pass goes on. */
public sealed interface Outcome {

    Action action();

    Instant at();

    /**
     * @param resourceVersion the object's, after it
     */
    record Done(Action action, Instant at, String resourceVersion) implements Outcome {}

    /** The object changed since it was observed: look again, decide again. */
    record Outdated(Action action, Instant at, String message) implements Outcome {}

    /** Another field manager owns what we meant to write. */
    record Conflicted(Action action, Instant at, String manager, String field) implements Outcome {}

    /** The API server says that the request itself is wrong or not allowed: repeating it is of no use. */
    record Rejected(Action action, Instant at, int code, String message) implements Outcome {

        private static final int UNAUTHORIZED = 401;
        private static final int FORBIDDEN = 403;

        /**
         * The authorizer's words. The plugins of admission (webhooks, policies, quotas) refuse with the same code, but begin
         * otherwise, whatever they quote.
         */
        private static final Pattern NOT_ALLOWED = Pattern.compile(
                "^\\S{1,300} (?:\"[^\"]{0,300}\" )?is forbidden: User \"(?:[^\"\\\\]|\\\\.){0,500}\" cannot \\S{1,100} resource ");

        /**
         * Whether it is we who are refused, not the request. An API server that has just started refuses whoever is not an
         * administrator for a moment, until it has read who may do what.
         */
        public boolean isOfUs() {
            return code == UNAUTHORIZED
                    || (code == FORBIDDEN && NOT_ALLOWED.matcher(message).find());
        }
    }

    /**
     * The API server could not be reached or was not able: the same may work later.
     *
     * @param answered false: it may have been written all the same
     */
    record Unavailable(Action action, Instant at, boolean answered, String message) implements Outcome {}

    /** Something of our own failed while it was carried out: whether it was written is not known. */
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
