package io.tidewatch.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Since when an informer meets nothing but trouble. Once it has been listed, a list that fails anew (after 410, say) leaves what
 * was known as it was; after a hiccup that is old, and its kind is missing until the watch is open again.
 */
final class Outage {

    /** An API server that has just started refuses everybody for a moment; a right that is missing is missing for longer. */
    private static final Duration FOR_GOOD = Duration.ofMinutes(1);

    private static final int FORBIDDEN = 403;

    private final Contact contact;
    private final Runnable changed;
    private @Nullable Instant since;
    private boolean forbidden;
    private boolean told;
    private boolean ended;

    /** @param changed called once what is known has become old */
    Outage(Contact contact, Runnable changed) {
        this.contact = contact;
        this.changed = changed;
    }

    /** @return whether the informer shall try again */
    synchronized boolean met(Throwable trouble) {
        if (ended) {
            return false;
        }
        Instant now = contact.clock().instant();
        since = since == null ? now : since;
        forbidden = WatchTroubles.code(trouble) == FORBIDDEN;
        if (!told && isFor(contact.hiccup())) {
            told = true;
            changed.run();
        }
        return true;
    }

    synchronized void end() {
        ended = true;
    }

    /** Whether what was known last is old. */
    synchronized boolean lasts(BooleanSupplier watching) {
        if (watching.getAsBoolean()) {
            since = null;
            told = false;
        }
        return isFor(contact.hiccup());
    }

    /** Whether the right to see this has been missing for longer than a start takes. */
    synchronized boolean isForbidden() {
        return forbidden && isFor(FOR_GOOD);
    }

    private boolean isFor(Duration least) {
        return since != null && !contact.clock().instant().isBefore(since.plus(least));
    }
}
