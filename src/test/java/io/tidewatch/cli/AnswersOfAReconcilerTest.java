package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a verb makes of each answer of the address that it asks. */
class AnswersOfAReconcilerTest {

    @TempDir
    Path folder;

    private final List<String> logins = new ArrayList<>();
    private HttpServer server;
    private int status;
    private String body = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                logins.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                byte[] text = body.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Location", "/elsewhere");
                exchange.sendResponseHeaders(status, text.length == 0 ? -1 : text.length);
                exchange.getResponseBody().write(text);
            }
        });
        server.start();
        Files.writeString(
                folder.resolve("application.properties"),
                "tidewatch.http.address = 127.0.0.1:" + server.getAddress().getPort()
                        + "\ntidewatch.http.token = a-long-enough-token-of-the-test-0123456789\n");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theTokenIsSentAndTheAnswerIsUtf8() {
        Typed typed = answered(200, "{\"at\": \"2026-11-30T22:31:00Z\", \"targets\": [], \"warnings\": [\"Café\"]}");

        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out()).contains("Café");
        assertThat(logins).containsExactly("Bearer a-long-enough-token-of-the-test-0123456789");
    }

    @Test
    void anErrorIsToldInTheWordsOfTheReconciler() {
        assertRejected(answered(401, "{\"error\": \"the token is wrong\"}"), "the token is wrong");
    }

    @Test
    void anErrorWithoutWordsIsToldByItsNumber() {
        assertRejected(answered(503, ""), "answered 503");
    }

    @Test
    void aRedirectIsAnErrorAndTheTokenGoesNowhereElse() {
        assertRejected(answered(302, ""), "answered 302");
        assertThat(logins).hasSize(1);
    }

    @Test
    void whatIsNoJsonIsNoReconciler() {
        assertRejected(answered(200, "<html>"), "no reconciler answers");
    }

    private Typed answered(int code, String text) {
        status = code;
        body = text;
        return Typed.of("status", "--config", folder.toString());
    }

    private static void assertRejected(Typed typed, String said) {
        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err()).startsWith("tidewatch: http://127.0.0.1:").contains(said);
        assertThat(typed.err().lines()).hasSize(1);
    }
}
