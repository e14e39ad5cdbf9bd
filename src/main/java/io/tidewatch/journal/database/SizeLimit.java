package io.tidewatch.journal.database;

import io.tidewatch.journal.table.OldestRows;
import io.tidewatch.journal.table.Tables;
import io.tidewatch.journal.table.Usage;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps the rows below a size: when they take more room, the oldest rows that are not needed any more are deleted until the others take
 * less than nine tenths of the limit. Open incidents and waiting messages stay, even if they are larger.
 */
final class SizeLimit {

    private final Database database;
    private final Tables tables;
    private final Usage usage;
    private final OldestRows oldest;
    private final long maxSize;
    private final long measuredAfter;

    /** Bytes that were written since the room was measured; at first, more than is ever written. */
    private long written = Long.MAX_VALUE / 2;

    /** @param maxSize bytes */
    SizeLimit(Database database, Engine engine, Tables tables, long maxSize) {
        this.database = database;
        this.tables = tables;
        this.usage = engine.usage(database.statements());
        this.oldest = new OldestRows(database.statements());
        this.maxSize = maxSize;
        this.measuredAfter = engine.measuredAfter(maxSize);
    }

    /** About so many bytes were written. */
    void wrote(long bytes) {
        written += bytes;
    }

    /** @return the number of deleted rows */
    int enforce() {
        if (written < measuredAfter) {
            return 0;
        }
        written = 0;
        int deleted = 0;
        if (size() > maxSize) {
            int now = deleteOldest();
            while (now > 0) {
                deleted += now;
                now = size() > maxSize / 10 * 9 ? deleteOldest() : 0;
            }
        }
        return deleted;
    }

    private long size() {
        return database.inOneTransaction(usage::bytes);
    }

    private int deleteOldest() {
        return database.write(() -> {
            Optional<Instant> end = oldest.endOfOldestTenth();
            return end.isEmpty() ? 0 : tables.forget(end.get().plusNanos(1));
        });
    }
}
