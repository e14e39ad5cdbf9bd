package io.tidewatch.web;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Who may ask. With a token, whoever has it. Without one we listen on loopback, and a request must have been meant for
 * that: a page in a browser can make its own name point here, and would read the answer.
 */
record RequestGuard(Optional<String> token) {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final String LOOPBACK = "(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?";

    /** @param challenge what a WWW-Authenticate header says */
    record Refusal(int code, Optional<String> challenge, String why) {}

    Optional<Refusal> refusal(Headers headers) {
        if (token.isPresent()) {
            return isKnown(headers, token.get())
                    ? Optional.empty()
                    : Optional.of(new Refusal(
                            UNAUTHORIZED,
                            Optional.of("Bearer realm=\"tidewatch\""),
                            "a token is asked for: Authorization: Bearer TOKEN, that of tidewatch.http.token"));
        }
        String host = Optional.ofNullable(headers.getFirst("Host")).orElse("");
        return host.matches(LOOPBACK)
                ? Optional.empty()
                : Optional.of(new Refusal(FORBIDDEN, Optional.empty(), "ask for it as localhost, or set a token"));
    }

    /** Takes as long for a token that is nearly right as for any other. */
    private static boolean isKnown(Headers headers, String token) {
        String given = Optional.ofNullable(headers.getFirst("Authorization")).orElse("");
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8), ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }
}
