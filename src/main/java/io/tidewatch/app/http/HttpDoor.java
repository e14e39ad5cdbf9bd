package io.tidewatch.app.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidewatch.model.Step;
import io.tidewatch.model.TargetStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Answers {@code GET /status} and {@code GET /history}. It reads what the last pass left and asks nobody. */
public final class HttpDoor implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int THREADS = 2;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int INTERNAL_ERROR = 500;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Optional<String> token;
    private final Map<String, Supplier<Map<String, ?>>> answers;

    private HttpDoor(
            HttpServer server,
            ExecutorService threads,
            Optional<String> token,
            Map<String, Supplier<Map<String, ?>>> answers) {
        this.server = server;
        this.threads = threads;
        this.token = token;
        this.answers = answers;
    }

    /**
     * @param token asked for as {@code Authorization: Bearer}; absent: nobody is asked
     * @throws UncheckedIOException where nothing can listen at that address
     */
    public static HttpDoor open(
            InetSocketAddress address,
            Optional<String> token,
            Clock clock,
            Supplier<List<TargetStatus>> statuses,
            Supplier<List<Step>> steps) {
        try {
            ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> new Thread(task, "tidewatch-http"));
            HttpServer server = HttpServer.create(address, 0);
            HttpDoor door = new HttpDoor(
                    server,
                    threads,
                    token,
                    Map.of(
                            "/status", () -> StatusDocument.of(clock.instant(), statuses.get()),
                            "/history", () -> HistoryDocument.of(clock.instant(), steps.get())));
            server.setExecutor(threads);
            server.createContext("/", door::answer);
            server.start();
            return door;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "nothing can listen at " + address.getHostString() + ":" + address.getPort() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Supplier<Map<String, ?>> answer =
                    answers.get(exchange.getRequestURI().getPath());
            if (!isAllowed(exchange)) {
                say(exchange, UNAUTHORIZED, Map.of("error", "a token is asked for: Authorization: Bearer TOKEN"));
            } else if (answer == null) {
                say(exchange, NOT_FOUND, Map.of("error", "there are /status and /history"));
            } else if (!exchange.getRequestMethod().equals("GET")) {
                say(exchange, METHOD_NOT_ALLOWED, Map.of("error", "GET it"));
            } else {
                say(exchange, OK, answer.get());
            }
        } catch (RuntimeException e) {
            say(exchange, INTERNAL_ERROR, Map.of("error", String.valueOf(e.getMessage())));
        }
    }

    private boolean isAllowed(HttpExchange exchange) {
        String given = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        return token.isEmpty()
                || MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8),
                        ("Bearer " + token.get()).getBytes(StandardCharsets.UTF_8));
    }

    private static void say(HttpExchange exchange, int code, Map<String, ?> document) throws IOException {
        byte[] body = JSON.writeValueAsBytes(document);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
