package io.tidewatch.demo;

import io.tidewatch.log.Console;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Whether the demo serves the page of its night, and whether it stays up for those who look. */
public enum Page {
    /** No page. */
    NONE,

    /** As long as the night is played. */
    SERVED,

    /** Until somebody ends the process. */
    STAYS;

    /** Where a running reconciler serves its page if nothing else is configured. */
    private static final int USUAL_PORT = 8710;

    private static final long CLOSING_MILLIS = 10_000;

    /** The usual port where it is free, else any. */
    int port() {
        if (this == NONE) {
            return 0;
        }
        try (ServerSocket socket = new ServerSocket(USUAL_PORT, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException taken) {
            return 0;
        }
    }

    /** The properties of the routes. */
    Map<String, String> routes() {
        return Map.of("tidewatch.page.enabled", Boolean.toString(this != NONE));
    }

    void serves(Console console, int port) {
        if (this != NONE) {
            console.headline("The page of this night: http://127.0.0.1:" + port + "/");
        }
    }

    /** Returns at once, unless it stays; then with the end of the process. */
    void stays(Console console, int port) {
        if (this == STAYS) {
            console.headline("The page stays at http://127.0.0.1:" + port + "/ until Ctrl-C");
            awaitEndOfProcess();
        }
    }

    /** The end waits for this thread for a moment, so that it closes and deletes what it has begun. */
    private static void awaitEndOfProcess() {
        CountDownLatch ended = new CountDownLatch(1);
        Thread waiting = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            ended.countDown();
                            try {
                                waiting.join(CLOSING_MILLIS);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "demo-end"));
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
