package io.tidewatch.journal.file;

/** Counts what a journal reads. */
public final class JournalRows {

    private JournalRows() {}

    public static long read(Journal journal) {
        return journal.rowsRead();
    }
}
