package io.tidewatch.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * Stands between a client and a server on loopback, numbers the requests, and lets the weather decide what becomes of
 * them. With a certificate it speaks TLS to the client, never to the server.
 */
public final class WireProxy implements AutoCloseable {

    private final ServerSocket door;
    private final int upstream;
    private final boolean tls;
    private final AtomicInteger numbers = new AtomicInteger();
    private final List<WireRequest> requests = new CopyOnWriteArrayList<>();
    private final Set<WireConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile Weather weather;
    private volatile boolean frozen;

    private WireProxy(ServerSocket door, int upstream, boolean tls, Weather weather) {
        this.door = door;
        this.upstream = upstream;
        this.tls = tls;
        this.weather = weather;
    }

    public static WireProxy start(int upstream, Weather weather) {
        return start(upstream, weather, Optional.empty());
    }

    /** @param certificate what it shows; absent: it speaks without TLS */
    public static WireProxy start(int upstream, Weather weather, Optional<SSLContext> certificate) {
        try {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            ServerSocket door = certificate.isPresent()
                    ? certificate.get().getServerSocketFactory().createServerSocket(0, 50, loopback)
                    : new ServerSocket(0, 50, loopback);
            WireProxy proxy = new WireProxy(door, upstream, certificate.isPresent(), weather);
            daemon("wire-door", proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return (tls ? "https" : "http") + "://127.0.0.1:" + door.getLocalPort() + "/";
    }

    /** All that reached it so far. */
    public List<WireRequest> requests() {
        return List.copyOf(requests);
    }

    public void changeWeather(Weather now) {
        weather = now;
    }

    /** Whether watches, open ones and new ones, get nothing through in either direction, while plain requests do. */
    public void freezeWatches(boolean freeze) {
        frozen = freeze;
    }

    /** Watches that are open now. */
    public int openWatches() {
        return (int) watches().count();
    }

    /** What is watched now, by {@link WireRequest#label}. */
    public Set<String> watched() {
        return watches().map(WireRequest::label).collect(Collectors.toUnmodifiableSet());
    }

    private Stream<WireRequest> watches() {
        return connections.stream().flatMap(connection -> connection.watch().stream());
    }

    /** Ends every connection, open watches in the middle of a message. */
    public void cutAll() {
        connections.forEach(WireConnection::reset);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                client.setTcpNoDelay(true);
                WireConnection connection =
                        new WireConnection(client, upstream, this::note, () -> weather, () -> frozen);
                connections.add(connection);
                daemon("wire", () -> {
                    connection.serve();
                    connections.remove(connection);
                });
            } catch (IOException closed) {
                // the door was closed, or a client went before it came in
            }
        }
    }

    private WireRequest note(String method, String target, boolean upgrade) {
        WireRequest request = new WireRequest(numbers.incrementAndGet(), method, target, upgrade);
        requests.add(request);
        return request;
    }

    static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cutAll();
    }
}
