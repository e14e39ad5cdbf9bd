package io.tidewatch.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An instant that notes what it was asked, so that it is known at which other instants every answer would have been the same.
 *
 * <p>Whoever is given a moment in place of an instant can only compare it, or take it as a value. Each comparison with a fixed
 * instant bounds the other instants on one side. A value that was taken bounds them to this one. So what was worked out from
 * a moment alone, and from what has not changed, need not be worked out again at an instant at which {@link #answersLike}
 * holds. Not safe from several threads.
 */
public final class Moment {

    private final Instant at;
    private final List<Earlier> earlier = new ArrayList<>(0);

    private @Nullable Instant after;
    private @Nullable Instant notBefore;
    private @Nullable Instant before;
    private @Nullable Instant notAfter;

    /** A moment by which this one is later, and by how much. */
    private record Earlier(Duration ago, Moment moment) {}

    public Moment(Instant at) {
        this.at = at;
    }

    /** The same moment, of which nothing was asked. */
    public Moment again() {
        return new Moment(at);
    }

    /** Whether this moment is before an instant. */
    public boolean isBefore(Instant instant) {
        boolean isBefore = at.isBefore(instant);
        if (isBefore) {
            before = before == null || instant.isBefore(before) ? instant : before;
        } else {
            notBefore = notBefore == null || instant.isAfter(notBefore) ? instant : notBefore;
        }
        return isBefore;
    }

    /** Whether this moment is after an instant. */
    public boolean isAfter(Instant instant) {
        boolean isAfter = at.isAfter(instant);
        if (isAfter) {
            after = after == null || instant.isAfter(after) ? instant : after;
        } else {
            notAfter = notAfter == null || instant.isBefore(notAfter) ? instant : notAfter;
        }
        return isAfter;
    }

    /** The moment that was a while ago. */
    public Moment minus(Duration ago) {
        Moment then = new Moment(at.minus(ago));
        earlier.add(new Earlier(ago, then));
        return then;
    }

    /** The moment that will be after a while. */
    public Moment plus(Duration later) {
        return minus(later.negated());
    }

    /** The instant itself: what is made of it is right at no other instant. */
    public Instant instant() {
        notBefore = at;
        notAfter = at;
        return at;
    }

    /** The earlier of this moment and an instant. */
    public Instant orEarlier(Instant instant) {
        return isBefore(instant) ? instant() : instant;
    }

    /** Whether everything that was asked would have been answered alike at another instant. */
    public boolean answersLike(Instant other) {
        return (after == null || other.isAfter(after))
                && (notBefore == null || !other.isBefore(notBefore))
                && (before == null || other.isBefore(before))
                && (notAfter == null || !other.isAfter(notAfter))
                && earlier.stream().allMatch(then -> then.moment().answersLike(other.minus(then.ago())));
    }

    /** The same for another moment, which notes nothing of it. */
    public boolean answersLike(Moment other) {
        return answersLike(other.at);
    }

    @Override
    public String toString() {
        return at.toString();
    }
}
