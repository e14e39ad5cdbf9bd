package io.tidewatch.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port on loopback at which nothing listens, and which nobody else gets: connections are refused. Other tests open hundreds of sockets
 * meanwhile.
 */
final class ReservedPort implements AutoCloseable {

    private final Socket bound = new Socket();

    ReservedPort() {
        try {
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int number() {
        return bound.getLocalPort();
    }

    /** To be called right before a server listens there. */
    int free() {
        int number = number();
        close();
        return number;
    }

    @Override
    public void close() {
        try {
            bound.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
