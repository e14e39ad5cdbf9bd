package io.tidewatch.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The bare repository on our own disk: a copy of one ref, and what the remote does not know: which commit was read
 * last, and which was applied. A folder that is not ours (no marker, or that of another URL) is never written to or deleted.
 */
final class Mirror implements AutoCloseable {

    /** What the remote's ref pointed at when it was last fetched. */
    static final String HEAD = "refs/tidewatch/head";

    /** Which commit's definitions were carried out last. */
    static final String APPLIED = "refs/tidewatch/applied";

    /** Which commit was read last, and came into force. */
    static final String READ = "refs/tidewatch/read";

    /** Where branches and tags lie while a commit is searched that the remote does not give away singly. */
    static final String SEARCHED = "refs/tidewatch/searched/";

    private static final String MARKER = "tidewatch-mirror";

    private final Repository repository;

    private Mirror(Repository repository) {
        this.repository = repository;
    }

    /** @throws DamagedMirror if what lies there is not whole */
    static Mirror open(Path directory, String url, boolean redirects, PullAttempt attempt) {
        try {
            if (!isEmpty(directory) && !Files.isRegularFile(directory.resolve(MARKER))) {
                throw unusable(
                        directory + " holds something that is not a mirror of ours; empty it or set another folder",
                        null);
            }
            if (Files.isRegularFile(directory.resolve(MARKER))
                    && !Files.readString(directory.resolve(MARKER)).equals(url)) {
                throw new DamagedMirror("it is a mirror of another repository", null);
            }
            boolean fresh = isEmpty(directory);
            if (fresh) {
                Files.createDirectories(directory);
                Files.writeString(directory.resolve(MARKER), url);
            }
            return new Mirror(repository(directory, fresh, redirects, attempt));
        } catch (IOException | UncheckedIOException e) {
            throw new DamagedMirror(String.valueOf(e.getMessage()), e);
        }
    }

    private static Repository repository(Path directory, boolean fresh, boolean redirects, PullAttempt attempt)
            throws IOException {
        FileRepositoryBuilder builder = new FileRepositoryBuilder();
        builder.setGitDir(directory.toFile()).setBare();
        builder.setMustExist(!fresh);
        Repository repository = MirrorRepository.of(builder, attempt);
        try {
            if (fresh) {
                repository.create(true);
            }
            repository.getConfig().setString("http", null, "followRedirects", redirects ? "initial" : "false");
            // In the background it would still be at work on a mirror that is being thrown away.
            repository.getConfig().setBoolean("gc", null, "autoDetach", false);
            // What is packed anew compares objects in memory; large ones are not worth it.
            repository.getConfig().setString("pack", null, "windowMemory", "16m");
            repository.getConfig().setString("pack", null, "deltaCacheSize", "8m");
            repository.getConfig().setString("pack", null, "bigFileThreshold", "4m");
            repository.getConfig().setInt("pack", null, "threads", 1);
            return repository;
        } catch (IOException | RuntimeException e) {
            repository.close();
            throw e;
        }
    }

    Repository repository() {
        return repository;
    }

    Optional<ObjectId> applied() throws IOException {
        return at(APPLIED);
    }

    Optional<ObjectId> read() throws IOException {
        return at(READ);
    }

    private Optional<ObjectId> at(String name) throws IOException {
        Ref ref = repository.exactRef(name);
        return ref == null ? Optional.empty() : Optional.ofNullable(ref.getObjectId());
    }

    void applied(ObjectId id) throws IOException {
        set(APPLIED, id);
    }

    /** Where the history begins. */
    Optional<ObjectId> head() throws IOException {
        Ref ref = repository.exactRef(HEAD);
        return ref == null ? Optional.empty() : Optional.ofNullable(ref.getObjectId());
    }

    void read(ObjectId id) throws IOException {
        set(READ, id);
    }

    /** Keeps an object from being collected, and says where the history begins. */
    void head(ObjectId id) throws IOException {
        set(HEAD, id);
    }

    private void set(String name, ObjectId id) throws IOException {
        RefUpdate update = repository.updateRef(name);
        update.setNewObjectId(id);
        update.disableRefLog();
        RefUpdate.Result result = update.forceUpdate();
        switch (result) {
            case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {}
            default -> throw new DamagedMirror(name + " cannot be written: " + result, null);
        }
    }

    boolean has(ObjectId id) throws IOException {
        return repository.getObjectDatabase().has(id);
    }

    @Override
    public void close() {
        repository.close();
    }

    /** A ref of ours, from a mirror that may be damaged otherwise; a bare file that holds one id. */
    static Optional<ObjectId> rescued(Path directory, String ref) {
        try {
            String id = Files.readString(directory.resolve(ref)).strip();
            return ObjectId.isId(id) ? Optional.of(ObjectId.fromString(id)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Throws a mirror of ours away; nothing in it is lost that the remote has not, but for what was applied. */
    static void delete(Path directory) {
        if (!Files.isRegularFile(directory.resolve(MARKER))) {
            throw unusable(directory + " is not a mirror of ours, and is left as it is", null);
        }
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (!file.equals(directory.resolve(MARKER))) {
                        Files.delete(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed)
                        throws IOException {
                    if (failed != null) {
                        throw failed;
                    }
                    if (folder.equals(directory)) {
                        // last of all, so that a half-deleted mirror is still known as ours
                        Files.delete(directory.resolve(MARKER));
                    }
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw unusable(directory + " cannot be deleted: " + e, e);
        }
    }

    static GitException unusable(String what, @Nullable Throwable cause) {
        return new GitException.MirrorUnusable("mirror: " + what, cause);
    }

    private static boolean isEmpty(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return true;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }
}
