package io.tidewatch.journal.table;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** How old those rows are that are not needed any more. It reads all tables. */
public record OldestRows(Statements statements) {

    private static final String NOT_NEEDED = "(SELECT at FROM diary UNION ALL SELECT patched_at FROM step"
            + " UNION ALL SELECT at FROM diagnosis UNION ALL SELECT acknowledged_at FROM outbox WHERE acknowledged_at IS NOT NULL"
            + " UNION ALL SELECT ended_at FROM incident WHERE ended_at IS NOT NULL) AS not_needed";

    /** The instant of the last row of the oldest tenth of all rows that are not needed any more; empty where all are needed. */
    public Optional<Instant> endOfOldestTenth() throws SQLException {
        return statements
                .query(
                        row -> Statements.instant(row, "at"),
                        "SELECT at FROM " + NOT_NEEDED + " ORDER BY at LIMIT 1 OFFSET (SELECT COUNT(*) / 10 FROM "
                                + NOT_NEEDED + ")")
                .stream()
                .findFirst();
    }
}
