package io.tidewatch.journal.table;

import io.tidewatch.model.report.Scope;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs SQL with its arguments on the connection that is open now, and converts instants to nanoseconds since 1970 as the tables hold them. */
public final class Statements {

    private static final long NANOS = 1_000_000_000L;

    private final Current connection;

    public Statements(Current connection) {
        this.connection = connection;
    }

    /** The connection that is open now. */
    public interface Current {
        Connection get() throws SQLException;
    }

    /** Reads one row. */
    public interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    int update(String sql, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepare(sql, arguments)) {
            return statement.executeUpdate();
        }
    }

    public <T> List<T> query(Row<T> reader, String sql, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepare(sql, arguments);
                ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(reader.of(rows));
            }
            return found;
        }
    }

    /** The condition of a query about an interval that leaves the rows of other targets out; goes with {@link #arguments}. */
    static String condition(Scope of) {
        String target = of.target().isPresent() ? " AND namespace = ? AND name = ?" : "";
        String places = of.namespaces()
                .map(some -> String.join(", ", Collections.nCopies(some.size(), "?")))
                .orElse("");
        if (of.namespaces().isPresent()) {
            return target + (places.isEmpty() ? " AND 1 = 0" : " AND namespace IN (" + places + ")");
        }
        return target;
    }

    /** The arguments of a query about an interval: its ends, those of the condition, and how many rows at most. */
    static Object[] arguments(Scope of, List<Instant> ends, int most) {
        List<Object> arguments = new ArrayList<>(ends);
        of.target().ifPresent(target -> {
            arguments.add(target.namespace());
            arguments.add(target.name());
        });
        of.namespaces().ifPresent(some -> some.stream().sorted().forEach(arguments::add));
        arguments.add(most);
        return arguments.toArray();
    }

    long nextSeq(String table) throws SQLException {
        return query(row -> row.getLong(1), "SELECT COALESCE(MAX(seq), 0) + 1 FROM " + table)
                .get(0);
    }

    private PreparedStatement prepare(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = connection.get().prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i] instanceof Instant instant ? nanos(instant) : arguments[i]);
        }
        return statement;
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        long nanos = row.getLong(column);
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
        Instant instant = instant(row, column);
        return row.wasNull() ? Optional.empty() : Optional.of(instant);
    }

    static Optional<String> optionalText(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    /** Instants beyond the years 1677 and 2262, such as {@link Instant#MAX} for "without end", become the last instant that fits. */
    private static long nanos(Instant instant) {
        BigInteger exact = BigInteger.valueOf(instant.getEpochSecond())
                .multiply(BigInteger.valueOf(NANOS))
                .add(BigInteger.valueOf(instant.getNano()));
        return exact.max(BigInteger.valueOf(Long.MIN_VALUE))
                .min(BigInteger.valueOf(Long.MAX_VALUE))
                .longValueExact();
    }
}
