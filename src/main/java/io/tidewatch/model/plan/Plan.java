package io.tidewatch.model.plan;

import io.tidewatch.model.Faults;
import io.tidewatch.model.StrangerText;
import io.tidewatch.model.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a pass does.
 *
 * @param holds targets that wanted something and get nothing now, and why
 * @param next when to look again, whatever happens
 * @param faults of the targets on which a decision failed: it wrote nothing
 */
public record Plan(Instant at, List<Action> actions, List<Hold> holds, Optional<Instant> next, Faults faults) {

    public static final Plan NONE = new Plan(Instant.EPOCH, List.of(), List.of(), Optional.empty());

    public Plan {
        actions = List.copyOf(actions);
        holds = List.copyOf(holds);
    }

    /** One without a fault. */
    public Plan(Instant at, List<Action> actions, List<Hold> holds, Optional<Instant> next) {
        this(at, actions, holds, next, Faults.NONE);
    }

    /** The same, with more that is held. */
    public Plan holding(List<Hold> more) {
        return more.isEmpty()
                ? this
                : new Plan(
                        at,
                        actions,
                        Stream.concat(holds.stream(), more.stream()).toList(),
                        next,
                        faults);
    }

    /** The same, with faults that were met before it was made. */
    public Plan with(Faults earlier) {
        return earlier.isEmpty() ? this : new Plan(at, actions, holds, next, earlier.and(faults));
    }

    /** The same, to be looked at again at this instant at the latest. */
    public Plan lookAgainAt(Instant instant) {
        return new Plan(
                at,
                actions,
                holds,
                next.filter(known -> known.isBefore(instant)).or(() -> Optional.of(instant)),
                faults);
    }

    /**
     * Not acting is a decision with a name.
     *
     * @param about what stays the same while the same is held, though its reason grows (how late it is); said once
     */
    public record Hold(Target target, String code, String reason, String about) {

        public Hold {
            reason = StrangerText.line(reason);
            about = StrangerText.line(about);
        }

        public Hold(Target target, String code, String reason) {
            this(target, code, reason, reason);
        }

        public static final String HELD = "held";
        public static final String RAISED_BY_HAND = "raised-by-hand";
        public static final String CONFLICT = "conflict";
        public static final String OTHER_INSTANCE = "other-instance";
        public static final String DRIFT = "drift";
        public static final String OBSERVING = "observing";
        public static final String FROZEN = "frozen";
        public static final String BEING_DELETED = "being-deleted";
        public static final String BEFORE_DOWN = "before-down";
        public static final String HELD_PAST_EDGE = "held-past-edge";
        public static final String ORPHAN = "orphan-left";
        public static final String REMEDIES_SPENT = "remedies-spent";

        /** More urgent writes, or those of others, come first. */
        public static final String WAITS_FOR_TURN = "waits-for-turn";

        /** A request for this target has not been answered yet. */
        public static final String UNDER_WAY = "under-way";

        /** What is not done, where the reason alone does not say it. */
        public String words() {
            return code.equals(BEFORE_DOWN) ? "the lowering waits: " + reason : reason;
        }
    }
}
