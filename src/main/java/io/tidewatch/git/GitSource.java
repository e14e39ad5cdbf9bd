package io.tidewatch.git;

import io.tidewatch.model.Checkout;
import io.tidewatch.model.Commit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * One ref of one remote. Asks whether it moved (one round trip when it has not), mirrors what it points at, whatever it
 * pointed at before, and reads the files at that commit. A mirror that is not whole is thrown away and made anew.
 *
 * <p>What was applied is remembered in the mirror, so that after a restart only what changed since then counts as changed.
 * Used by one thread at a time: every method but {@link #applied} waits for the one before it.
 */
public final class GitSource {

    private final String name;
    private final Path directory;
    private final String url;
    private final boolean redirects;
    private final Remote remote;
    private final Snapshot snapshot;
    private final AtomicReference<@Nullable ObjectId> appliedSince = new AtomicReference<>();
    private @Nullable ObjectId advertised;
    private @Nullable ObjectId handedOut;

    /**
     * @param name the source's configured name
     * @param url {@code file:}, {@code http:} or {@code https:}, without a login in it
     * @param ref a branch, a tag, or a full commit id
     * @param path the folder below which files are read; empty: all of them
     * @param localDirectory the mirror's own folder, which need not exist
     */
    public GitSource(String name, String url, String ref, String path, Access access, Path localDirectory) {
        this(name, url, ref, path, access, localDirectory, Snapshot.Bounds.DEFAULT);
    }

    GitSource(
            String name,
            String url,
            String ref,
            String path,
            Access access,
            Path localDirectory,
            Snapshot.Bounds bounds) {
        this.name = name;
        this.url = url;
        this.directory = localDirectory;
        // A redirect would be told the login too.
        this.redirects = access.login().isEmpty();
        this.remote = new Remote(name, url, ref, access);
        this.snapshot = new Snapshot(name, path.replaceAll("^(\\.?/)+|/+$|^\\.$", ""), bounds);
    }

    public String name() {
        return name;
    }

    /**
     * What the ref points at now; empty when that is what was handed out last. {@link Checkout#changed} counts from the
     * commit handed out last, after a restart from the one applied last, and is all files where neither is known.
     *
     * @throws GitException when it cannot be known; the next pull asks anew
     */
    public synchronized Optional<Checkout> pull() {
        return mended(this::pull);
    }

    /**
     * What a file said at the commits that changed it, newest first, from the commit handed out last on; read as the stream
     * is drawn. Versions in which the file is missing or not text are left out. The stream must be closed.
     *
     * @param path below the source's path
     */
    public synchronized Stream<PastText> pastTexts(String path) {
        if (handedOut == null) {
            return Stream.empty();
        }
        Mirror mirror = open();
        PastTexts history = new PastTexts(mirror.repository(), snapshot, handedOut, path);
        return history.stream().onClose(mirror::close);
    }

    /**
     * What the source held at an earlier commit, from the mirror alone and beside a pull.
     *
     * @param commit the full id, from wherever; it need not exist
     * @return empty where it is not in the history of what the ref pointed at last
     * @throws GitException when the mirror cannot be read
     */
    public Optional<Checkout> past(String commit) {
        if (!ObjectId.isId(commit)) {
            return Optional.empty();
        }
        try (Mirror mirror = open();
                RevWalk walk = new RevWalk(mirror.repository())) {
            Optional<ObjectId> head = mirror.head();
            ObjectId id = ObjectId.fromString(commit);
            if (head.isEmpty() || !mirror.has(id)) {
                return Optional.empty();
            }
            RevCommit earlier = walk.parseCommit(id);
            if (!walk.isMergedInto(earlier, walk.parseCommit(head.get()))) {
                return Optional.empty();
            }
            SortedMap<String, String> files = snapshot.files(walk.getObjectReader(), earlier.getTree(), earlier.name());
            return Optional.of(new Checkout(described(earlier), files, files.keySet()));
        } catch (IncorrectObjectTypeException notACommit) {
            return Optional.empty();
        } catch (IOException e) {
            throw Mirror.unusable("commit " + commit + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** @param commit the id of the commit that brought this text */
    public record PastText(String commit, String text) {}

    /**
     * Remembers that this commit's definitions were carried out. Returns at once, whatever a pull is waiting for: the
     * mirror is told by the next pull.
     */
    public void applied(Commit commit) {
        appliedSince.set(ObjectId.fromString(commit.id()));
    }

    /** The id of the commit that was applied last, as far as the mirror knows. */
    public synchronized Optional<String> lastApplied() {
        return mended(mirror -> mirror.applied().map(ObjectId::name));
    }

    /** A commit that the mirror does not hold any more, after it was made anew, is not worth remembering. */
    private void rememberApplied(Mirror mirror) throws IOException {
        ObjectId id = appliedSince.getAndSet(null);
        if (id != null && mirror.has(id)) {
            mirror.applied(id);
        }
    }

    private Optional<Checkout> pull(Mirror mirror) throws IOException {
        rememberApplied(mirror);
        Optional<ObjectId> moved = remote.fixedId().isPresent() ? fixed(mirror) : fetched(mirror);
        if (moved.isEmpty()) {
            return Optional.empty();
        }
        Optional<Checkout> checkout = checkout(mirror, moved.get());
        advertised = moved.get();
        return checkout;
    }

    private Optional<ObjectId> fixed(Mirror mirror) throws IOException {
        ObjectId id = remote.fixedId().orElseThrow();
        if (id.equals(advertised)) {
            return Optional.empty();
        }
        if (!mirror.has(id)) {
            remote.fetchId(mirror.repository(), id, Mirror.HEAD);
        }
        if (!mirror.has(id)) {
            throw remote.words().commitMissing();
        }
        return Optional.of(id);
    }

    private Optional<ObjectId> fetched(Mirror mirror) throws IOException {
        Remote.Advertised seen = remote.look(mirror.repository());
        if (seen.id().equals(advertised)) {
            return Optional.empty();
        }
        return Optional.of(remote.fetch(mirror.repository(), seen.name(), Mirror.HEAD));
    }

    private Optional<Checkout> checkout(Mirror mirror, ObjectId id) throws IOException {
        try (RevWalk walk = new RevWalk(mirror.repository())) {
            RevCommit commit = commit(walk, id);
            if (commit.equals(handedOut)) {
                return Optional.empty();
            }
            mirror.head(commit);
            SortedMap<String, String> files = snapshot.files(walk.getObjectReader(), commit.getTree(), commit.name());
            Set<String> changed = changed(mirror, walk, commit, files);
            handedOut = commit.copy();
            return Optional.of(new Checkout(described(commit), files, changed));
        }
    }

    private RevCommit commit(RevWalk walk, ObjectId id) throws IOException {
        try {
            return walk.parseCommit(id);
        } catch (IncorrectObjectTypeException e) {
            throw remote.words()
                    .notACommit(Constants.typeString(walk.parseAny(id).getType()));
        }
    }

    private Set<String> changed(Mirror mirror, RevWalk walk, RevCommit commit, SortedMap<String, String> files)
            throws IOException {
        Optional<ObjectId> before = handedOut != null ? Optional.of(handedOut) : mirror.applied();
        if (before.isEmpty() || !mirror.has(before.get())) {
            return files.keySet();
        }
        return snapshot.changed(
                walk.getObjectReader(), walk.parseCommit(before.get()).getTree(), commit.getTree());
    }

    private Commit described(RevCommit commit) {
        PersonIdent committer = commit.getCommitterIdent();
        return new Commit(
                name,
                commit.name(),
                commit.getAuthorIdent().getName(),
                committer.getWhenAsInstant(),
                commit.getShortMessage());
    }

    private interface Work<T> {
        T with(Mirror mirror) throws IOException;
    }

    /** Works on the mirror; if it proves damaged, once more on a new one that still knows what was applied. */
    private <T> T mended(Work<T> work) {
        try {
            return worked(work);
        } catch (DamagedMirror damaged) {
            Optional<ObjectId> applied = Mirror.rescuedApplied(directory);
            Mirror.delete(directory);
            advertised = null;
            try {
                return worked(mirror -> {
                    refill(mirror, applied);
                    return work.with(mirror);
                });
            } catch (DamagedMirror again) {
                throw Mirror.unusable(directory + " cannot be used: " + again.getMessage(), again);
            }
        }
    }

    private void refill(Mirror mirror, Optional<ObjectId> applied) throws IOException {
        Optional<ObjectId> head = remote.fixedId().isPresent() ? fixed(mirror) : fetched(mirror);
        if (head.isPresent() && applied.isPresent() && mirror.has(applied.get())) {
            mirror.applied(applied.get());
        }
    }

    private <T> T worked(Work<T> work) {
        try (Mirror mirror = open()) {
            return work.with(mirror);
        } catch (IOException e) {
            throw new DamagedMirror(e.toString(), e);
        }
    }

    private Mirror open() {
        HermeticReader.install();
        return Mirror.open(directory, url, redirects);
    }
}
