package io.tidewatch.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.tidewatch.wire.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/** As much of an API server as says its version to whom it knows: by a token, or by a certificate. */
final class TlsApiServer implements AutoCloseable {

    private final HttpsServer server;
    private volatile String token = "";

    private TlsApiServer(HttpsServer server) {
        this.server = server;
    }

    static TlsApiServer start(Identity own, Optional<Identity> client) {
        try {
            TlsApiServer api =
                    new TlsApiServer(HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            SSLContext context = own.server(client.orElse(null));
            api.server.setHttpsConfigurator(new HttpsConfigurator(context) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters desired = context.getDefaultSSLParameters();
                    desired.setWantClientAuth(client.isPresent());
                    parameters.setSSLParameters(desired);
                }
            });
            api.server.createContext("/", api::answer);
            api.server.start();
            return api;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** From now on, only this token is known. */
    void know(String other) {
        token = other;
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = (isKnown(exchange)
                        ? "{\"major\":\"1\",\"minor\":\"36\",\"gitVersion\":\"v1.36.2\"}"
                        : "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"Unauthorized\","
                                + "\"reason\":\"Unauthorized\",\"code\":401}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(isKnown(exchange) ? 200 : 401, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private boolean isKnown(HttpExchange exchange) {
        boolean byToken = !token.isEmpty()
                && ("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        return byToken || hasCertificate((HttpsExchange) exchange);
    }

    private static boolean hasCertificate(HttpsExchange exchange) {
        try {
            return exchange.getSSLSession().getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException nobody) {
            return false;
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
