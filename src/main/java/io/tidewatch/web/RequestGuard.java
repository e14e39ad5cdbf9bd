package io.tidewatch.web;

import com.sun.net.httpserver.Headers;
import io.tidewatch.view.Audience;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which requests are served, and for whom. If tokens are configured, a request must have one of them. If a proxy is configured, a
 * request must come from it, with the name of the person that it has authenticated. If neither is, the server listens on loopback, and the
 * Host header must be a loopback name: a page in a browser can point its own name here and would read the answer.
 */
record RequestGuard(Access access) {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final String LOOPBACK = "(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?";

    /** @param challenge the WWW-Authenticate header */
    record Rejection(int code, Optional<String> challenge, String why) {}

    /**
     * @param audience who asks; nobody that sees anything where there is a rejection
     */
    record Answer(Optional<Rejection> rejection, Audience audience) {

        private static final Audience NOBODY = new Audience(Optional.of(java.util.Set.of()));

        static Answer to(Audience audience) {
            return new Answer(Optional.empty(), audience);
        }

        static Answer no(int code, Optional<String> challenge, String why) {
            return new Answer(Optional.of(new Rejection(code, challenge, why)), NOBODY);
        }
    }

    Answer admit(Headers headers, InetAddress from) {
        Map<String, Audience> tokens = access.tokens();
        Optional<Audience> known = known(headers, tokens);
        if (known.isPresent()) {
            return Answer.to(known.get());
        }
        Optional<String> userHeader = access.userHeader();
        if (userHeader.isPresent() && isUser(headers, userHeader.get()) && access.trusts(from) && isOurHost(headers)) {
            return Answer.to(Audience.ALL);
        }
        if (!tokens.isEmpty()) {
            return Answer.no(
                    UNAUTHORIZED,
                    Optional.of("Bearer realm=\"tidewatch\""),
                    "a token is required; send Authorization: Bearer TOKEN with the token of tidewatch.http.token"
                            + (userHeader.isPresent() ? ", or come through the proxy" : ""));
        }
        if (userHeader.isPresent()) {
            return Answer.no(
                    FORBIDDEN,
                    Optional.empty(),
                    "only requests that come through the authenticating proxy are served, with its header "
                            + userHeader.get() + " and the host of tidewatch.http.publicUrl");
        }
        return host(headers).matches(LOOPBACK)
                ? Answer.to(Audience.ALL)
                : Answer.no(
                        FORBIDDEN,
                        Optional.empty(),
                        "without a token only requests to localhost are served; use localhost, or set tidewatch.http.token");
    }

    /** A page in a browser can point its own name at a proxy's machine, and set any header. */
    private boolean isOurHost(Headers headers) {
        String host = host(headers);
        return host.matches(LOOPBACK)
                || access.publicHost().filter(host::equalsIgnoreCase).isPresent();
    }

    private static String host(Headers headers) {
        return Optional.ofNullable(headers.getFirst("Host")).orElse("");
    }

    /** A header that stands there twice is nobody's name: a client may have added one. */
    private static boolean isUser(Headers headers, String name) {
        List<String> values = Optional.ofNullable(headers.get(name)).orElse(List.of());
        return values.size() == 1 && !values.get(0).isBlank();
    }

    /** Compares with each token in constant time. */
    private static Optional<Audience> known(Headers headers, Map<String, Audience> tokens) {
        byte[] given = Optional.ofNullable(headers.getFirst("Authorization"))
                .orElse("")
                .getBytes(StandardCharsets.UTF_8);
        Optional<Audience> found = Optional.empty();
        for (Map.Entry<String, Audience> token : tokens.entrySet()) {
            if (MessageDigest.isEqual(given, ("Bearer " + token.getKey()).getBytes(StandardCharsets.UTF_8))) {
                found = Optional.of(token.getValue());
            }
        }
        return found;
    }
}
