package io.tidewatch.ownership;

import java.util.Optional;

/** Whose minimum and maximum stand on a live object, and what follows from it (the contract's table "Whose value stands"). */
public sealed interface Verdict {

    /** The live values are the desired values, so no request is sent. */
    record Right() implements Verdict {}

    /**
     * Tidewatch writes.
     *
     * @param force another manager owns the field and the schedule lets us take it
     * @param takeover somebody changed our value since we wrote it: counts against the one takeover per period
     */
    record Write(boolean force, boolean takeover) implements Verdict {}

    /** Somebody raised the minimum: it stays. */
    record RaisedManually(int live) implements Verdict {}

    /**
     * Somebody changed a value, and taking it back is spent or not allowed.
     *
     * @param manager the field manager that owns the changed field; absent where the object names no other owner
     */
    record Conflict(Optional<String> manager) implements Verdict {

        /** The field manager, or that it is not known, as a sentence names it. */
        public String writer() {
            return manager.orElse("an unknown writer");
        }
    }
}
