package io.tidewatch.model.plan;

import io.tidewatch.model.Commit;
import io.tidewatch.model.Target;
import io.tidewatch.model.diagnosis.State;
import java.time.Instant;
import java.util.Optional;

/**
 * One change of a minimum, hop by hop: what {@code history} shows.
 *
 * <p>The groups are filled by name, so that no two values of one type can change places unseen.
 *
 * @param window absent: back to the baseline
 * @param to the new minimum
 * @param due why the step was due at {@code times.scheduled}
 * @param verdict the worst state so far
 * @param change the commit whose definitions ask for the minimum
 * @param promise what the step is to reach by when; absent where it was not due at an edge
 */
public record Step(
        Target target,
        Optional<String> window,
        int to,
        Due due,
        Times times,
        State verdict,
        Change change,
        Optional<Promise> promise) {

    /** A step that promises nothing. */
    public Step(Target target, Optional<String> window, int to, Due due, Times times, State verdict, Change change) {
        this(target, window, to, due, times, verdict, change, Optional.empty());
    }

    public Step with(Times other) {
        return new Step(target, window, to, due, other, verdict, change, promise);
    }

    public Step with(State other) {
        return new Step(target, window, to, due, times, other, change, promise);
    }

    public Step with(Promise made) {
        return new Step(target, window, to, due, times, verdict, change, Optional.of(made));
    }

    /** The same step, known to have been in another state too. A problem stays, but for a state that was only unknown. */
    public Step withVerdictAfter(State before) {
        boolean stays =
                before.isProblem() && before != State.UNKNOWN && (!verdict.isProblem() || verdict == State.UNKNOWN);
        return stays ? with(before) : this;
    }

    /** Why a step was due. */
    public enum Due {
        /** The desired bounds changed at an edge. */
        EDGE("edge"),

        /** The ScaledObject was created after the edge: nothing was late before. */
        CREATED("created"),

        /** Tidewatch met the ScaledObject after the edge: it was not scheduled before. */
        TAKEN_OVER("taken-over"),

        /** The same bounds always counted. */
        NO_EDGE("no-edge");

        private final String word;

        Due(String word) {
            this.word = word;
        }

        /** The word of JSON. */
        public String word() {
            return word;
        }
    }

    /**
     * When a step came to each hop.
     *
     * @param scheduled when the step was due
     * @param patched when the minimum was written; with the target, it identifies the step
     * @param hpa when the HPA had the minimum
     * @param ready when enough pods were available
     * @param start the start of the window that the step raises for, which the lead comes before; absent for other steps
     */
    public record Times(
            Instant scheduled,
            Instant patched,
            Optional<Instant> hpa,
            Optional<Instant> ready,
            Optional<Instant> start) {

        /** A step that was written when it was due, and of which no more is known. */
        public static Times patchedAt(Instant at) {
            return new Times(at, at, Optional.empty(), Optional.empty(), Optional.empty());
        }

        public Times withScheduled(Instant at) {
            return new Times(at, patched, hpa, ready, start);
        }

        public Times withHpa(Optional<Instant> at) {
            return new Times(scheduled, patched, at, ready, start);
        }

        public Times withReady(Optional<Instant> at) {
            return new Times(scheduled, patched, hpa, at, start);
        }

        public Times withStart(Optional<Instant> at) {
            return new Times(scheduled, patched, hpa, ready, at);
        }
    }

    /**
     * The commit of a step.
     *
     * @param commit its short id
     */
    public record Change(String commit, String author) {

        public static Change of(Commit commit) {
            return commit(commit.shortId()).by(commit.author());
        }

        /** A commit whose author is not known. */
        public static Change commit(String id) {
            return new Change(id, "");
        }

        public Change by(String name) {
            return new Change(commit, name);
        }
    }
}
