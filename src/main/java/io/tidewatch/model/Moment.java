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
    private @Nullable List<Earlier> earlier;

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
            noteBefore(instant);
        } else {
            noteNotBefore(instant);
        }
        return isBefore;
    }

    /** Whether this moment is after an instant. */
    public boolean isAfter(Instant instant) {
        boolean isAfter = at.isAfter(instant);
        if (isAfter) {
            noteAfter(instant);
        } else {
            noteNotAfter(instant);
        }
        return isAfter;
    }

    /** The moment that was a while ago. */
    public Moment minus(Duration ago) {
        Moment then = new Moment(at.minus(ago));
        note(new Earlier(ago, then));
        return then;
    }

    /** The moment that will be after a while. */
    public Moment plus(Duration later) {
        return minus(later.negated());
    }

    /** Notes what another moment was asked, as if this one had been asked it and had answered alike. */
    public void note(Moment other) {
        if (other.after != null) {
            noteAfter(other.after);
        }
        if (other.notBefore != null) {
            noteNotBefore(other.notBefore);
        }
        if (other.before != null) {
            noteBefore(other.before);
        }
        if (other.notAfter != null) {
            noteNotAfter(other.notAfter);
        }
        if (other.earlier != null) {
            other.earlier.forEach(this::note);
        }
    }

    private void noteBefore(Instant instant) {
        before = before == null || instant.isBefore(before) ? instant : before;
    }

    private void noteNotBefore(Instant instant) {
        notBefore = notBefore == null || instant.isAfter(notBefore) ? instant : notBefore;
    }

    private void noteAfter(Instant instant) {
        after = after == null || instant.isAfter(after) ? instant : after;
    }

    private void noteNotAfter(Instant instant) {
        notAfter = notAfter == null || instant.isBefore(notAfter) ? instant : notAfter;
    }

    private void note(Earlier one) {
        if (earlier == null) {
            earlier = new ArrayList<>(1);
        }
        earlier.add(one);
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
                && isEarlierLike(other);
    }

    private boolean isEarlierLike(Instant other) {
        if (earlier == null) {
            return true;
        }
        for (Earlier then : earlier) {
            if (!then.moment().answersLike(other.minus(then.ago()))) {
                return false;
            }
        }
        return true;
    }

    /** Whether another moment would have answered at this instant what it was asked. */
    public boolean isLike(Moment other) {
        return other.answersLike(at);
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
