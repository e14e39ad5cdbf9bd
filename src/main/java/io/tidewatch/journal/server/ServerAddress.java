package io.tidewatch.journal.server;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where the server is, and how to log in. Its text form holds no secret.
 *
 * @param jdbcUrl without a login in it
 * @param username asked again for each connection, so that a login that was replaced needs no restart
 * @param password asked again for each connection
 */
public record ServerAddress(
        String jdbcUrl, String schema, Optional<Supplier<String>> username, Optional<Supplier<String>> password) {

    /** The URL without its parameters, and the schema. */
    @Override
    public String toString() {
        int parameters = jdbcUrl.indexOf('?');
        return (parameters < 0 ? jdbcUrl : jdbcUrl.substring(0, parameters)) + ", schema " + schema;
    }
}
