package io.tidewatch.git;

import io.tidewatch.model.Limits;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.ProgressMonitor;

/**
 * One pull of one source. It counts the bytes that the pull receives, and another thread can end the pull through it: each loop
 * over data of a remote calls {@link #check}, and {@link #end} closes all connections of the pull.
 */
public final class PullAttempt {

    private final long maxBytes;
    private final long maxObjectBytes;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong wireBytes = new AtomicLong();
    private final AtomicLong packBytes = new AtomicLong();
    private volatile boolean ended;

    /** A pull that may receive up to {@link Limits#RECEIVED_BYTES}, and has no deadline of its own. */
    public PullAttempt() {
        this(Limits.RECEIVED_BYTES, MirrorRepository.maxObjectBytes());
    }

    PullAttempt(long maxBytes, long maxObjectBytes) {
        this.maxBytes = maxBytes;
        this.maxObjectBytes = maxObjectBytes;
    }

    /** Bytes of the largest object that is accepted. */
    long maxObjectBytes() {
        return maxObjectBytes;
    }

    /**
     * Ends the pull: closes its connections, and lets its next step throw. Any thread may call this, more than once. Closing a
     * connection may take as long as a read.
     */
    public void end() {
        ended = true;
        open.forEach(connection -> {
            try {
                connection.close();
            } catch (IOException | RuntimeException alreadyClosed) {
                // The connection is closed already.
            }
        });
    }

    /** @throws GitException.PullEnded once the pull has been ended from outside */
    void check() {
        if (ended) {
            throw new GitException.PullEnded();
        }
    }

    /** Adds a connection that {@link #end} closes. */
    void opened(Closeable connection) throws IOException {
        open.add(connection);
        if (ended) {
            connection.close();
            throw new IOException("the pull has been ended");
        }
    }

    /** Counts the bytes of an HTTP connection. */
    InputStream wire(InputStream from) {
        return new Counted(from, wireBytes);
    }

    /** Counts the bytes of a pack, over any protocol. */
    InputStream pack(InputStream from) {
        return new Counted(from, packBytes);
    }

    /** JGit calls this again and again while it receives data. */
    ProgressMonitor monitor() {
        return new EmptyProgressMonitor() {
            @Override
            public boolean isCancelled() {
                return ended;
            }
        };
    }

    /** The remote sends more than one pull may receive. */
    static final class TooMuch extends IOException {
        private static final long serialVersionUID = 1L;

        TooMuch(String message) {
            super(message);
        }
    }

    private final class Counted extends FilterInputStream {

        private final AtomicLong bytes;

        Counted(InputStream from, AtomicLong bytes) {
            super(from);
            this.bytes = bytes;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int more) throws IOException {
            if (ended) {
                throw new IOException("the pull has been ended");
            }
            if (bytes.addAndGet(more) > maxBytes) {
                throw new TooMuch("sends more than " + Snapshot.mebibytes(maxBytes) + " in one pull");
            }
        }
    }
}
