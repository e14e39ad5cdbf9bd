package io.tidewatch.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /**
     * The same actions by target, each target's in their order: what scales comes after what is scaled, and no two of one
     * target are ever carried out at once, while targets need not wait for one another.
     */
    public List<List<Action>> lanes() {
        Map<Target, List<Action>> lanes = new LinkedHashMap<>();
        actions.forEach(action -> lanes.computeIfAbsent(action.target(), target -> new ArrayList<>())
                .add(action));
        return List.copyOf(lanes.values());
    }

    /**
     * Not acting is a decision with a name.
     *
     * @param about what stays the same while the same is held, though its reason grows (how late it is); said once
     */
    public record Hold(Target target, String code, String reason, String about) {

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
        public static final String REMEDIES_SPENT = "remedies-spent";

        /** What is not done, where the reason alone does not say it. */
        public String words() {
            return code.equals(BEFORE_DOWN) ? "the lowering waits: " + reason : reason;
        }
    }
}
