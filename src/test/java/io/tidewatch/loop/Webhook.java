package io.tidewatch.loop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A real HTTP server on loopback that answers as it is told to, and takes what is posted to it with 200 otherwise. */
final class Webhook implements AutoCloseable {

    private static final String RETRY_AFTER = "Retry-After";

    private final HttpServer server;
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final List<Posted> posted = new CopyOnWriteArrayList<>();

    private final CountDownLatch some = new CountDownLatch(1);
    private volatile CountDownLatch held = new CountDownLatch(0);

    /**
     * @param uri path and query, as sent
     */
    record Posted(String uri, String json, int answered) {}

    private Webhook(HttpServer server) {
        this.server = server;
        server.createContext("/", this::take);
        server.start();
    }

    static Webhook at(int port) {
        try {
            return new Webhook(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next requests are answered so, one after the other. */
    void answerWith(Integer... statuses) {
        answers.addAll(List.of(statuses));
    }

    List<Posted> posted() {
        return List.copyOf(posted);
    }

    /** What was answered with 200. */
    List<String> taken() {
        return posted.stream()
                .filter(one -> one.answered() == 200)
                .map(Posted::json)
                .toList();
    }

    /** Whether anything comes within a generous while. */
    boolean awaitPosted() throws InterruptedException {
        return some.await(60, TimeUnit.SECONDS);
    }

    /** It takes what comes and does not answer until it is let go. */
    void hold() {
        held = new CountDownLatch(1);
    }

    void letGo() {
        held.countDown();
    }

    private void awaitLetGo() throws IOException {
        try {
            if (!held.await(60, TimeUnit.SECONDS)) {
                throw new IOException("held for ever");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String json = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Integer told = answers.poll();
            int status = told == null ? 200 : told;
            if (status == 429) {
                exchange.getResponseHeaders().add(RETRY_AFTER, "30");
            }
            byte[] answer = "answer".getBytes(StandardCharsets.UTF_8);
            posted.add(new Posted(exchange.getRequestURI().toString(), json, status));
            some.countDown();
            awaitLetGo();
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
