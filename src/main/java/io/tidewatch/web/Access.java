package io.tidewatch.web;

import io.tidewatch.model.definition.SecretText;
import io.tidewatch.view.Audience;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;

/** Who may look. Each method is asked at each request, so that a file that changed counts at once. */
public interface Access {

    /** Who a bearer token stands for, by token; empty: no token is needed. */
    Map<String, Audience> tokens();

    /** The header in which a proxy names the person that it has authenticated; absent: there is no proxy. */
    default Optional<String> userHeader() {
        return Optional.empty();
    }

    /** Whether that header counts from this address. */
    default boolean trusts(InetAddress address) {
        return false;
    }

    /** The host by which people find the page, with its port if it has one; absent: it is not known. */
    default Optional<String> publicHost() {
        return Optional.empty();
    }

    /** No token, no proxy: for a server on loopback. */
    static Access open() {
        return Map::of;
    }

    /** One token that sees everything. */
    static Access token(Optional<SecretText> token) {
        return () -> token.map(known -> Map.of(known.get(), Audience.ALL)).orElse(Map.of());
    }
}
