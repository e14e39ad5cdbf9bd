package io.tidewatch.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal's file in its directory: opened when it is used, and opened again when another file lies there. Not safe for use
 * by several threads.
 */
final class JournalFile {

    private static final Logger log = LoggerFactory.getLogger(JournalFile.class);

    private final Path directory;
    private final long maxSize;
    private @Nullable Journal open;
    private Optional<Object> key = Optional.empty();

    JournalFile(Path directory, long maxSize) {
        this.directory = directory;
        this.maxSize = maxSize;
    }

    Path path() {
        return directory.resolve(Journal.FILE);
    }

    /**
     * The journal, if it is open and its file still lies there. SQLite itself would go on with a file that was deleted.
     *
     * @throws JournalException where the file was overwritten
     */
    Optional<Journal> current() {
        if (open == null) {
            return Optional.empty();
        }
        Journal.checkHeader(path());
        return key.equals(keyOf(path())) ? Optional.of(open) : Optional.empty();
    }

    /**
     * Opens the file that lies there now, or a new one.
     *
     * @throws JournalException where it cannot be opened
     */
    Journal reopen() {
        close();
        Journal journal = Journal.open(directory, maxSize);
        open = journal;
        key = keyOf(path());
        return journal;
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
     */
    Path setAside(Instant now) throws IOException {
        close();
        return DamagedFiles.move(path(), now);
    }

    void close() {
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
