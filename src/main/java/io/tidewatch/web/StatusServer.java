package io.tidewatch.web;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidewatch.model.definition.SecretText;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.Standing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code GET /status} and {@code GET /history} from the results of the last pass.
 *
 * <p>Slow, many or endless requests slow down only other requests: the server has few threads of its own and a short queue,
 * closes connections that find no place in it, and ends requests that are not complete within seconds. It reads no bodies.
 */
public final class StatusServer implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Logger log = LoggerFactory.getLogger(StatusServer.class);

    /** Numbers the internal errors, so that the answer names the line in the log. */
    private static final AtomicInteger IDS = new AtomicInteger();

    private static final int THREADS = 4;
    private static final int WAITING = 32;

    /** After which a thread without a request ends. */
    private static final int IDLE_SECONDS = 30;

    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int INTERNAL_ERROR = 500;
    private static final long NO_BODY = -1;

    /** In seconds. The JDK's server reads them once, before its first start. */
    private static final Map<String, String> BOUNDS = Map.of(
            "sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.maxRspTime", "30",
            "sun.net.httpserver.maxReqHeaders", "100",
            "sun.net.httpserver.maxIdleConnections", "20");

    private final HttpServer server;
    private final ExecutorService threads;
    private final RequestGuard guard;
    private final Map<String, Function<Optional<String>, Reply>> answers;

    private StatusServer(
            HttpServer server,
            ExecutorService threads,
            RequestGuard guard,
            Map<String, Function<Optional<String>, Reply>> answers) {
        this.server = server;
        this.threads = threads;
        this.guard = guard;
        this.answers = answers;
    }

    /**
     * @param token required as {@code Authorization: Bearer}; absent: no token is required
     * @throws UncheckedIOException if nothing can listen at that address
     */
    public static StatusServer open(
            InetSocketAddress address,
            Optional<SecretText> token,
            Clock clock,
            Supplier<Standing> standing,
            Supplier<List<Step>> steps,
            DiagnosisLookup diagnoses) {
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
            StatusServer door = new StatusServer(
                    server,
                    threads,
                    new RequestGuard(token),
                    Map.of(
                            "/status",
                            query -> Reply.ok(StatusDocument.of(clock.instant(), standing.get(), steps.get())),
                            "/history",
                            query -> Reply.ok(HistoryDocument.of(clock.instant(), steps.get())),
                            "/diagnosis",
                            new DiagnosisAnswer(diagnoses, clock)::to));
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

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Optional<RequestGuard.Rejection> rejection = guard.rejection(exchange.getRequestHeaders());
            Function<Optional<String>, Reply> answer =
                    answers.get(exchange.getRequestURI().getPath());
            if (rejection.isPresent()) {
                rejection
                        .get()
                        .challenge()
                        .ifPresent(one -> exchange.getResponseHeaders().set("WWW-Authenticate", one));
                send(
                        exchange,
                        rejection.get().code(),
                        Map.of("error", rejection.get().why()));
            } else if (answer == null) {
                send(exchange, NOT_FOUND, Map.of("error", "unknown path; GET /status, /history or /diagnosis"));
            } else if (!List.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, METHOD_NOT_ALLOWED, Map.of("error", "use GET"));
            } else {
                send(
                        exchange,
                        () -> answer.apply(
                                Optional.ofNullable(exchange.getRequestURI().getRawQuery())));
            }
        }
    }

    private static void send(HttpExchange exchange, Supplier<Reply> answer) throws IOException {
        Reply reply;
        try {
            reply = answer.get();
        } catch (RuntimeException e) {
            String id = HexFormat.of().toHexDigits(IDS.incrementAndGet());
            log.error("an answer over HTTP cannot be given, error {}", id, e);
            send(exchange, INTERNAL_ERROR, Map.of("error", "internal error " + id + ": see the log"));
            return;
        }
        send(exchange, reply.code(), reply.document());
    }

    private static void send(HttpExchange exchange, int code, Map<String, ?> document) throws IOException {
        byte[] body = JSON.writeValueAsBytes(document);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(code, NO_BODY);
            return;
        }
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
