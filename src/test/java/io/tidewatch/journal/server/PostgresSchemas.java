package io.tidewatch.journal.server;

import java.util.Optional;

/** The schemas of instances on a server, as the product opens them. */
public final class PostgresSchemas {

    private PostgresSchemas() {}

    public static ServerSchema of(PostgresServer server, String instance, long maxSize) {
        return at(server.port(), server, instance, maxSize);
    }

    /** Over another port, behind which the server is. */
    public static ServerSchema at(int port, PostgresServer server, String instance, long maxSize) {
        return new ServerSchema(
                new ServerAddress(
                        server.url().replace(":" + server.port(), ":" + port),
                        instance,
                        Optional.of(() -> PostgresServer.USER),
                        Optional.of(() -> PostgresServer.PASSWORD)),
                maxSize);
    }
}
