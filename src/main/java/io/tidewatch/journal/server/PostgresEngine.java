package io.tidewatch.journal.server;

import io.tidewatch.journal.database.Engine;
import io.tidewatch.journal.database.JournalException.Reason;
import io.tidewatch.journal.database.Sharing;
import io.tidewatch.journal.table.ClaimTable;
import io.tidewatch.journal.table.SampledUsage;
import io.tidewatch.journal.table.Statements;
import io.tidewatch.journal.table.TenureTable;
import io.tidewatch.journal.table.Usage;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** One PostgreSQL. A transaction is on the disk of the server when it returns, as the server is configured. */
final class PostgresEngine implements Engine {

    private static final int CONNECT_SECONDS = 5;
    private static final int NEVER = 0;

    /** After which the connection counts as broken; longer than the server takes to end a statement. */
    private static final int SILENCE_SECONDS = 40;

    /**
     * The server ends what takes longer: a statement, a wait for a lock, and a transaction that nothing comes in, because this process
     * froze or was cut off.
     */
    static final String BOUNDS = "SET statement_timeout = '30s'; SET lock_timeout = '2s';"
            + " SET idle_in_transaction_session_timeout = '30s'";

    /** Parts of the size limit that are written before the rows are measured again. */
    private static final int MEASURED_PARTS = 20;

    private final ServerAddress address;

    /** This process, whatever happens to its connections. */
    private final String holder = UUID.randomUUID().toString();

    PostgresEngine(ServerAddress address) {
        this.address = address;
    }

    /** With the login of this moment. */
    PGSimpleDataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(address.jdbcUrl());
        source.setUser(address.username().map(Supplier::get).orElse(null));
        source.setPassword(address.password().map(Supplier::get).orElse(null));
        source.setCurrentSchema('"' + address.schema() + '"');
        source.setApplicationName("tidewatch");
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(SILENCE_SECONDS);
        source.setTcpKeepAlive(true);
        source.setLogServerErrorDetail(false);
        source.setPrepareThreshold(NEVER); // a plan kept by the server fails once another version adds a column
        return source;
    }

    @Override
    public Connection connect() throws SQLException {
        Connection connection = source().getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(BOUNDS);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** A fault of the server's own files is not ours to set aside: it is waited for, as all others. */
    @Override
    public Reason reasonOf(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return reasonOf(sql.getSQLState());
            }
        }
        return Reason.UNAVAILABLE;
    }

    /** By the classes of PostgreSQL's appendix A. */
    private static Reason reasonOf(@Nullable String state) {
        String code = state == null ? "" : state;
        if (code.equals("53100")) {
            return Reason.FULL;
        }
        if (code.equals("55P03")) {
            return Reason.LOCKED;
        }
        if (code.startsWith("08") || code.startsWith("57P") || code.startsWith("53")) {
            return Reason.AWAY;
        }
        return code.startsWith("22") || code.startsWith("23") ? Reason.UNFIT : Reason.UNAVAILABLE;
    }

    @Override
    public Sharing sharing(Statements statements) {
        return new ServerSharing(new TenureTable(statements, holder), new ClaimTable(statements, holder));
    }

    @Override
    public Usage usage(Statements statements) {
        return new SampledUsage(statements);
    }

    @Override
    public long measuredAfter(long maxSize) {
        return maxSize / MEASURED_PARTS;
    }
}
