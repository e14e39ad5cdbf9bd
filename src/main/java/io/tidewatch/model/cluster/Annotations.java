package io.tidewatch.model.cluster;

import io.tidewatch.model.ApiTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What we write on objects; with these on a ScaledObject, a new instance needs no other memory to be right. */
public final class Annotations {

    public static final String PREFIX = "tidewatch.io/";

    /** The instance that owns the target; an instance writes only to targets with its own name or without one. */
    public static final String INSTANCE = PREFIX + "instance";

    public static final String SOURCE = PREFIX + "source";
    public static final String SCHEDULE = PREFIX + "schedule";

    /** The period in which the bounds count: window name and start, or the baseline. */
    public static final String WINDOW = PREFIX + "window";

    /** The baseline in Git, as {@code MIN..MAX}. */
    public static final String BASELINE = PREFIX + "baseline";

    /** {@code MIN..MAX} as we wrote them last. */
    public static final String APPLIED = PREFIX + "applied";

    /** When we wrote them: ISO-8601 in UTC. */
    public static final String APPLIED_AT = PREFIX + "applied-at";

    public static final String COMMIT = PREFIX + "commit";

    /** How often the field was taken back from another writer in this period. */
    public static final String TAKEOVERS = PREFIX + "takeovers";

    /** {@code TYPE=ATTEMPTS@LAST night=DATE/ATTEMPTS}: remedies spent in this period, and in the night. */
    public static final String REMEDIES = PREFIX + "remedies";

    /** The ramp that the last write belongs to: {@code up from 5 to 20 since INSTANT}. */
    public static final String RAMP = PREFIX + "ramp";

    /** What was learned of the time that raises take: {@code 6m30s p90 of 14 raises until 2026-11-21}. */
    public static final String LEAD = PREFIX + "lead";

    /** What was wrong before the step: {@code AvailabilityLag Unschedulable, 2 of 5 missing}; absent where nothing was. */
    public static final String BEFORE = PREFIX + "before";

    /** The term of the leader that wrote: {@code leaseTransitions} of its Lease. */
    public static final String TERM = PREFIX + "term";

    /** The process that wrote, where there is no election: {@code START/ID}. */
    public static final String PROCESS = PREFIX + "process";

    /** Who wrote last. Each write replaces them. */
    public static final Set<String> MARKS = Set.of(TERM, PROCESS);

    public static final String HOLD_UNTIL = PREFIX + "hold-until";
    public static final String HOLD_REASON = PREFIX + "hold-reason";

    /** Annotations of a person. They count whoever wrote them. */
    public static final Set<String> HOLD = Set.of(HOLD_UNTIL, HOLD_REASON);

    /** On a ReplicaSet, and the only thing we write there; on a Rollout for a moment. */
    public static final String NUDGED_AT = PREFIX + "nudged-at";

    /** Anybody may write any instant; what lies outside of these years could not be reckoned with. */
    private static final Instant OLDEST = Instant.EPOCH;

    private static final Instant NEWEST = Instant.parse("9000-01-01T00:00:00Z");

    private Annotations() {}

    /** An instant in an annotation, not before 1970 and not after the year 9000; absent if the text is no such instant. */
    public static Optional<Instant> instant(String text) {
        try {
            Instant told = ApiTime.parse(text);
            return Optional.of(told.isBefore(OLDEST) ? OLDEST : told.isAfter(NEWEST) ? NEWEST : told);
        } catch (DateTimeException notAnInstant) {
            return Optional.empty();
        }
    }
}
