package io.tidewatch.journal.file;

/** Counts the rows that a journal reads. */
public final class JournalRows {

    private JournalRows() {}

    public static long read(Journal journal) {
        return journal.rowsRead();
    }
}
