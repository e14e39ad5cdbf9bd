package io.tidewatch.git;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How an http(s) remote is reached.
 *
 * @param caFile certificates in PEM that are trusted instead of the JVM's; read anew with each connection
 */
public record Access(Optional<Credentials> login, Optional<Path> caFile, Optional<Proxy> proxy) {

    /** Straight, without a login, trusting whom the JVM trusts. */
    public static final Access OPEN = new Access(Optional.empty(), Optional.empty(), Optional.empty());

    /** A proxy that speaks HTTP; to an https remote it is asked for a tunnel. */
    public record Proxy(String host, int port, Optional<Credentials> login) {

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }
}
