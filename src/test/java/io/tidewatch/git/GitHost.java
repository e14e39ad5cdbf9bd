package io.tidewatch.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;

/** git's own http-backend behind a server on loopback that asks for a login, and has bad days. */
public final class GitHost implements AutoCloseable {

    private static final Path BACKEND = Path.of("/usr/lib/git-core/git-http-backend");

    private final HttpServer server;
    private final Path folder;
    private final String scheme;
    private final AtomicReference<String> login;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int packBytes = Integer.MAX_VALUE;
    private volatile Optional<String> movedTo = Optional.empty();

    private GitHost(HttpServer server, Path folder, String scheme, String login) {
        this.server = server;
        this.folder = folder;
        this.scheme = scheme;
        this.login = new AtomicReference<>(login);
    }

    public static boolean isInstalled() {
        return Files.isExecutable(BACKEND);
    }

    /** @param login {@code user:password}; empty: nobody is asked */
    public static GitHost http(Path folder, String login) {
        return started(folder, "http", login, address -> HttpServer.create(address, 0));
    }

    /** @param login {@code user:password}; empty: nobody is asked */
    public static GitHost https(Path folder, String login, SSLContext identity) {
        return started(folder, "https", login, address -> {
            HttpsServer https = HttpsServer.create(address, 0);
            https.setHttpsConfigurator(new HttpsConfigurator(identity));
            return https;
        });
    }

    private interface Opening {
        HttpServer at(InetSocketAddress address) throws IOException;
    }

    private static GitHost started(Path folder, String scheme, String login, Opening opening) {
        try {
            HttpServer server = opening.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            GitHost host = new GitHost(server, folder, scheme, login);
            server.createContext("/", host::answer);
            server.start();
            return host;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url(String path) {
        return scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/" + path;
    }

    AtomicInteger requests() {
        return requests;
    }

    /** From now on, another login is right. */
    public void login(String other) {
        login.set(other);
    }

    /** From now on, an answer that holds a pack ends after so many bytes, and the connection with it. */
    void cutPacksAfter(int bytes) {
        packBytes = bytes;
    }

    void mend() {
        packBytes = Integer.MAX_VALUE;
    }

    /** From now on, every request is sent elsewhere. */
    void moveTo(String root) {
        movedTo = Optional.of(root);
    }

    private boolean isKnown(HttpExchange exchange) {
        String desired = login.get();
        return desired.isEmpty()
                || ("Basic " + Base64.getEncoder().encodeToString(desired.getBytes(StandardCharsets.UTF_8)))
                        .equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (movedTo.isPresent()) {
            exchange.getResponseHeaders().add("Location", movedTo.get() + exchange.getRequestURI());
            exchange.sendResponseHeaders(301, -1);
            exchange.close();
            return;
        }
        if (!isKnown(exchange)) {
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

    private void forward(String answer, HttpExchange exchange) throws IOException {
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
        boolean isPack = answer.contains("git-upload-pack-result") && answer.contains("PACK");
        if (isPack && body.length > packBytes) {
            exchange.getResponseBody().write(body, 0, packBytes);
            exchange.getResponseBody().flush();
            throw new IOException("the cable was cut");
        }
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
