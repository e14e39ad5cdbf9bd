package io.tidewatch.journal;

import io.tidewatch.journal.database.Storage;
import io.tidewatch.journal.server.ServerAddress;
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
        return new ServerSchema(new ServerAddress(jdbcUrl, instance, username, password), maxSize);
    }

    @Override
    public String toString() {
        return jdbcUrl + ", schema " + instance;
    }
}
