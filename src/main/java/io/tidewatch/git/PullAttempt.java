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
 * One pull of one source: it counts what the pull uses up, and it is how the pull is ended from outside. Every loop over
 * what a remote or a tree holds asks {@link #check}; every connection is known here, so that {@link #end} can close it.
 */
public final class PullAttempt {

    private final long maxBytes;
    private final long maxObjectBytes;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong wireBytes = new AtomicLong();
    private final AtomicLong packBytes = new AtomicLong();
    private volatile boolean ended;

    /** Takes up to {@link Limits#RECEIVED_BYTES} from the remote, and goes on until somebody ends it. */
    public PullAttempt() {
        this(Limits.RECEIVED_BYTES, MirrorRepository.maxObjectBytes());
    }

    PullAttempt(long maxBytes, long maxObjectBytes) {
        this.maxBytes = maxBytes;
        this.maxObjectBytes = maxObjectBytes;
    }

    /** Bytes of the largest object that is taken. */
    long maxObjectBytes() {
        return maxObjectBytes;
    }

    /**
     * Ends the pull: its connections are closed, and whatever it does next throws. May be called by any thread, more than
     * once; closing a connection may itself take as long as a read does.
     */
    public void end() {
        ended = true;
        open.forEach(connection -> {
            try {
                connection.close();
            } catch (IOException | RuntimeException alreadyClosed) {
                // it is to be gone, and it is
            }
        });
    }

    /** @throws GitException.PullEnded once the pull has been ended from outside */
    void check() {
        if (ended) {
            throw new GitException.PullEnded();
        }
    }

    /** A connection that {@link #end} closes. */
    void opened(Closeable connection) throws IOException {
        open.add(connection);
        if (ended) {
            connection.close();
            throw new IOException("the pull has been ended");
        }
    }

    /** What an HTTP connection brings. */
    InputStream wire(InputStream from) {
        return new Counted(from, wireBytes);
    }

    /** What a pack holds, however it comes. */
    InputStream pack(InputStream from) {
        return new Counted(from, packBytes);
    }

    /** JGit asks it again and again while it receives. */
    ProgressMonitor monitor() {
        return new EmptyProgressMonitor() {
            @Override
            public boolean isCancelled() {
                return ended;
            }
        };
    }

    /** More came than a pull may bring. */
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
