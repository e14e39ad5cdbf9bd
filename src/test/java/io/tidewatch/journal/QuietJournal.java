package io.tidewatch.journal;

import io.tidewatch.journal.content.JournalListener;
import io.tidewatch.journal.file.JournalFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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

    /** On a slow machine the disk takes longer than a pass may wait, and a test then reads rows that are not written yet. */
    static final SafeJournal.Waits PATIENT = new SafeJournal.Waits(
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            JournalFile.DEFAULT_BUSY_TIMEOUT,
            Duration.ofSeconds(30));

    private QuietJournal() {}

    /** @param codes of the lines of the diary that the journal keeps in memory */
    public static SafeJournal open(Path directory, Clock clock, Set<String> codes) {
        return SafeJournal.open(directory, clock, codes, MAX_SIZE, LISTENER, PATIENT);
    }
}
