package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command history says of what the process does not tell, or does not know. */
class MissingHistoryTest {

    @TempDir
    private Path config;

    private HttpServer process;

    @BeforeEach
    void start() throws IOException {
        process = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        process.start();
        Files.writeString(
                config.resolve("application.properties"),
                "tidewatch.http.address = 127.0.0.1:" + process.getAddress().getPort() + "\n");
    }

    @AfterEach
    void stop() {
        process.stop(0);
    }

    private void answers(String path, String document) {
        process.createContext(path, exchange -> {
            byte[] body = document.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private Typed history(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "history";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[all.length - 2] = "--config";
        all[all.length - 1] = config.toString();
        return Typed.of(all);
    }

    @Test
    void thatOlderStepsAreMissingIsSaidBelowTheTable() {
        answers("/history", "{\"at\": \"2026-11-22T13:36:00Z\", \"steps\": [], \"cut\": true}");

        assertThat(history().out()).isEqualTo("no step yet\nolder steps are not listed\n");
        assertThat(history("-o", "json").out()).contains("\"cut\" : true");
    }

    @Test
    void nothingIsSaidWhereNoStepIsMissing() {
        answers("/history", "{\"at\": \"2026-11-22T13:36:00Z\", \"steps\": [], \"cut\": false}");

        assertThat(history().out()).isEqualTo("no step yet\n");
    }

    @Test
    void ofAnInstantAtWhichNobodyLookedTheLastDiagnosisIsNamed() {
        answers(
                "/diagnosis",
                "{\"target\": \"shop/cart\", \"at\": \"2026-11-25T13:36:00Z\","
                        + " \"keptAt\": \"2026-11-22T13:36:08Z\", \"diagnosis\": null}");

        assertThat(history("shop/cart", "--at", "2026-11-25T13:36:00Z").out())
                .isEqualTo("shop/cart  nothing is known of 2026-11-25T13:36:00Z:"
                        + " nobody looked in the day before; last kept 2026-11-22T13:36:08Z\n");
    }
}
