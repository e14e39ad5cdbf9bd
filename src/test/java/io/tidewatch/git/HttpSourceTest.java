package io.tidewatch.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against git's own http-backend, behind a loopback server that asks for a login. */
class HttpSourceTest {

    private static final Path BACKEND = Path.of("/usr/lib/git-core/git-http-backend");
    private static final String LOGIN =
            "Basic " + Base64.getEncoder().encodeToString("bot:t0p s3cret".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path folder;

    private RemoteRepository remote;
    private HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Files.isExecutable(BACKEND), "git http-backend is not installed");
        remote = new RemoteRepository(folder);
        remote.write("a.yaml", "a: 1\n");
        remote.commit("one");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void aLoginIsGivenWithTheFirstRequestAndAnUnmovedRefCostsFew() {
        GitSource source = source("remote.git", new Credentials("bot", "t0p s3cret"));

        assertThat(source.pull().orElseThrow().files()).containsEntry("a.yaml", "a: 1\n");

        requests.set(0);
        assertThat(source.pull()).isEmpty();
        assertThat(requests).hasValueLessThanOrEqualTo(2);

        remote.write("a.yaml", "a: 2\n");
        remote.commit("two");

        assertThat(source.pull().orElseThrow().files()).containsEntry("a.yaml", "a: 2\n");
    }

    @Test
    void aWrongPasswordIsTriedOnceAndNeverShown() {
        GitSource source = source("remote.git", new Credentials("bot", "wr0ng"));

        assertThatThrownBy(source::pull)
                .isInstanceOf(GitException.AuthenticationFailed.class)
                .hasMessageEndingWith("refused the login of bot")
                .hasMessageNotContaining("wr0ng");
        assertThat(requests).hasValue(1);
    }

    @Test
    void aMissingLoginIsSaid() {
        assertThatThrownBy(() -> new GitSource(
                                "shop", url("remote.git"), "main", "", Optional.empty(), folder.resolve("mirror"))
                        .pull())
                .isInstanceOf(GitException.AuthenticationFailed.class)
                .hasMessageEndingWith("wants a login, and none is configured");
    }

    @Test
    void aRepositoryThatIsNotThereIsSaid() {
        assertThatThrownBy(() -> source("nowhere.git", new Credentials("bot", "t0p s3cret"))
                        .pull())
                .isInstanceOf(GitException.RemoteUnreachable.class)
                .hasMessageStartingWith("shop: there is no repository at http://");
    }

    @Test
    void aServerThatIsDownIsUnreachable() {
        GitSource source = source("remote.git", new Credentials("bot", "t0p s3cret"));
        server.stop(0);

        assertThatThrownBy(source::pull).isInstanceOf(GitException.RemoteUnreachable.class);
    }

    private GitSource source(String path, Credentials credentials) {
        return new GitSource("shop", url(path), "main", "", Optional.of(credentials), folder.resolve("mirror"));
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + path;
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (!LOGIN.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
            return;
        }
        Process backend = backend(exchange, body);
        backend.getOutputStream().write(body);
        backend.getOutputStream().close();
        forward(new String(backend.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1), exchange);
    }

    private Process backend(HttpExchange exchange, byte[] body) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(BACKEND.toString());
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.put("GIT_PROJECT_ROOT", folder.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put("PATH_INFO", exchange.getRequestURI().getPath());
        environment.put(
                "QUERY_STRING",
                Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse(""));
        environment.put("CONTENT_LENGTH", String.valueOf(body.length));
        header(exchange, "Content-Type").ifPresent(value -> environment.put("CONTENT_TYPE", value));
        header(exchange, "Content-Encoding").ifPresent(value -> environment.put("HTTP_CONTENT_ENCODING", value));
        header(exchange, "Git-Protocol").ifPresent(value -> environment.put("GIT_PROTOCOL", value));
        return builder.start();
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    private static void forward(String answer, HttpExchange exchange) throws IOException {
        int end = answer.indexOf("\r\n\r\n");
        int status = 200;
        for (String line : answer.substring(0, end).split("\r\n")) {
            String[] parts = line.split(": ", 2);
            if (parts[0].equals("Status")) {
                status = Integer.parseInt(parts[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(parts[0], parts[1]);
            }
        }
        byte[] body = answer.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
