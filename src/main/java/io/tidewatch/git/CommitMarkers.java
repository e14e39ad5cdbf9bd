package io.tidewatch.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private static final String BEING_READ = "reading";
    private static final String SUFFIX = ".marker";

    private final Path directory;
    private final Disk disk;
    private final Map<String, Marked> sources = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Where the markers of a source are written. */
    @FunctionalInterface
    interface Disk {

        /** Replaces the text; it is on the disk when this returns. An empty text deletes the file. */
        void write(Path directory, String source, String text) throws IOException;
    }

    /** @param readers how many threads read the commit now */
    private record Mark(int deaths, int readers) {

        boolean isWorthKeeping() {
            return readers > 0 || deaths > 0;
        }
    }

    private CommitMarkers(Path directory, Disk disk) {
        this.directory = directory;
        this.disk = disk;
    }

    /**
     * Reads the markers of the process before, and counts its death for the commits that it was reading.
     *
     * @param directory that no other process writes to; created with the first marker
     */
    public static CommitMarkers open(Path directory) {
        return open(directory, CommitMarkers::write);
    }

    static CommitMarkers open(Path directory, Disk disk) {
        CommitMarkers markers = new CommitMarkers(directory, disk);
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
                    String name = file.getFileName().toString();
                    markers.of(name.substring(0, name.length() - SUFFIX.length()))
                            .load(lines(file));
                }
            } catch (IOException | UncheckedIOException e) {
                log.warn("{} cannot be read: {}. No commit is set aside", directory, e.toString());
            }
        }
        return markers;
    }

    /** A marker that cannot be read does not prevent a start. */
    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            log.warn("{} cannot be read and is ignored: {}", file, e.toString());
            return List.of();
        }
    }

    /**
     * Whether a commit of this source was being read at a death, and is not set aside. It is read before anything else runs, so
     * that it is certain to be the reason of a second death.
     */
    public boolean isSuspect(String source) {
        return of(source).marks.values().stream().anyMatch(mark -> mark.deaths() > 0 && mark.deaths() < DEATHS);
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
        Marked marked = of(source);
        marked.change(marks -> {
            Mark mark = marked.of(commit);
            marks.put(commit, new Mark(mark.deaths(), mark.readers() + 1));
        });
    }

    /** The commit was read or could not be read, and this process lives. */
    public void end(String source, String commit) {
        Marked marked = of(source);
        marked.change(marks -> {
            Mark mark = marked.of(commit);
            marks.put(commit, new Mark(mark.deaths() >= DEATHS ? mark.deaths() : 0, Math.max(0, mark.readers() - 1)));
        });
    }

    /** Another commit of this source was read: a commit that was set aside may be tried again. */
    public void forgetSetAside(String source) {
        Marked marked = of(source);
        if (marked.marks.values().stream().anyMatch(mark -> mark.readers() == 0)) {
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
        Map<Thread, Marked> writers = new LinkedHashMap<>();
        for (Marked marked : sources.values()) {
            if (marked.isToBeWrittenAtTheEnd()) {
                Thread writer = new Thread(() -> marked.write(failures::add), "tidewatch-marker-" + marked.source);
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
                        marked.source,
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

    private Marked of(String source) {
        return sources.computeIfAbsent(source, Marked::new);
    }

    /** The commits of one source. */
    private final class Marked {

        private final String source;

        /** Locked while the file is written, never while marks are read. */
        private final Object file = new Object();

        /** By commit. The map is replaced, never changed. */
        private volatile SortedMap<String, Mark> marks = new TreeMap<>();

        private volatile boolean unwritten;

        Marked(String source) {
            this.source = source;
        }

        Mark of(String commit) {
            return marks.getOrDefault(commit, new Mark(0, 0));
        }

        private synchronized void load(List<String> lines) {
            SortedMap<String, Mark> found = new TreeMap<>();
            for (String line : lines) {
                String[] words = line.split(" ", -1);
                if (words.length >= 2 && words[1].matches("\\d{1,3}")) {
                    boolean died = words.length > 2 && words[2].equals(BEING_READ);
                    found.put(words[0], new Mark(Integer.parseInt(words[1]) + (died ? 1 : 0), 0));
                }
            }
            marks = found;
        }

        /** The change is on the disk when this returns. */
        void change(Consumer<SortedMap<String, Mark>> change) {
            synchronized (this) {
                if (closed) {
                    return;
                }
                replace(change);
            }
            write(failure -> {
                throw failure;
            });
        }

        synchronized boolean isToBeWrittenAtTheEnd() {
            if (marks.values().stream().anyMatch(mark -> mark.readers() > 0)) {
                replace(all -> all.replaceAll((commit, mark) -> new Mark(mark.deaths(), 0)));
            }
            return unwritten;
        }

        private void replace(Consumer<SortedMap<String, Mark>> change) {
            SortedMap<String, Mark> fresh = new TreeMap<>(marks);
            change.accept(fresh);
            fresh.values().removeIf(mark -> !mark.isWorthKeeping());
            marks = fresh;
            unwritten = true;
        }

        /** Writes the marks as they are now, which may be newer than the change of the caller. */
        void write(Consumer<UncheckedIOException> failed) {
            synchronized (file) {
                unwritten = false;
                try {
                    disk.write(directory, source, text());
                } catch (IOException e) {
                    unwritten = true;
                    failed.accept(new UncheckedIOException(
                            "the marker of " + source + " cannot be written: " + e.getMessage(), e));
                }
            }
        }

        private String text() {
            return marks.entrySet().stream()
                    .map(entry -> entry.getKey() + " " + entry.getValue().deaths()
                            + (entry.getValue().readers() > 0 ? " " + BEING_READ : "") + "\n")
                    .collect(Collectors.joining());
        }
    }

    private static void write(Path directory, String source, String text) throws IOException {
        Path file = directory.resolve(source + SUFFIX);
        if (text.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        Files.createDirectories(directory);
        Path fresh = directory.resolve(source + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
