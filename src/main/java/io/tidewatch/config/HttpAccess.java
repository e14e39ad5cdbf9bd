package io.tidewatch.config;

import io.tidewatch.model.definition.SecretText;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Who may look at the page and its API.
 *
 * @param token the bearer token that sees everything
 * @param tokens a text of lines {@code TOKEN NAMESPACE,NAMESPACE}, with {@code *} for all namespaces
 * @param proxy that authenticates people
 */
public record HttpAccess(Optional<SecretText> token, Optional<SecretText> tokens, Optional<Proxy> proxy) {

    /** Whether anything is asked of who looks. */
    public boolean isGuarded() {
        return token.isPresent() || tokens.isPresent() || proxy.isPresent();
    }

    /**
     * An authenticating proxy.
     *
     * @param userHeader in which it names the person
     * @param from the addresses that it comes from
     */
    public record Proxy(String userHeader, List<AddressRange> from) {

        /** The header that oauth2-proxy and most others set. */
        public static final String USER_HEADER = "X-Forwarded-User";

        public Proxy {
            from = List.copyOf(from);
        }

        public boolean trusts(InetAddress address) {
            return from.stream().anyMatch(range -> range.contains(address));
        }
    }
}
