package io.tidewatch.web;

import com.sun.net.httpserver.Headers;
import io.tidewatch.model.definition.SecretText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Decides which requests are served. If a token is configured, a request must have it. If not, the server listens on loopback,
 * and the Host header must be a loopback name: a page in a browser can point its own name here and would read the answer.
 */
record RequestGuard(Optional<SecretText> token) {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final String LOOPBACK = "(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?";

    /** @param challenge the WWW-Authenticate header */
    record Rejection(int code, Optional<String> challenge, String why) {}

    Optional<Rejection> rejection(Headers headers) {
        if (token.isPresent()) {
            return isKnown(headers, token.get().get())
                    ? Optional.empty()
                    : Optional.of(
                            new Rejection(
                                    UNAUTHORIZED,
                                    Optional.of("Bearer realm=\"tidewatch\""),
                                    "a token is required; send Authorization: Bearer TOKEN with the token of tidewatch.http.token"));
        }
        String host = Optional.ofNullable(headers.getFirst("Host")).orElse("");
        return host.matches(LOOPBACK)
                ? Optional.empty()
                : Optional.of(
                        new Rejection(
                                FORBIDDEN,
                                Optional.empty(),
                                "without a token only requests to localhost are served; use localhost, or set tidewatch.http.token"));
    }

    /** Compares in constant time. */
    private static boolean isKnown(Headers headers, String token) {
        String given = Optional.ofNullable(headers.getFirst("Authorization")).orElse("");
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8), ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }
}
