package io.tidewatch.model;

import java.time.Instant;

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
    record Rejected(Action action, Instant at, int code, String message) implements Outcome {}

    /** The API server could not be reached or was not able: the same may work later. */
    record Unavailable(Action action, Instant at, String message) implements Outcome {}
}
