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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which commits are being read, written down on disk before and taken away after, so that the next process knows which it
 * was that this one died of. One that was being read at {@link #DEATHS} deaths is set aside: it is not read again until
 * another commit of its source was.
 *
 * <p>A file for each source, a line for each commit: its id, the deaths it was being read at, and whether it is being read.
 * Safe from any thread.
 */
public final class CommitMarkers {

    /** Deaths after which a commit is set aside; the first may have been another's fault. */
    static final int DEATHS = 2;

    private static final Logger log = LoggerFactory.getLogger(CommitMarkers.class);

    private static final String BEING_READ = "reading";
    private static final String SUFFIX = ".marker";

    private final Path directory;
    private final Map<String, SortedMap<String, Mark>> marks = new HashMap<>();

    /** @param readers how many are reading it now */
    private record Mark(int deaths, int readers) {

        boolean isWorthKeeping() {
            return readers > 0 || deaths >= DEATHS;
        }
    }

    private CommitMarkers(Path directory) {
        this.directory = directory;
    }

    /**
     * Counts what the process before this one died of.
     *
     * @param directory that nobody else writes to; made when the first marker is written
     */
    public static CommitMarkers open(Path directory) {
        CommitMarkers markers = new CommitMarkers(directory);
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
                    String name = file.getFileName().toString();
                    markers.load(name.substring(0, name.length() - SUFFIX.length()), lines(file));
                }
            } catch (IOException | UncheckedIOException e) {
                log.warn(
                        "{} cannot be read, so no commit counts as one that Tidewatch died of: {}",
                        directory,
                        e.toString());
            }
        }
        return markers;
    }

    /** A marker that cannot be read keeps nobody from starting. */
    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            log.warn("{} cannot be read and counts for nothing: {}", file, e.toString());
            return List.of();
        }
    }

    private void load(String source, List<String> lines) {
        SortedMap<String, Mark> found = new TreeMap<>();
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            if (words.length >= 2 && words[1].matches("\\d{1,3}")) {
                boolean died = words.length > 2 && words[2].equals(BEING_READ);
                found.put(words[0], new Mark(Integer.parseInt(words[1]) + (died ? 1 : 0), 0));
            }
        }
        marks.put(source, found);
    }

    /**
     * Whether some commit of this source was being read at a death, and not at enough of them to be set aside. It is read
     * before anything else runs, so that a second death is its own.
     */
    public synchronized boolean isSuspect(String source) {
        return marks.getOrDefault(source, new TreeMap<>()).values().stream()
                .anyMatch(mark -> mark.deaths() > 0 && mark.deaths() < DEATHS);
    }

    /** Whether a commit was being read at so many deaths that it is not read any more. */
    public synchronized boolean isSetAside(String source, String commit) {
        return of(source, commit).deaths() >= DEATHS;
    }

    /**
     * A commit is about to be read. The marker is on the disk when this returns.
     *
     * @throws UncheckedIOException when it cannot be written; it counts all the same while this process lives
     */
    public synchronized void begin(String source, String commit) {
        Mark mark = of(source, commit);
        marks.computeIfAbsent(source, any -> new TreeMap<>()).put(commit, new Mark(mark.deaths(), mark.readers() + 1));
        write(source);
    }

    /** It has been read, or could not be; this process lives. */
    public synchronized void end(String source, String commit) {
        Mark mark = of(source, commit);
        Mark after = new Mark(mark.deaths() >= DEATHS ? mark.deaths() : 0, Math.max(0, mark.readers() - 1));
        SortedMap<String, Mark> all = marks.getOrDefault(source, new TreeMap<>());
        if (after.isWorthKeeping()) {
            all.put(commit, after);
        } else {
            all.remove(commit);
        }
        write(source);
    }

    /** Another commit of this source was read: what was set aside may be tried again if it ever comes back. */
    public synchronized void forgetSetAside(String source) {
        SortedMap<String, Mark> all = marks.getOrDefault(source, new TreeMap<>());
        if (all.values().removeIf(mark -> mark.readers() == 0)) {
            write(source);
        }
    }

    /** The process ends in order: what is being read is nobody's death. */
    public synchronized void close() {
        for (Map.Entry<String, SortedMap<String, Mark>> source : marks.entrySet()) {
            source.getValue().replaceAll((commit, mark) -> new Mark(mark.deaths(), 0));
            source.getValue().values().removeIf(mark -> !mark.isWorthKeeping());
            write(source.getKey());
        }
    }

    private Mark of(String source, String commit) {
        return marks.getOrDefault(source, new TreeMap<>()).getOrDefault(commit, new Mark(0, 0));
    }

    private void write(String source) {
        SortedMap<String, Mark> all = marks.getOrDefault(source, new TreeMap<>());
        Path file = directory.resolve(source + SUFFIX);
        try {
            if (all.isEmpty()) {
                Files.deleteIfExists(file);
                return;
            }
            String text = all.entrySet().stream()
                    .map(entry -> entry.getKey() + " " + entry.getValue().deaths()
                            + (entry.getValue().readers() > 0 ? " " + BEING_READ : "") + "\n")
                    .collect(Collectors.joining());
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
        } catch (IOException e) {
            throw new UncheckedIOException("the marker of " + source + " cannot be written: " + e.getMessage(), e);
        }
    }
}
