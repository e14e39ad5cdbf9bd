package io.tidewatch.git;

import io.tidewatch.model.Commit;
import io.tidewatch.model.Limits;
import io.tidewatch.model.StrangerText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * The files below a folder of one tree, and how two trees differ there. Symbolic links, submodules and binary files (a
 * zero byte near the beginning, as Git itself judges) are skipped: definitions are plain text.
 */
final class Snapshot {

    private static final int PROBE = 8000;

    private final String source;
    private final String path;
    private final Bounds bounds;
    private final String advice;

    Snapshot(String source, String path, Bounds bounds) {
        this(source, path, bounds, "set the source's path to the folder of the definitions");
    }

    /** @param advice what to do about a tree that is too large */
    Snapshot(String source, String path, Bounds bounds, String advice) {
        this.source = source;
        this.path = path;
        this.bounds = bounds;
        this.advice = advice;
    }

    /**
     * The limits of a source. A source beyond them is rejected before it fills the memory.
     *
     * @param entries of trees that are walked: files, folders, links, submodules
     * @param depth of folders
     * @param pathBytes of all paths together
     */
    record Bounds(int files, long fileBytes, long totalBytes, int entries, int depth, long pathBytes) {
        static final Bounds DEFAULT = new Bounds(
                Limits.FILES,
                Limits.FILE_BYTES,
                Limits.SOURCE_BYTES,
                Limits.TREE_ENTRIES,
                Limits.FOLDER_DEPTH,
                Limits.PATH_BYTES);
    }

    /** @param taken gets the path and the bytes of each text before it is kept; it may throw where the memory has no room */
    SortedMap<String, String> files(
            ObjectReader reader, RevTree tree, String commit, PullAttempt attempt, ObjIntConsumer<String> taken)
            throws IOException {
        ObjectId folder = folder(reader, tree)
                .orElseThrow(() -> new GitException.PathMissing(
                        source + ": there is no folder " + path + " at commit " + Commit.shortId(commit)));
        SortedMap<String, String> texts = new TreeMap<>();
        long total = 0;
        try (CountedWalk walk = new CountedWalk(reader, bounds.entries(), attempt)) {
            walk.trees().addTree(folder);
            while (walk.next()) {
                Optional<byte[]> bytes = text(walk.trees(), reader);
                if (bytes.isEmpty()) {
                    continue;
                }
                total += bytes.get().length;
                if (total > bounds.totalBytes()) {
                    throw tooLarge("holds more than " + mebibytes(bounds.totalBytes()) + " of text");
                }
                if (texts.size() == bounds.files()) {
                    throw tooLarge("holds more than " + bounds.files() + " files");
                }
                String file = walk.trees().getPathString();
                taken.accept(file, bytes.get().length);
                texts.put(file, decoded(bytes.get()));
            }
        }
        return texts;
    }

    /** The paths below the folder that differ; renames are a removal and an addition. */
    Set<String> changed(ObjectReader reader, RevTree before, RevTree after, PullAttempt attempt) throws IOException {
        Set<String> changed = new HashSet<>();
        try (CountedWalk walk = differences(reader, before, after, 2 * bounds.entries(), attempt)) {
            while (walk.next()) {
                changed.add(walk.trees().getPathString());
            }
        }
        return changed;
    }

    /** A walk over the differences below the folder: tree 0 is before, tree 1 is after. */
    CountedWalk differences(
            ObjectReader reader, @Nullable RevTree before, RevTree after, int entries, PullAttempt attempt)
            throws IOException {
        CountedWalk walk = new CountedWalk(reader, entries, attempt);
        try {
            add(walk.trees(), before == null ? Optional.empty() : folder(reader, before));
            add(walk.trees(), folder(reader, after));
            walk.trees().setFilter(TreeFilter.ANY_DIFF);
            return walk;
        } catch (IOException | RuntimeException e) {
            walk.close();
            throw e;
        }
    }

    /**
     * Walks trees and counts their entries. A few objects can name ten billion entries, and five thousand nested folders make a
     * path that costs the square of that.
     */
    final class CountedWalk implements AutoCloseable {

        private final TreeWalk trees;
        private final PullAttempt attempt;
        private final int most;
        private int entries;
        private long pathBytes;

        private CountedWalk(ObjectReader reader, int most, PullAttempt attempt) {
            this.trees = new TreeWalk(reader);
            this.most = most;
            this.attempt = attempt;
        }

        TreeWalk trees() {
            return trees;
        }

        /** How many entries were walked until now. */
        int entries() {
            return entries;
        }

        /** Goes to the next entry that is no folder. */
        boolean next() throws IOException {
            while (trees.next()) {
                count();
                if (!trees.isSubtree()) {
                    return true;
                }
                if (trees.getDepth() + 1 >= bounds.depth()) {
                    throw tooLarge("holds folders deeper than " + bounds.depth() + " levels, at "
                            + StrangerText.name(trees.getPathString()));
                }
                trees.enterSubtree();
            }
            return false;
        }

        private void count() {
            attempt.check();
            entries++;
            pathBytes += trees.getPathLength();
            if (entries > most) {
                throw tooLarge("holds more than " + most + " files, folders and links");
            }
            if (pathBytes > bounds.pathBytes()) {
                throw tooLarge("holds paths of more than " + mebibytes(bounds.pathBytes()));
            }
        }

        @Override
        public void close() {
            trees.close();
        }
    }

    /** The text of the object; empty where it is not text, or larger than a file may be. */
    Optional<String> text(ObjectReader reader, ObjectId object) throws IOException {
        ObjectLoader loader = reader.open(object, Constants.OBJ_BLOB);
        if (loader.getSize() > bounds.fileBytes()) {
            return Optional.empty();
        }
        byte[] bytes = loader.getBytes((int) bounds.fileBytes());
        return isBinary(bytes) ? Optional.empty() : Optional.of(decoded(bytes));
    }

    private Optional<byte[]> text(TreeWalk walk, ObjectReader reader) throws IOException {
        if (!isFile(walk.getFileMode(0))) {
            return Optional.empty();
        }
        ObjectLoader loader = reader.open(walk.getObjectId(0), Constants.OBJ_BLOB);
        if (loader.getSize() > bounds.fileBytes()) {
            try (var stream = loader.openStream()) {
                if (isBinary(stream.readNBytes(PROBE))) {
                    return Optional.empty();
                }
            }
            throw tooLarge(
                    StrangerText.name(walk.getPathString()) + " is larger than " + mebibytes(bounds.fileBytes()));
        }
        byte[] bytes = loader.getBytes((int) bounds.fileBytes());
        return isBinary(bytes) ? Optional.empty() : Optional.of(bytes);
    }

    private Optional<ObjectId> folder(ObjectReader reader, RevTree tree) throws IOException {
        if (path.isEmpty()) {
            return Optional.of(tree);
        }
        try (TreeWalk walk = TreeWalk.forPath(reader, path, tree)) {
            return walk == null || !FileMode.TREE.equals(walk.getFileMode(0))
                    ? Optional.empty()
                    : Optional.of(walk.getObjectId(0));
        }
    }

    private static void add(TreeWalk walk, Optional<ObjectId> folder) throws IOException {
        if (folder.isPresent()) {
            walk.addTree(folder.get());
        } else {
            walk.addTree(new EmptyTreeIterator());
        }
    }

    static boolean isFile(FileMode mode) {
        return FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode);
    }

    /** UTF-16 is kept, although it is unreadable: a file that was saved so by mistake must be reported, not ignored. */
    private static boolean isBinary(byte[] bytes) {
        if (bytes.length >= 2 && (bytes[0] & 0xff) + (bytes[1] & 0xff) == 0xff + 0xfe) {
            return false;
        }
        for (int i = 0; i < Math.min(bytes.length, PROBE); i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private static String decoded(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private GitException tooLarge(String part) {
        return new GitException.TooLarge(source + ": " + (path.isEmpty() ? "" : path + ": ") + part + "; " + advice);
    }

    static String mebibytes(long bytes) {
        return bytes >= 1 << 20 ? (bytes >> 20) + " MiB" : bytes + " bytes";
    }
}
