package io.tidewatch.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The commits of one source that are being read, or were being read at a death. It knows the text of a marker: a line for each
 * commit with its id, its number of deaths, and whether it is being read.
 */
final class SourceMarks {

    private static final String BEING_READ = "reading";

    private final String source;
    private final CommitMarkers.Disk disk;
    private final BooleanSupplier closed;

    /** Locked while the file is written, never while marks are read. */
    private final Object file = new Object();

    /** By commit. The map is replaced, never changed. */
    private volatile SortedMap<String, Mark> marks = new TreeMap<>();

    private volatile boolean unwritten;

    /**
     * A commit of the source.
     *
     * @param readers how many threads read the commit now
     */
    record Mark(int deaths, int readers) {

        private boolean isWorthKeeping() {
            return readers > 0 || deaths > 0;
        }
    }

    /** @param closed whether the process ends: then changes have no effect any more */
    SourceMarks(String source, CommitMarkers.Disk disk, BooleanSupplier closed) {
        this.source = source;
        this.disk = disk;
        this.closed = closed;
    }

    String source() {
        return source;
    }

    boolean any(Predicate<Mark> condition) {
        return marks.values().stream().anyMatch(condition);
    }

    Mark of(String commit) {
        return marks.getOrDefault(commit, new Mark(0, 0));
    }

    /** Takes the lines of the process before; a commit that was being read has died once more. */
    synchronized void load(List<String> lines) {
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
            if (closed.getAsBoolean()) {
                return;
            }
            replace(change);
        }
        write(failure -> {
            throw failure;
        });
    }

    /** Marks no commit as being read any more, and says whether the file must be written. */
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
                disk.write(source, text());
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
