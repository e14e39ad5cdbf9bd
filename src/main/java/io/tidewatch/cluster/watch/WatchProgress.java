package io.tidewatch.cluster.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How much is known of one kind in one namespace: whether it has been listed, the resourceVersion that was reached, and the
 * instant until which everything that happened is known. Guarded by the lock of its watch.
 */
final class WatchProgress {

    private final Duration catchingUpTakes;
    private boolean listed;
    private boolean listDue = true;
    private String resourceVersion = "";
    private Moment openedAt;
    private boolean catchingUp;

    /** Whether this watch has received a bookmark; from then on it receives a bookmark every minute. */
    private boolean bookmarked;

    private Moment observedUntil;
    private long lastSignNanos;
    private Optional<Instant> lastHeard = Optional.empty();

    WatchProgress(Duration catchingUpTakes, Moment now) {
        this.catchingUpTakes = catchingUpTakes;
        this.openedAt = now;
        this.observedUntil = now;
        this.lastSignNanos = now.nanos();
    }

    /** Whether all objects have been listed, and the list has not been lost since. */
    boolean isListed() {
        return listed;
    }

    /** Whether the objects must be listed before the watch is opened. */
    boolean isListDue() {
        return listDue;
    }

    String resourceVersion() {
        return resourceVersion;
    }

    boolean isCatchingUp() {
        return catchingUp;
    }

    Instant observedUntil() {
        return observedUntil.at();
    }

    boolean isObservedSince(long nanos) {
        return observedUntil.nanos() - nanos >= 0;
    }

    /** When the last event, bookmark or list arrived, or the watch was last accepted; empty before the first list. */
    Optional<Instant> lastHeard() {
        return lastHeard;
    }

    /** When the last event, bookmark or list arrived, or the last attempt after an outage began. */
    boolean isSilent(Duration age, Moment now) {
        return now.nanos() - lastSignNanos >= age.toNanos();
    }

    void requireList() {
        listDue = true;
    }

    /** A new attempt begins; the watch before it is closed. */
    void connecting() {
        catchingUp = false;
        bookmarked = false;
    }

    /** @param requestedAt everything that happened until then is in the list */
    void listed(String resourceVersion, Moment requestedAt) {
        this.resourceVersion = resourceVersion;
        listDue = false;
        listed = true;
        observedUntil = requestedAt;
        heard(requestedAt);
    }

    /** The API server has sent something about this kind. */
    void heard(Moment at) {
        lastHeard = Optional.of(at.at());
        sign(at);
    }

    /** @param requestedAt everything that happened until then arrives within the time that catching up takes */
    void opened(Moment requestedAt) {
        openedAt = requestedAt;
        catchingUp = true;
    }

    /** Whether the watch was opened so long ago. */
    boolean isOpenFor(Duration age, Moment now) {
        return openedAt.isOlder(age, now);
    }

    void sign(Moment at) {
        lastSignNanos = at.nanos();
    }

    void received(String reached, boolean isBookmark, Moment at) {
        resourceVersion = reached;
        bookmarked |= isBookmark;
        heard(at);
    }

    /** Everything that happened until then is known, if the watch is not catching up. */
    void observed(Moment until) {
        if (!catchingUp) {
            observedUntil = until;
        }
    }

    /** @return whether the open watch has caught up just now: everything that happened before it was opened has arrived */
    boolean catchUp(Moment now) {
        if (!catchingUp || !openedAt.isOlderByEither(catchingUpTakes, now)) {
            return false;
        }
        catchingUp = false;
        observedUntil = openedAt.isAfter(observedUntil) ? openedAt : observedUntil;
        return true;
    }

    void closed() {
        catchingUp = false;
    }

    /**
     * The watch received nothing for too long. Without a bookmark it may just be quiet: an API server sends none while its cache
     * of the kind knows of nothing newer than where the watch began, and none at all without such a cache.
     *
     * @return whether it was deaf: it had received a bookmark, so its kind is not known any more until it is listed
     */
    boolean lostIfDeaf() {
        boolean deaf = bookmarked && listed;
        if (deaf) {
            listed = false;
            listDue = true;
        }
        return deaf;
    }
}
