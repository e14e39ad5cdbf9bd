package io.tidewatch.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the routes that begin with {@code platform-http:}, to whoever may look, and for reading alone.
 *
 * <p>Slow, many or endless requests slow down only other requests: the server has few threads of its own and a short queue,
 * closes connections that find no place in it, and ends requests that are not complete within seconds. It reads no bodies. Camel's own
 * server knows no such bounds, which is why this one stands in its place (docs/decisions/250-the-web-page.md).
 */
public final class WebServer implements PlatformHttpEngine, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WebServer.class);

    /** Numbers the internal errors, so that the answer names the line in the log. */
    private static final AtomicInteger IDS = new AtomicInteger();

    private static final int THREADS = 4;
    private static final int WAITING = 32;

    /** After which a thread without a request ends. */
    private static final int IDLE_SECONDS = 30;

    /** Bytes; what is shorter is not worth compressing. */
    private static final int WORTH_COMPRESSING = 1_000;

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int INTERNAL_ERROR = 500;
    private static final int UNAVAILABLE = 503;
    private static final long NO_BODY = -1;

    /** In seconds. The JDK's server reads them once, before its first start. */
    private static final Map<String, String> BOUNDS = Map.of(
            "sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.maxRspTime", "30",
            "sun.net.httpserver.maxReqHeaders", "100",
            "sun.net.httpserver.maxIdleConnections", "20");

    /** Nothing but what this server itself sends is loaded, no other page shows it, no search engine keeps it. */
    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Robots-Tag",
            "noindex, nofollow",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin");

    private final HttpServer server;
    private final ExecutorService threads;
    private final RequestGuard guard;
    private final WebRoutes routes = new WebRoutes();

    private WebServer(HttpServer server, ExecutorService threads, RequestGuard guard) {
        this.server = server;
        this.threads = threads;
        this.guard = guard;
    }

    /**
     * Begins to listen. Until the routes have started, every request is told to come again.
     *
     * @throws UncheckedIOException if nothing can listen at that address
     */
    public static WebServer open(InetSocketAddress address, Access access) {
        BOUNDS.forEach((name, value) -> System.setProperty(name, System.getProperty(name, value)));
        try {
            HttpServer server = HttpServer.create(address, 0);
            ThreadPoolExecutor threads = new ThreadPoolExecutor(
                    THREADS,
                    THREADS,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(WAITING),
                    task -> new Thread(task, "tidewatch-http"));
            threads.allowCoreThreadTimeOut(true);
            WebServer door = new WebServer(server, threads, new RequestGuard(access));
            server.setExecutor(threads);
            server.createContext("/", door::answer);
            server.start();
            return door;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "tidewatch.http.address: nothing can listen at " + address.getHostString() + ":" + address.getPort()
                            + ": " + e.getMessage(),
                    e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public int getServerPort() {
        return port();
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        return new WebRoute(endpoint, processor, routes);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            RequestGuard.Answer admitted = guard.admit(
                    exchange.getRequestHeaders(), exchange.getRemoteAddress().getAddress());
            if (admitted.rejection().isPresent()) {
                RequestGuard.Rejection rejection = admitted.rejection().get();
                rejection
                        .challenge()
                        .ifPresent(one -> exchange.getResponseHeaders().set("WWW-Authenticate", one));
                send(exchange, Optional.empty(), Reply.error(rejection.code(), rejection.why()));
                return;
            }
            String path =
                    Optional.ofNullable(exchange.getRequestURI().getRawPath()).orElse("/");
            Optional<WebRoute> route = routes.of(path);
            if (route.isEmpty()) {
                send(
                        exchange,
                        Optional.empty(),
                        routes.isEmpty()
                                ? Reply.error(UNAVAILABLE, "Tidewatch is starting; ask again")
                                : Reply.error(
                                        NOT_FOUND, "unknown path; GET / for the page, or see docs/api.md for the API"));
            } else if (!List.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, Optional.empty(), Reply.error(METHOD_NOT_ALLOWED, "use GET"));
            } else {
                Headers headers = exchange.getRequestHeaders();
                Request request = new Request(
                        path,
                        Request.parameters(
                                Optional.ofNullable(exchange.getRequestURI().getRawQuery())),
                        admitted.audience(),
                        Optional.ofNullable(headers.getFirst("If-None-Match")),
                        Optional.ofNullable(headers.getFirst("Accept-Encoding"))
                                .filter(accepted -> accepted.contains("gzip"))
                                .isPresent());
                send(exchange, Optional.of(request), answer(route.get(), request));
            }
        }
    }

    private static Reply answer(WebRoute route, Request request) {
        try {
            return route.answer(request);
        } catch (RuntimeException e) {
            String id = HexFormat.of().toHexDigits(IDS.incrementAndGet());
            log.error("an answer over HTTP cannot be given, error {}", id, e);
            return Reply.error(INTERNAL_ERROR, "internal error " + id + ": see the log");
        }
    }

    private static void send(HttpExchange exchange, Optional<Request> request, Reply reply) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        ALWAYS.forEach(headers::set);
        headers.set("Content-Type", reply.type());
        headers.set("Cache-Control", reply.keep().header());
        headers.set("Vary", "Accept-Encoding, Authorization");
        if (reply.code() == OK && reply.keep() != Reply.Keep.NOTHING) {
            String tag = reply.tag();
            headers.set("ETag", tag);
            if (request.flatMap(Request::known)
                    .filter(known -> known.contains(tag))
                    .isPresent()) {
                exchange.sendResponseHeaders(NOT_MODIFIED, NO_BODY);
                return;
            }
        }
        byte[] body = reply.body();
        if (body.length >= WORTH_COMPRESSING && request.filter(Request::gzip).isPresent()) {
            body = compressed(body);
            headers.set("Content-Encoding", "gzip");
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(reply.code(), NO_BODY);
            return;
        }
        exchange.sendResponseHeaders(reply.code(), body.length);
        exchange.getResponseBody().write(body);
    }

    private static byte[] compressed(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
