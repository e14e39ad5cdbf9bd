package io.tidewatch.journal.file;

import io.tidewatch.journal.table.Tables;
import io.tidewatch.journal.table.Usage;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps the content of the file below a size: when the content is larger, the oldest rows that are not needed any more are deleted
 * until the content is smaller than nine tenths of the limit. Open incidents and waiting messages stay, even if they are larger.
 *
 * @param maxSize bytes
 */
record SizeLimit(Database database, Tables tables, Usage usage, long maxSize) {

    /** @return the number of deleted rows */
    int enforce() {
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
        return database.inOneTransaction(() -> {
            Optional<Instant> oldest = usage.endOfOldestTenth();
            return oldest.isEmpty() ? 0 : tables.forget(oldest.get().plusNanos(1));
        });
    }
}
