package io.tidewatch.journal;

import io.tidewatch.journal.database.JournalException;
import io.tidewatch.journal.file.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock of a state directory, which only one process may use: two would send each message twice, and pull into one mirror at
 * the same time. The operating system releases the lock of a process that was killed.
 */
public final class StateLock implements AutoCloseable {

    private static final String FILE = "lock";
    private static final Logger log = LoggerFactory.getLogger(StateLock.class);

    private final FileChannel channel;

    private StateLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock, and creates the directory where it does not exist.
     *
     * @throws JournalException where another process has the lock, or the directory cannot be locked
     */
    public static StateLock take(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            PrivateFiles.directory(directory);
            PrivateFiles.file(file);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new JournalException("another tidewatch (process " + Files.readString(file)
                        + ") uses tidewatch.state.directory " + directory.toAbsolutePath()
                        + "; stop that process, or give each process its own directory");
            }
            sign(channel);
            return new StateLock(channel);
        } catch (IOException e) {
            throw new JournalException(
                    "tidewatch.state.directory " + directory.toAbsolutePath() + " cannot be written: "
                            + e.getClass().getSimpleName() + ", " + e.getMessage(),
                    e);
        }
    }

    /** Writes the process id, for people to read; on a full file system the lock works without it. */
    private static void sign(FileChannel channel) {
        try {
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException full) {
            log.warn("the process id could not be written into the lock: {}", full.getMessage());
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ours) {
            return null;
        }
    }

    /** Releases the lock. The file stays, because another process that waits for the lock may have it open. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
