package io.tidewatch.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which commits are being read. A marker is written before a commit is read and removed after, so that the next process knows
 * which commit was being read when this process died. A commit that was being read at {@link #DEATHS} deaths is set aside: it is
 * not read again until another commit of its source was read.
 *
 * <p>Each source has a file, with a line for each commit: its id, the number of deaths while it was being read, and whether it is
 * being read. Any thread may call. Writing waits for the disk; reading does not, and no source waits for the file of another.
 */
public final class CommitMarkers {

    /** Deaths after which a commit is set aside; the first death may have had another reason. */
    static final int DEATHS = 2;

    private static final Logger log = LoggerFactory.getLogger(CommitMarkers.class);

    /** How long {@link #close} waits for a disk that does not answer. */
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    private final Disk disk;
    private final Map<String, SourceMarks> sources = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Where the markers of a source are written. */
    @FunctionalInterface
    interface Disk {

        /** Replaces the text; it is on the disk when this returns. An empty text deletes the file. */
        void write(String source, String text) throws IOException;
    }

    private CommitMarkers(Disk disk) {
        this.disk = disk;
    }

    /**
     * Reads the markers of the process before, and counts its death for the commits that it was reading.
     *
     * @param directory that no other process writes to; created with the first marker
     */
    public static CommitMarkers open(Path directory) {
        MarkerFiles files = new MarkerFiles(directory);
        return open(files, files);
    }

    static CommitMarkers open(MarkerFiles files, Disk disk) {
        CommitMarkers markers = new CommitMarkers(disk);
        files.read().forEach((source, lines) -> markers.of(source).load(lines));
        return markers;
    }

    /**
     * Whether a commit of this source was being read at a death, and is not set aside. It is read before anything else runs, so
     * that it is certain to be the reason of a second death.
     */
    public boolean isSuspect(String source) {
        return of(source).any(mark -> mark.deaths() > 0 && mark.deaths() < DEATHS);
    }

    /** Whether a commit was being read at too many deaths, and is not read any more. */
    public boolean isSetAside(String source, String commit) {
        return of(source).of(commit).deaths() >= DEATHS;
    }

    /**
     * A commit is about to be read. The marker is on the disk when this returns, except after {@link #close}.
     *
     * @throws UncheckedIOException when it cannot be written; the commit counts as being read all the same
     */
    public void begin(String source, String commit) {
        SourceMarks marked = of(source);
        marked.change(marks -> {
            SourceMarks.Mark mark = marked.of(commit);
            marks.put(commit, new SourceMarks.Mark(mark.deaths(), mark.readers() + 1));
        });
    }

    /** The commit was read or could not be read, and this process lives. */
    public void end(String source, String commit) {
        SourceMarks marked = of(source);
        marked.change(marks -> {
            SourceMarks.Mark mark = marked.of(commit);
            marks.put(
                    commit,
                    new SourceMarks.Mark(mark.deaths() >= DEATHS ? mark.deaths() : 0, Math.max(0, mark.readers() - 1)));
        });
    }

    /** Another commit of this source was read: a commit that was set aside may be tried again. */
    public void forgetSetAside(String source) {
        SourceMarks marked = of(source);
        if (marked.any(mark -> mark.readers() == 0)) {
            marked.change(marks -> marks.values().removeIf(mark -> mark.readers() == 0));
        }
    }

    /**
     * The process ends in order: the commits that are being read have no part in it, and later calls change nothing. Deaths
     * that were counted before stay counted.
     */
    public void close() {
        close(LONGEST_CLOSE);
    }

    /** @param timeout how long all files together may take; a file that hangs does not stop the others */
    void close(Duration timeout) {
        closed = true;
        Queue<UncheckedIOException> failures = new ConcurrentLinkedQueue<>();
        Map<Thread, SourceMarks> writers = new LinkedHashMap<>();
        for (SourceMarks marked : sources.values()) {
            if (marked.isToBeWrittenAtTheEnd()) {
                Thread writer = new Thread(() -> marked.write(failures::add), "tidewatch-marker-" + marked.source());
                writer.setDaemon(true);
                writers.put(writer, marked);
                writer.start();
            }
        }
        long end = System.nanoTime() + timeout.toNanos();
        writers.forEach((writer, marked) -> {
            if (!endsBefore(end, writer)) {
                log.warn(
                        "source {}: its marker is not written after {} s; the commit that was being read may count as a reason of death",
                        marked.source(),
                        timeout.toSeconds());
            }
        });
        throwAll(new ArrayList<>(failures));
    }

    /** A thread that stops the process is often interrupted, and must wait all the same. */
    private static boolean endsBefore(long end, Thread writer) {
        boolean interrupted = false;
        try {
            while (writer.isAlive()) {
                long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
                if (left <= 0) {
                    return false;
                }
                try {
                    writer.join(left);
                } catch (InterruptedException stopping) {
                    interrupted = true;
                }
            }
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void throwAll(List<UncheckedIOException> failures) {
        if (!failures.isEmpty()) {
            UncheckedIOException first = failures.get(0);
            failures.subList(1, failures.size()).forEach(first::addSuppressed);
            throw first;
        }
    }

    private SourceMarks of(String source) {
        return sources.computeIfAbsent(source, name -> new SourceMarks(name, disk, () -> closed));
    }
}
