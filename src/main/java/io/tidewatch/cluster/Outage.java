package io.tidewatch.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Since when an informer meets nothing but trouble; what it meets after its end is of our own making. */
final class Outage {

    /** An API server that has just started refuses everybody for a moment; a right that is missing is missing for longer. */
    private static final Duration FOR_GOOD = Duration.ofMinutes(1);

    private static final int FORBIDDEN = 403;

    private final Contact contact;
    private @Nullable Instant since;
    private boolean forbidden;
    private boolean ended;

    Outage(Contact contact) {
        this.contact = contact;
    }

    /** @return whether the informer shall try again */
    synchronized boolean met(Throwable trouble) {
        if (ended) {
            return false;
        }
        since = since == null ? contact.clock().instant() : since;
        forbidden = WatchTroubles.code(trouble) == FORBIDDEN;
        return true;
    }

    synchronized void end() {
        ended = true;
    }

    /** Whether the right to see this has been missing for longer than a start takes. */
    synchronized boolean isForbidden(BooleanSupplier watching) {
        if (watching.getAsBoolean()) {
            since = null;
        }
        return forbidden && since != null && !contact.clock().instant().isBefore(since.plus(FOR_GOOD));
    }
}
