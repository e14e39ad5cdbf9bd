package io.tidewatch.journal.file;

import io.tidewatch.journal.database.Journal;
import io.tidewatch.journal.database.JournalException;
import io.tidewatch.journal.database.JournalException.Reason;
import io.tidewatch.journal.database.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal's SQLite file in its directory: opened when it is used, and opened again when another file lies there. Not safe for use
 * by several threads.
 */
public final class JournalFile implements Storage {

    /** How long each use waits for a lock of another process. */
    public static final Duration DEFAULT_BUSY_TIMEOUT = Duration.ofSeconds(1);

    private static final String FILE = "journal.db";

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

    private Path path() {
        return directory.resolve(FILE);
    }

    @Override
    public String place() {
        return path().toString();
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public long maxSize() {
        return maxSize;
    }

    /**
     * The journal, if it is open and its file still lies there. SQLite itself would go on with a file that was deleted.
     *
     * @throws JournalException where the file was overwritten
     */
    @Override
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
    @Override
    public Journal reopen() {
        close();
        Journal journal = open(directory, maxSize, busyTimeout);
        open = journal;
        key = keyOf(path());
        return journal;
    }

    /**
     * Opens the journal in this directory. It creates the directory and the file where they do not exist, and migrates an older file. A file
     * that a later version has migrated is used as it is: its migrations only add.
     *
     * @param maxSize the limit of {@link Journal#shrink} in bytes; a file of twice that size is full
     * @param busyTimeout how long each use waits for a lock of another process
     * @throws JournalException where the file cannot be written, or is no journal
     */
    private static Journal open(Path directory, long maxSize, Duration busyTimeout) {
        Path file = directory.resolve(FILE);
        SqliteEngine engine = new SqliteEngine(file, maxSize, busyTimeout);
        try {
            PrivateFiles.directory(directory);
            PrivateFiles.file(file);
            engine.checkThatUnlocked();
            Flyway.configure()
                    .dataSource(engine.source())
                    .locations("classpath:db/migration")
                    .ignoreMigrationPatterns("*:future")
                    .load()
                    .migrate();
            return Journal.open(engine, maxSize);
        } catch (IOException | SQLException | FlywayException e) {
            throw new JournalException(
                    file + " cannot be opened: " + JournalException.rootOf(e).getMessage(), e, engine.reasonOf(e));
        }
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
                throw new JournalException(
                        file + " was overwritten: it is not an SQLite database any more", Reason.DAMAGED);
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

    @Override
    public Optional<String> setAside(Instant now) throws IOException {
        close();
        return Optional.of(DamagedFiles.move(path(), now).toString());
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
