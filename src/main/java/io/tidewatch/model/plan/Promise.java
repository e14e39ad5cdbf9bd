package io.tidewatch.model.plan;

import java.time.Instant;
import java.util.Optional;

/**
 * What a step at an edge is to reach, and by when (the contract's "On time").
 *
 * @param by inclusive
 */
public record Promise(Reach reach, Instant by) {

    /** What a step is to reach. */
    public enum Reach {
        /** Enough pods are available: a raise. */
        PODS,

        /** The HPA has the lower minimum: a lowering. */
        HPA
    }

    /** Whether a promise was kept. */
    public enum Result {
        ON_TIME("on_time"),

        /** Reached after its time, or its time is over and it is not reached yet. */
        LATE("late"),

        /** Never reached: another step came after its time. */
        FAILED("failed"),

        /** Another step came in its time: a commit, a hold or another edge changed the goal. */
        SUPERSEDED("superseded");

        private final String word;

        Result(String word) {
            this.word = word;
        }

        /** The word of JSON. */
        public String word() {
            return word;
        }
    }

    /** When the step reached what it is to reach; absent while it has not. */
    public Optional<Instant> reached(Step.Times times) {
        return reach == Reach.PODS ? times.ready() : times.hpa();
    }

    /**
     * Absent while the step is on its way and in time.
     *
     * @param next when the next step of the target was written
     */
    public Optional<Result> result(Step.Times times, Optional<Instant> next, Instant now) {
        Optional<Instant> reached = reached(times);
        if (reached.isPresent()) {
            return Optional.of(reached.get().isAfter(by) ? Result.LATE : Result.ON_TIME);
        }
        if (next.isPresent()) {
            return Optional.of(next.get().isAfter(by) ? Result.FAILED : Result.SUPERSEDED);
        }
        return now.isAfter(by) ? Optional.of(Result.LATE) : Optional.empty();
    }
}
