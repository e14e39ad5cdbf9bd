package io.tidewatch.journal.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal's file in its directory: opened when it is used, and opened again when another file lies there. Not safe for use
 * by several threads.
 */
public final class JournalFile implements AutoCloseable {

    /** The first bytes of each SQLite database. */
    private static final byte[] HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private static final Logger log = LoggerFactory.getLogger(JournalFile.class);

    private final Path directory;
    private final long maxSize;
    private final Duration busyTimeout;
    private @Nullable Journal open;
    private Optional<Object> key = Optional.empty();

    /**
     * @param maxSize bytes to which {@link Journal#shrink} limits the file
     * @param busyTimeout how long each use waits for a lock of another process
     */
    public JournalFile(Path directory, long maxSize, Duration busyTimeout) {
        this.directory = directory;
        this.maxSize = maxSize;
        this.busyTimeout = busyTimeout;
    }

    public Path path() {
        return directory.resolve(Database.FILE);
    }

    public long maxSize() {
        return maxSize;
    }

    /**
     * The journal, if it is open and its file still lies there. SQLite itself would go on with a file that was deleted.
     *
     * @throws JournalException where the file was overwritten
     */
    public Optional<Journal> current() {
        if (open == null) {
            return Optional.empty();
        }
        checkHeader(path());
        return key.equals(keyOf(path())) ? Optional.of(open) : Optional.empty();
    }

    /**
     * Opens the file that lies there now, or a new file.
     *
     * @throws JournalException where it cannot be opened
     */
    public Journal reopen() {
        close();
        Journal journal = Journal.open(directory, maxSize, busyTimeout);
        open = journal;
        key = keyOf(path());
        return journal;
    }

    /**
     * Checks that the file still begins like a database; SQLite itself would go on with what it has in memory. A file that is
     * missing or empty is not damaged.
     *
     * @throws JournalException where the file is damaged
     */
    private static void checkHeader(Path file) {
        byte[] begin = new byte[HEADER.length];
        try (InputStream in = Files.newInputStream(file)) {
            int read = in.readNBytes(begin, 0, begin.length);
            if (read > 0 && !Arrays.equals(begin, HEADER)) {
                throw JournalException.damaged(file + " was overwritten: it is not an SQLite database any more");
            }
        } catch (NoSuchFileException gone) {
            return;
        } catch (IOException e) {
            throw new JournalException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Optional<Object> keyOf(Path path) {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /**
     * Moves the damaged file out of the way.
     *
     * @return its new place
     * @throws IOException where it cannot be moved
     */
    public Path setAside(Instant now) throws IOException {
        close();
        return DamagedFiles.move(path(), now);
    }

    @Override
    public void close() {
        try {
            if (open != null) {
                open.close();
            }
        } catch (JournalException e) {
            log.debug("The journal could not be closed", e);
        } finally {
            open = null;
            key = Optional.empty();
        }
    }
}
