package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code status} prints around a table without rows. */
class StatusVerbTest {

    private String leader = """
            {"leads": true, "replica": "a_1", "leader": null, "term": null}""";

    @TempDir
    Path folder;

    @Test
    void aSourceThatHasNotBeenReadIsNoSourceWithoutTargets() throws IOException {
        assertThat(status("\"shop\", \"pay\"", source("shop", "null"), source("pay", "null")))
                .startsWith("the definitions of sources shop, pay have not been read yet\n\nSOURCE");
    }

    @Test
    void aSourceThatNoPassHasHadYetIsNoSourceWithoutTargets() throws IOException {
        assertThat(status("\"shop\"", source("shop", "\"273253c0\"")))
                .startsWith("the first pass with the definitions of source shop has not ended yet\n\nSOURCE");
    }

    @Test
    void onlyWhatHasBeenReadHasNoTarget() throws IOException {
        assertThat(status("", source("shop", "\"273253c0\""))).startsWith("no schedule has a target\n\nSOURCE");
    }

    @Test
    void aReplicaThatDoesNotLeadSaysWhoDoes() throws IOException {
        leader = """
            {"leads": false, "replica": "b_2", "leader": "a_1", "term": null}""";
        assertThat(status("", source("shop", "\"273253c0\""))).startsWith("this replica writes nothing: a_1 leads\n");

        leader = """
            {"leads": false, "replica": "b_2", "leader": "b_2", "term": null, "why": "the Lease could not be read for 8 s"}""";
        assertThat(status("", source("shop", "\"273253c0\"")))
                .startsWith("this replica writes nothing: the Lease could not be read for 8 s\n");
    }

    /** In its first moment a process knows of nobody. */
    @Test
    void aReplicaThatKnowsNothingYetSaysNothingOfIt() throws IOException {
        leader = """
            {"leads": false, "replica": "b_2", "leader": null, "term": null, "why": null}""";
        assertThat(status("", source("shop", "\"273253c0\""))).startsWith("no schedule has a target\n");
    }

    @Test
    void aLeaderSaysNothingOfIt() throws IOException {
        leader = """
            {"leads": true, "replica": "b_2", "leader": "b_2", "term": 7}""";
        assertThat(status("", source("shop", "\"273253c0\""))).startsWith("no schedule has a target\n");
    }

    private static String source(String name, String commit) {
        return """
            {"source": "%s", "lastAsked": null, "due": "2026-11-22T13:31:00Z", "commitSeen": null, \
            "commitInForce": %s, "trouble": null}""".formatted(name, commit);
    }

    private String status(String unread, String... sources) throws IOException {
        byte[] answer =
                """
            {"at": "2026-11-22T13:30:00Z", "resync": "PT5M", "targets": [], "warnings": [], "leader": %s, "unread": [%s],
             "lastPass": {"ended": "2026-11-22T13:29:59Z", "failedInARow": 0}, "sources": [%s]}
            """.formatted(leader, unread, String.join(", ", sources)).getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/status", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        server.start();
        Files.writeString(
                folder.resolve("application.properties"),
                "tidewatch.http.address = 127.0.0.1:" + server.getAddress().getPort() + "\n");
        try {
            return Typed.of("status", "--config", folder.toString()).out();
        } finally {
            server.stop(0);
        }
    }
}
