package io.tidewatch.journal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.journal.table.SampledUsage;
import io.tidewatch.journal.table.Statements;
import java.sql.Connection;
import java.sql.Statement;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** The room of the rows, against what was put in. */
class SampledUsageTest {

    private static final int LINES = 150_000;
    private static final int LINE = 300;

    /** Beyond 16 MiB a table is sampled; deleted rows do not count, although the files stay as large. */
    @Test
    void aLargeTableIsMeasuredBySamples() throws Exception {
        String instance = PostgresServer.shared().freshInstance();
        try (ServerSchema schema = PostgresSchemas.of(PostgresServer.shared(), instance, 256L << 20)) {
            schema.reopen();
        }
        try (Connection connection = PostgresServer.shared().connect();
                Statement statement = connection.createStatement()) {
            connection.setSchema(instance);
            SampledUsage usage = new SampledUsage(new Statements(() -> connection));
            long empty = usage.bytes();
            statement.execute("INSERT INTO diary (seq, at, code, line) SELECT n, n, 'available', repeat('z', " + LINE
                    + ") FROM generate_series(1, " + LINES + ") AS n");
            long full = usage.bytes();
            statement.execute("DELETE FROM diary WHERE seq > " + LINES / 3);
            long third = usage.bytes();

            assertThat(empty).isLessThan(1_000);
            assertThat(full).isGreaterThan(16L << 20).isCloseTo((LINE + 85L) * LINES, Percentage.withPercentage(15));
            assertThat(third).isCloseTo(full / 3, Percentage.withPercentage(30));
        }
    }
}
