package io.tidewatch.model.plan;

import io.tidewatch.model.Faults;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.StrangerText;
import io.tidewatch.model.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a pass does.
 *
 * @param skipped writes that are not done now, each with its reason
 * @param next when the next pass is due at the latest, whatever happens
 * @param faults of the targets on which a decision failed: nothing is written to them
 */
public record Plan(Instant at, List<Action> actions, List<Skipped> skipped, Optional<Instant> next, Faults faults) {

    public static final Plan NONE = new Plan(Instant.EPOCH, List.of(), List.of(), Optional.empty());

    public Plan {
        actions = List.copyOf(actions);
        skipped = List.copyOf(skipped);
    }

    /** A plan without a fault. */
    public Plan(Instant at, List<Action> actions, List<Skipped> skipped, Optional<Instant> next) {
        this(at, actions, skipped, next, Faults.NONE);
    }

    /** The same plan with more skipped writes. */
    public Plan skipping(List<Skipped> more) {
        return more.isEmpty()
                ? this
                : new Plan(
                        at,
                        actions,
                        Stream.concat(skipped.stream(), more.stream()).toList(),
                        next,
                        faults);
    }

    /** The same plan with faults that were met before it was made. */
    public Plan with(Faults earlier) {
        return earlier.isEmpty() ? this : new Plan(at, actions, skipped, next, earlier.and(faults));
    }

    /** The same plan, with a pass due at this instant at the latest. */
    public Plan checkAgainAt(Instant instant) {
        return new Plan(
                at,
                actions,
                skipped,
                next.filter(known -> known.isBefore(instant)).or(() -> Optional.of(instant)),
                faults);
    }

    /**
     * A write that is not done, and why. The diary names it by its code.
     *
     * @param code one of the constants below
     * @param reason one line; it may grow while the same write is skipped (how late an edge is)
     * @param subject the part of the reason that stays the same for so long: it is reported once
     * @param frozen what a freeze holds back; absent for every other code
     */
    public record Skipped(Target target, String code, String reason, String subject, Optional<Frozen> frozen) {

        public Skipped {
            reason = StrangerText.line(reason);
            subject = StrangerText.line(subject);
        }

        public Skipped(Target target, String code, String reason) {
            this(target, code, reason, reason);
        }

        public Skipped(Target target, String code, String reason, String subject) {
            this(target, code, reason, subject, Optional.empty());
        }

        /**
         * An object whose new revision waits for the end of a freeze.
         *
         * @param since when it began to wait; absent where the objects do not show it
         */
        public record Frozen(ObjectKey object, Optional<Instant> since) {}

        /** A person holds the target. */
        public static final String HELD = "held";

        /** The minimum was raised manually. */
        public static final String RAISED_MANUALLY = "raised-by-hand";

        /** Another writer keeps a bound at another value. */
        public static final String CONFLICT = "conflict";

        /** The annotations name another instance of Tidewatch. */
        public static final String OTHER_INSTANCE = "other-instance";

        /** Another writer keeps fields of a manifest otherwise, and the source's policy reports that only. */
        public static final String DRIFT = "drift";

        /** This process only observes. */
        public static final String OBSERVING = "observing";

        /** This replica does not lead. */
        public static final String FOLLOWING = "following";

        /** A window freezes Rollouts. */
        public static final String FROZEN = "frozen";

        /** The object is being deleted. */
        public static final String BEING_DELETED = "being-deleted";

        /** The ScaledObject of a schedule does not exist, or was not observed. */
        public static final String TARGET_MISSING = "target-missing";

        /** A lowering waits until the target is healthy. */
        public static final String BEFORE_DOWN = "before-down";

        /** A person holds the target past its next edge. */
        public static final String HELD_PAST_EDGE = "held-past-edge";

        /** An object that no schedule names any more is not restored to its baseline. */
        public static final String ORPHAN = "orphan-left";

        /** A remedy was tried as often as the schedule allows. */
        public static final String REMEDIES_SPENT = "remedies-spent";

        /** A remedy has made the progress deadline of the Rollout longer, and it is not put back yet. */
        public static final String DEADLINE_EXTENDED = "deadline-stays";

        /** More urgent writes, or those of others, come first. */
        public static final String WAITS_FOR_TURN = "waits-for-turn";

        /** A request for this target has not been answered yet. */
        public static final String UNDER_WAY = "under-way";

        /** Whether the schedule cannot be carried out, because its ScaledObject is gone or is being deleted. */
        public boolean isOfGoneTarget() {
            return code.equals(TARGET_MISSING) || code.equals(BEING_DELETED);
        }

        /** The reason as status and diary show it. */
        public String text() {
            return code.equals(BEFORE_DOWN) ? "the lowering waits: " + reason : reason;
        }
    }
}
