package io.tidewatch.demo;

import io.tidewatch.playground.Playground;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for messages in the inboxes. */
final class Inboxes {

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
