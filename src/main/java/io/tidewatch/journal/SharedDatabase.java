package io.tidewatch.journal;

import io.tidewatch.journal.database.Storage;
import io.tidewatch.journal.server.ServerAddress;
import io.tidewatch.journal.server.ServerProbe;
import io.tidewatch.journal.server.ServerSchema;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A PostgreSQL that the replicas of an instance share. Its text form holds no secret.
 *
 * @param jdbcUrl without a login in it
 * @param instance whose name the schema has
 * @param username asked again for each connection; the name of the process's user where it is empty
 * @param password asked again for each connection
 */
public record SharedDatabase(
        String jdbcUrl, String instance, Optional<Supplier<String>> username, Optional<Supplier<String>> password) {

    Storage storage(long maxSize) {
        return new ServerSchema(address(), maxSize);
    }

    /**
     * Connects, logs in, and changes nothing.
     *
     * @return the server's version, and whether the schema is there
     * @throws RuntimeException if there is no connection, or the schema is not there and may not be made; without secrets
     */
    public String probe() {
        return ServerProbe.of(address());
    }

    private ServerAddress address() {
        return new ServerAddress(jdbcUrl, instance, username, password);
    }

    @Override
    public String toString() {
        return jdbcUrl + ", schema " + instance;
    }
}
