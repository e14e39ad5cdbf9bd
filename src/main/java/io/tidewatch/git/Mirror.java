package io.tidewatch.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The bare repository on the local disk. It is a copy of one ref of the remote, and it remembers which commit was read last and
 * which was applied last. A folder without the marker file of Tidewatch is never written to or deleted.
 */
final class Mirror implements AutoCloseable {

    /** The object that the remote's ref pointed at when it was last fetched. */
    static final String HEAD = "refs/tidewatch/head";

    /** The commit whose definitions were carried out last. */
    static final String APPLIED = "refs/tidewatch/applied";

    /** The commit that was read last and came into force. */
    static final String READ = "refs/tidewatch/read";

    /** The branches and tags that are fetched to find a commit that the remote does not send by its id. */
    static final String SEARCHED = "refs/tidewatch/searched/";

    private static final String MARKER = "tidewatch-mirror";

    private final Repository repository;

    private Mirror(Repository repository) {
        this.repository = repository;
    }

    /** @throws DamagedMirror if the folder is not a complete mirror of this URL */
    static Mirror open(Path directory, String url, boolean redirects, PullAttempt attempt) {
        try {
            if (!isEmpty(directory) && !Files.isRegularFile(directory.resolve(MARKER))) {
                throw unusable(
                        directory
                                + " contains files that are not a mirror of Tidewatch; empty it or set another folder",
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
            // A gc in the background would go on in a mirror that is being deleted.
            repository.getConfig().setBoolean("gc", null, "autoDetach", false);
            // Repacking compares objects in memory; large objects are not worth it.
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

    /** Sets the commit where the history begins, and keeps it from being collected as garbage. */
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

    /** Reads one of our refs from a mirror that may be damaged; the ref is a plain file with one id. */
    static Optional<ObjectId> refOfDamaged(Path directory, String ref) {
        try {
            String id = Files.readString(directory.resolve(ref)).strip();
            return ObjectId.isId(id) ? Optional.of(ObjectId.fromString(id)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Deletes a mirror. The remote has all of it but the refs {@link #READ} and {@link #APPLIED}. */
    static void delete(Path directory) {
        if (!Files.isRegularFile(directory.resolve(MARKER))) {
            throw unusable(directory + " is not a mirror of Tidewatch, and is not deleted", null);
        }
        try {
            // The marker goes last, so that a half-deleted mirror is still known as a mirror of Tidewatch.
            MarkedFolder.empty(directory, MARKER);
            Files.delete(directory.resolve(MARKER));
            Files.delete(directory);
        } catch (IOException e) {
            throw unusable(directory + " cannot be deleted: " + e, e);
        }
    }

    static GitException unusable(String problem, @Nullable Throwable cause) {
        return new GitException.MirrorUnusable("mirror: " + problem, cause);
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
