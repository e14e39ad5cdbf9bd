package io.tidewatch.journal.database;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Where the journal lies: opened when it is used, and opened again after a failure. Not safe for use by several threads. */
public interface Storage extends AutoCloseable {

    /** The place in words that people are shown, for example the path of a file. It holds no secret. */
    String place();

    /** Whether other processes use the same tables, so that a message must be claimed before it is sent. */
    boolean isShared();

    /** Bytes to which {@link Journal#shrink} limits the rows. */
    long maxSize();

    /**
     * The journal, if it is open and can be used on.
     *
     * @throws JournalException where it was found damaged
     */
    Optional<Journal> current();

    /**
     * Opens the journal that lies there now, or begins a new one, and migrates an older one.
     *
     * @throws JournalException where it cannot be opened
     */
    Journal reopen();

    /**
     * Moves a damaged journal out of the way.
     *
     * @return its new place; empty where nothing can be moved
     * @throws IOException where it should be moved, and cannot be
     */
    Optional<String> setAside(Instant now) throws IOException;

    /** Never throws. */
    @Override
    void close();
}
