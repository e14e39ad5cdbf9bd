package io.tidewatch.journal.server;

import io.tidewatch.journal.database.JournalException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Looks at a PostgreSQL without a change of it. */
public final class ServerProbe {

    private static final String ASKED = "SELECT current_setting('server_version'),"
            + " EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = ?),"
            + " has_database_privilege(current_database(), 'CREATE')";

    private ServerProbe() {}

    /**
     * @return the server's version, and whether the schema is there
     * @throws JournalException if there is no connection, or the schema is not there and may not be made
     */
    public static String of(ServerAddress address) {
        PostgresEngine engine = new PostgresEngine(address);
        try (Connection connection = engine.connect();
                PreparedStatement statement = connection.prepareStatement(ASKED)) {
            connection.setReadOnly(true);
            statement.setString(1, address.schema());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                boolean isThere = row.getBoolean(2);
                if (!isThere && !row.getBoolean(3)) {
                    throw new JournalException(
                            address + " is not there, and this user may not create it: grant CREATE on the database",
                            new SQLException("no privilege CREATE"),
                            JournalException.Reason.UNAVAILABLE);
                }
                return address + ": PostgreSQL " + row.getString(1)
                        + (isThere ? ", the schema is there" : ", the schema will be made");
            }
        } catch (SQLException e) {
            throw new JournalException(
                    address + " cannot be opened: " + JournalException.rootOf(e).getMessage(), e, engine.reasonOf(e));
        }
    }
}
