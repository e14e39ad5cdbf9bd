package io.tidewatch.journal;

import io.tidewatch.journal.content.JournalListener;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;

/** The journal that the product uses, for tests in which nothing is wrong with its file. */
public final class QuietJournal {

    /** Bytes; far more than a test writes. */
    static final long MAX_SIZE = 256L << 20;

    static final JournalListener LISTENER = new JournalListener() {
        @Override
        public void trouble(String summary) {
            throw new AssertionError(summary);
        }

        @Override
        public void well(String summary) {}
    };

    private QuietJournal() {}

    /** @param codes of the lines of the diary that the journal keeps in memory */
    public static SafeJournal open(Path directory, Clock clock, Set<String> codes) {
        return SafeJournal.open(directory, clock, codes, MAX_SIZE, LISTENER);
    }
}
