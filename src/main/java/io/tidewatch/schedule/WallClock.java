package io.tidewatch.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * A zone's wall clock, turned into instants by the contract's rule: a time in a DST gap is the first instant after the
 * gap, one in an overlap the earlier of the two.
 *
 * <p>{@link #instantOf} never goes backwards as local times grow, so questions about instants can be asked of local
 * times: {@code instantOf(local) <= t} exactly when {@code local <= reachedBy(t)}.
 */
record WallClock(ZoneRules rules) {

    static WallClock of(ZoneId zone) {
        return new WallClock(zone.getRules());
    }

    /** {@link java.time.ZonedDateTime#of} would shift a time in a gap by the gap's length instead. */
    Instant instantOf(LocalDateTime local) {
        ZoneOffsetTransition transition = rules.getTransition(local);
        if (transition == null) {
            return local.toInstant(rules.getOffset(local));
        }
        return transition.isGap() ? transition.getInstant() : local.toInstant(transition.getOffsetBefore());
    }

    /** What the clock on the wall shows. */
    LocalDateTime at(Instant instant) {
        return LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), rules.getOffset(instant));
    }

    /**
     * The latest local time whose instant is not after the given one. While an overlap's hour runs for the second time
     * every local time up to its end has been reached already.
     */
    LocalDateTime reachedBy(Instant instant) {
        LocalDateTime shown = at(instant);
        ZoneOffsetTransition transition = rules.getTransition(shown);
        if (transition != null && transition.isOverlap() && !instant.isBefore(transition.getInstant())) {
            return transition.getDateTimeBefore().minusNanos(1);
        }
        return shown;
    }
}
