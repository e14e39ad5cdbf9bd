package io.tidewatch.git;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How an http(s) remote is reached.
 *
 * @param caFile certificates in PEM that are trusted instead of the JVM's; read again for each connection
 */
public record Access(Optional<Credentials> login, Optional<Path> caFile, Optional<Proxy> proxy) {

    /** Without proxy and login, with the JVM's trusted certificates. */
    public static final Access OPEN = new Access(Optional.empty(), Optional.empty(), Optional.empty());

    /** An HTTP proxy; an https remote is reached through a tunnel (CONNECT). */
    public record Proxy(String host, int port, Optional<Credentials> login) {

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }
}
