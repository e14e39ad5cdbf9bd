package io.tidewatch.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * A zone's wall clock, turned into instants by the contract's rule: a time in a DST gap is the first instant after the
 * gap, one in an overlap the earlier of the two.
 *
 * <p>{@link #instantOf} never goes backwards as local times grow, so questions about instants can be asked of local
 * times: {@code instantOf(local) <= t} exactly when {@code local <= reachedBy(t)}.
 */
final class WallClock {

    private final ZoneRules rules;
    /** The interval that was used last: most of the thousands of conversions of a night lie in the same interval. */
    private volatile Calm calm = Calm.NONE;

    private WallClock(ZoneRules rules) {
        this.rules = rules;
    }

    static WallClock of(ZoneId zone) {
        return new WallClock(zone.getRules());
    }

    /** {@link java.time.ZonedDateTime#of} would shift a time in a gap by the gap's length instead. */
    Instant instantOf(LocalDateTime local) {
        Calm known = calm;
        if (known.holds(local.toEpochSecond(known.offset()))) {
            return local.toInstant(known.offset());
        }
        ZoneOffsetTransition transition = rules.getTransition(local);
        if (transition == null) {
            return local.toInstant(rules.getOffset(local));
        }
        return transition.isGap() ? transition.getInstant() : local.toInstant(transition.getOffsetBefore());
    }

    /** The local time at an instant. */
    LocalDateTime at(Instant instant) {
        return LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), rules.getOffset(instant));
    }

    /**
     * The latest local time whose instant is not after the given one. While an overlap's hour runs for the second time
     * every local time up to its end has been reached already.
     */
    LocalDateTime reachedBy(Instant instant) {
        Calm known = calm;
        if (!known.holds(instant.getEpochSecond())) {
            known = Calm.around(rules, instant);
            calm = known;
        }
        if (known.holds(instant.getEpochSecond())) {
            return LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), known.offset());
        }
        LocalDateTime shown = at(instant);
        ZoneOffsetTransition transition = rules.getTransition(shown);
        if (transition != null && transition.isOverlap() && !instant.isBefore(transition.getInstant())) {
            return transition.getDateTimeBefore().minusNanos(1);
        }
        return shown;
    }

    /**
     * An interval without a transition, more than two days away from the transitions around it. In it an instant and its
     * local time differ by the offset alone.
     */
    private record Calm(long from, long to, ZoneOffset offset) {

        static final Calm NONE = new Calm(0, 0, ZoneOffset.UTC);
        private static final long MARGIN = 2 * 86_400L;

        static Calm around(ZoneRules rules, Instant instant) {
            ZoneOffsetTransition before = rules.previousTransition(instant.plusNanos(1));
            ZoneOffsetTransition after = rules.nextTransition(instant);
            return new Calm(
                    before == null ? Long.MIN_VALUE : before.toEpochSecond() + MARGIN,
                    after == null ? Long.MAX_VALUE : after.toEpochSecond() - MARGIN,
                    rules.getOffset(instant));
        }

        boolean holds(long epochSecond) {
            return epochSecond >= from && epochSecond < to;
        }
    }
}
