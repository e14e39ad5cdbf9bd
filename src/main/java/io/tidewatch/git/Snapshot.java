package io.tidewatch.git;

import io.tidewatch.model.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * The files below a folder of one tree, and how two trees differ there. Symbolic links, submodules and binary files (a
 * zero byte near the beginning, as Git itself judges) are passed over: definitions are plain text.
 */
final class Snapshot {

    private static final int PROBE = 8000;

    private final String source;
    private final String path;
    private final Bounds bounds;

    Snapshot(String source, String path, Bounds bounds) {
        this.source = source;
        this.path = path;
        this.bounds = bounds;
    }

    /** What definitions never exceed; beyond it a source is refused rather than memory filled. */
    record Bounds(int files, long fileBytes, long totalBytes) {
        static final Bounds DEFAULT = new Bounds(Limits.FILES, Limits.FILE_BYTES, Limits.SOURCE_BYTES);
    }

    SortedMap<String, String> files(ObjectReader reader, RevTree tree, String commit) throws IOException {
        ObjectId folder = folder(reader, tree)
                .orElseThrow(() -> new GitException.PathMissing(
                        source + ": there is no folder " + path + " at commit " + commit.substring(0, 7)));
        SortedMap<String, String> texts = new TreeMap<>();
        long total = 0;
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(folder);
            walk.setRecursive(true);
            while (walk.next()) {
                Optional<byte[]> bytes = text(walk, reader);
                if (bytes.isEmpty()) {
                    continue;
                }
                total += bytes.get().length;
                texts.put(walk.getPathString(), decoded(bytes.get()));
                if (texts.size() > bounds.files()) {
                    throw tooLarge("holds more than " + bounds.files() + " files");
                }
                if (total > bounds.totalBytes()) {
                    throw tooLarge("holds more than " + mebibytes(bounds.totalBytes()) + " of text");
                }
            }
        }
        return texts;
    }

    /** The paths below the folder that differ; renames are a removal and an addition. */
    Set<String> changed(ObjectReader reader, RevTree before, RevTree after) throws IOException {
        Set<String> changed = new HashSet<>();
        try (TreeWalk walk = new TreeWalk(reader)) {
            add(walk, folder(reader, before));
            add(walk, folder(reader, after));
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            while (walk.next()) {
                changed.add(walk.getPathString());
            }
        }
        return changed;
    }

    /** The object that a file below the folder is; the zero id where the tree has none. */
    ObjectId object(ObjectReader reader, RevTree tree, String file) throws IOException {
        try (TreeWalk walk = TreeWalk.forPath(reader, path.isEmpty() ? file : path + "/" + file, tree)) {
            return walk == null || !isFile(walk.getFileMode(0)) ? ObjectId.zeroId() : walk.getObjectId(0);
        }
    }

    /** What the object says; empty where it is not text, or larger than a file may be. */
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
            throw tooLarge(walk.getPathString() + " is larger than " + mebibytes(bounds.fileBytes()));
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

    private static boolean isFile(FileMode mode) {
        return FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode);
    }

    /** UTF-16 is kept, unreadable as it will be: a file saved so by mistake must be complained about, not vanish. */
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

    private GitException tooLarge(String what) {
        return new GitException.TooLarge(source + ": " + (path.isEmpty() ? "" : path + ": ") + what
                + "; let the source's path point at the definitions alone");
    }

    private static String mebibytes(long bytes) {
        return bytes >= 1 << 20 ? (bytes >> 20) + " MiB" : bytes + " bytes";
    }
}
