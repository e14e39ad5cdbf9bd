package io.tidewatch.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Speaks no TLS, refuses everything, and writes down the credentials that it was given. */
final class PlainServer implements AutoCloseable {

    private final HttpServer server;
    private final List<String> received = new CopyOnWriteArrayList<>();

    private PlainServer(HttpServer server) {
        this.server = server;
    }

    static PlainServer start() throws IOException {
        PlainServer plain =
                new PlainServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        plain.server.createContext("/", exchange -> {
            try (exchange) {
                plain.received.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of("nobody")));
                exchange.sendResponseHeaders(403, -1);
            }
        });
        plain.server.start();
        return plain;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** The Authorization header of each request. */
    List<String> received() {
        return received;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
