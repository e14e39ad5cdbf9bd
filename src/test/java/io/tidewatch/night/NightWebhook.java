package io.tidewatch.night;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A webhook on loopback that keeps a log of what it took, from which replica, and when. Each replica has a path of its own. */
final class NightWebhook implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] OK = "ok".getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Receipt> log = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Ambush> armed = new AtomicReference<>();

    /**
     * A message as people see it.
     *
     * @param from the replica that sent it
     * @param text as a reader of Slack sees it
     */
    record Receipt(Instant at, String from, String text) {}

    /** When a message is answered that somebody lies in wait for. */
    enum Answer {
        BEFORE_THE_STRIKE,
        /** If its sender can still hear. */
        AFTER_THE_STRIKE,
        /** The connection ends instead. */
        NEVER
    }

    /** What happens at the next message. */
    private record Ambush(Predicate<String> message, Answer answer, Consumer<String> strike) {}

    private NightWebhook(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    static NightWebhook start() {
        try {
            return new NightWebhook(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url(String replica) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + replica;
    }

    List<Receipt> log() {
        return List.copyOf(log);
    }

    /**
     * Lies in wait for the next message of a kind.
     *
     * @param message whether a text is such a message
     * @param strike told which replica sent it
     */
    void ambush(Predicate<String> message, Answer answer, Consumer<String> strike) {
        armed.set(new Ambush(message, answer, strike));
    }

    void callOff() {
        armed.set(null);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String from = exchange.getRequestURI().getPath().substring(1);
            String text = JSON.readTree(exchange.getRequestBody().readAllBytes())
                    .path("text")
                    .asText();
            log.add(new Receipt(Instant.now(), from, text));
            Ambush ambush = armed.get();
            if (ambush == null || !ambush.message().test(text) || !armed.compareAndSet(ambush, null)) {
                answer(exchange);
                return;
            }
            if (ambush.answer() == Answer.BEFORE_THE_STRIKE) {
                answer(exchange);
            }
            ambush.strike().accept(from);
            if (ambush.answer() == Answer.AFTER_THE_STRIKE) {
                answer(exchange);
            }
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, OK.length);
        exchange.getResponseBody().write(OK);
        exchange.getResponseBody().close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
