package io.tidewatch.demo;

import io.tidewatch.playground.Playground;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for messages in the inboxes. */
final class Inboxes {

    private static final String DIGEST =
            "digest " + Night.DIGEST.atZone(Night.ZONE).toLocalDate();
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Playground playground;

    Inboxes(Playground playground) {
        this.playground = playground;
    }

    boolean await(int slack, int mails, Duration atMost) {
        return await(
                () -> playground.slack().messages().size() >= slack
                        && playground.mail().mails().size() >= mails,
                atMost);
    }

    /** Any other message may come before it, so a number of messages proves no digest. */
    boolean awaitDigest(Duration atMost) {
        return await(this::hasDigest, atMost);
    }

    boolean hasDigest() {
        return playground.slack().messages().stream().anyMatch(message -> message.contains(DIGEST));
    }

    static boolean await(BooleanSupplier there, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!there.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return true;
    }
}
