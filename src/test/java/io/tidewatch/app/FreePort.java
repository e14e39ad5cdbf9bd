package io.tidewatch.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;

/** A port at which nothing listens now, for what must be told its port beforehand. */
public final class FreePort {

    private FreePort() {}

    public static int any() {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
