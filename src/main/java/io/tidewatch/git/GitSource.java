package io.tidewatch.git;

import io.tidewatch.model.Commit;
import io.tidewatch.model.Limits;
import io.tidewatch.model.definition.Checkout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * One ref of one remote. Asks whether it moved (one round trip when it has not), mirrors what it points at, whatever it
 * pointed at before, and reads the files at that commit. A mirror that is not whole is thrown away and made anew.
 *
 * <p>A commit counts as read only when {@link #confirm} says so; until then each pull hands it out again. What was read
 * and what was applied is remembered in the mirror, so that after a restart an earlier commit can be read where the newest
 * cannot, and only what changed since counts as changed.
 *
 * <p>No method holds a lock while it waits. One pull at a time counts; one that has been ended from outside may still be at
 * work, and changes nothing any more.
 */
public final class GitSource {

    private final String name;
    private final Path directory;
    private final String url;
    private final boolean redirects;
    private final Remote remote;
    private final Snapshot snapshot;
    private final TextBudget budget;
    private final AtomicReference<@Nullable ObjectId> appliedSince = new AtomicReference<>();
    private final AtomicReference<@Nullable ObjectId> readSince = new AtomicReference<>();
    private volatile @Nullable ObjectId advertised;
    private volatile @Nullable ObjectId handedOut;
    private volatile @Nullable Pending pending;

    /**
     * What was handed out and not yet confirmed.
     *
     * @param advertised what the ref pointed at; null where an earlier commit was handed out in place of that
     */
    private record Pending(@Nullable ObjectId advertised, ObjectId commit, PullAttempt attempt) {}

    /**
     * @param name the source's configured name
     * @param url {@code file:}, {@code http:} or {@code https:}, without a login in it
     * @param ref a branch, a tag, or a full commit id
     * @param path the folder below which files are read; empty: all of them
     * @param localDirectory the mirror's own folder, which need not exist
     * @param budget that all sources share
     */
    public GitSource(
            String name, String url, String ref, String path, Access access, Path localDirectory, TextBudget budget) {
        this(name, url, ref, path, access, localDirectory, budget, Snapshot.Bounds.DEFAULT);
    }

    GitSource(
            String name,
            String url,
            String ref,
            String path,
            Access access,
            Path localDirectory,
            TextBudget budget,
            Snapshot.Bounds bounds) {
        this.name = name;
        this.url = url;
        this.directory = localDirectory;
        // A redirect would be told the login too.
        this.redirects = access.login().isEmpty();
        this.remote = new Remote(name, url, ref, access);
        this.snapshot = new Snapshot(name, relative(path), bounds);
        this.budget = budget;
    }

    /** A folder of the repository as Git names it: "." and "" are the whole, and slashes around a path mean nothing. */
    static String relative(String path) {
        int from = 0;
        while (path.startsWith("/", from) || path.startsWith("./", from)) {
            from += path.charAt(from) == '/' ? 1 : 2;
        }
        int to = path.length();
        while (to > from && path.charAt(to - 1) == '/') {
            to--;
        }
        String inside = path.substring(from, to);
        return inside.equals(".") ? "" : inside;
    }

    public String name() {
        return name;
    }

    /** Pulls without anybody who would end it, any commit. */
    public Optional<Checkout> pull() {
        return pull(new PullAttempt(), CommitGate.OPEN);
    }

    /**
     * What the ref points at now; empty when that was read already. Where the gate does not let it through and nothing has
     * been read since the start, an earlier commit that was read or applied before the start. {@link Checkout#changed}
     * counts from the commit read last, after a restart from the one applied last, and is all files where neither is known.
     *
     * @throws GitException when it cannot be known; the next pull asks anew
     */
    public Optional<Checkout> pull(PullAttempt attempt, CommitGate gate) {
        budget.begin(name);
        try {
            return mended(attempt, gate, mirror -> pull(mirror, attempt, gate));
        } catch (RuntimeException | Error failed) {
            budget.drop(name);
            // A connection that is closed under the JDK's feet lets it throw what it likes.
            attempt.check();
            throw failed;
        }
    }

    /** The commit that was handed out last has been read, and need not be handed out again. */
    public void confirm(Commit commit) {
        Pending read = pending;
        if (read != null && read.commit().name().equals(commit.id())) {
            budget.keep(name);
            handedOut = read.commit();
            advertised = read.advertised();
            readSince.set(read.commit());
        }
    }

    /** What files said at earlier commits, from the commit handed out last on. The history must be closed. */
    public History history() {
        return history(Limits.HISTORY_COMMITS);
    }

    History history(int mostCommits) {
        Pending from = pending;
        if (from == null) {
            throw new IllegalStateException("nothing was handed out");
        }
        return new History(open(from.attempt()), snapshot, from.commit(), from.attempt(), mostCommits);
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
        PullAttempt attempt = new PullAttempt();
        try (Mirror mirror = open(attempt);
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
            SortedMap<String, String> files = snapshot.files(
                    walk.getObjectReader(), earlier.getTree(), earlier.name(), attempt, (file, bytes) -> {});
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
    public Optional<String> lastApplied() {
        return mended(
                new PullAttempt(), CommitGate.OPEN, mirror -> mirror.applied().map(ObjectId::name));
    }

    /** Writes down what was applied and read since the pull before. */
    private void remember(Mirror mirror) throws IOException {
        ObjectId applied = appliedSince.getAndSet(null);
        if (applied != null && mirror.has(applied)) {
            mirror.applied(applied);
        }
        ObjectId read = readSince.getAndSet(null);
        if (read != null && mirror.has(read)) {
            mirror.read(read);
        }
    }

    private Optional<Checkout> pull(Mirror mirror, PullAttempt attempt, CommitGate gate) throws IOException {
        remember(mirror);
        Optional<ObjectId> moved = remote.fixedId().isPresent()
                ? fixed(mirror, Optional.ofNullable(advertised), attempt, gate)
                : fetched(mirror, Optional.ofNullable(advertised), attempt, gate);
        if (moved.isPresent()) {
            return checkout(mirror, moved.get(), attempt, gate);
        }
        return handedOut == null ? earlier(mirror, attempt, gate) : Optional.empty();
    }

    /** Empty when there is nothing new, or nothing new that may be read. */
    private Optional<ObjectId> fixed(Mirror mirror, Optional<ObjectId> known, PullAttempt attempt, CommitGate gate)
            throws IOException {
        ObjectId id = remote.fixedId().orElseThrow();
        if (known.filter(id::equals).isPresent() || !gate.mayRead(id.name())) {
            return Optional.empty();
        }
        if (!mirror.has(id)) {
            remote.fetchId(mirror.repository(), id, Mirror.HEAD, attempt);
        }
        if (!mirror.has(id)) {
            throw remote.words().commitMissing();
        }
        return Optional.of(id);
    }

    private Optional<ObjectId> fetched(Mirror mirror, Optional<ObjectId> known, PullAttempt attempt, CommitGate gate)
            throws IOException {
        Remote.Advertised seen = remote.look(mirror.repository(), attempt);
        if (known.filter(seen.id()::equals).isPresent()
                || !gate.mayRead(seen.id().name())) {
            return Optional.empty();
        }
        return Optional.of(remote.fetch(mirror.repository(), seen.name(), Mirror.HEAD, attempt));
    }

    private Optional<Checkout> checkout(Mirror mirror, ObjectId id, PullAttempt attempt, CommitGate gate)
            throws IOException {
        try (RevWalk walk = new RevWalk(mirror.repository())) {
            RevCommit commit = commit(walk, id);
            if (commit.equals(handedOut)) {
                advertised = id;
                return Optional.empty();
            }
            if (!gate.mayRead(commit.name())) {
                return handedOut == null ? earlier(mirror, attempt, gate) : Optional.empty();
            }
            mirror.head(commit);
            return Optional.of(read(mirror, walk, commit, id, attempt));
        }
    }

    /** After a restart something should be in force, though not the newest. */
    private Optional<Checkout> earlier(Mirror mirror, PullAttempt attempt, CommitGate gate) throws IOException {
        List<Optional<ObjectId>> candidates = List.of(mirror.read(), mirror.applied());
        for (Optional<ObjectId> candidate : candidates) {
            if (candidate.isPresent()
                    && mirror.has(candidate.get())
                    && gate.mayRead(candidate.get().name())) {
                try (RevWalk walk = new RevWalk(mirror.repository())) {
                    return Optional.of(read(mirror, walk, commit(walk, candidate.get()), null, attempt));
                }
            }
        }
        return Optional.empty();
    }

    private Checkout read(Mirror mirror, RevWalk walk, RevCommit commit, @Nullable ObjectId from, PullAttempt attempt)
            throws IOException {
        SortedMap<String, String> files = snapshot.files(
                walk.getObjectReader(),
                commit.getTree(),
                commit.name(),
                attempt,
                (file, bytes) -> budget.take(name, file, bytes));
        Set<String> changed = changed(mirror, walk, commit, files, attempt);
        attempt.check();
        pending = new Pending(from, commit.copy(), attempt);
        return new Checkout(described(commit), files, changed);
    }

    private RevCommit commit(RevWalk walk, ObjectId id) throws IOException {
        try {
            return walk.parseCommit(id);
        } catch (IncorrectObjectTypeException e) {
            throw remote.words()
                    .notACommit(Constants.typeString(walk.parseAny(id).getType()));
        }
    }

    private Set<String> changed(
            Mirror mirror, RevWalk walk, RevCommit commit, SortedMap<String, String> files, PullAttempt attempt)
            throws IOException {
        ObjectId handed = handedOut;
        Optional<ObjectId> before = handed != null ? Optional.of(handed) : mirror.applied();
        if (before.isEmpty() || !mirror.has(before.get())) {
            return files.keySet();
        }
        return snapshot.changed(
                walk.getObjectReader(), walk.parseCommit(before.get()).getTree(), commit.getTree(), attempt);
    }

    /** A commit can be without an author, or of a year that nobody can write; it is told as far as it can be. */
    private Commit described(RevCommit commit) {
        return new Commit(
                name, commit.name(), CommitText.author(commit), CommitText.time(commit), commit.getShortMessage());
    }

    private interface Work<T> {
        T with(Mirror mirror) throws IOException;
    }

    /** Works on the mirror; if it proves damaged, once more on a new one that still knows what was read and applied. */
    private <T> T mended(PullAttempt attempt, CommitGate gate, Work<T> work) {
        try {
            return worked(attempt, work);
        } catch (DamagedMirror damaged) {
            attempt.check();
            Optional<ObjectId> applied = Mirror.rescued(directory, Mirror.APPLIED);
            Optional<ObjectId> read = Mirror.rescued(directory, Mirror.READ);
            Mirror.delete(directory);
            try {
                return worked(attempt, mirror -> {
                    refill(mirror, applied, read, attempt, gate);
                    return work.with(mirror);
                });
            } catch (DamagedMirror again) {
                throw Mirror.unusable(directory + " cannot be used: " + again.getMessage(), again);
            }
        }
    }

    private void refill(
            Mirror mirror, Optional<ObjectId> applied, Optional<ObjectId> read, PullAttempt attempt, CommitGate gate)
            throws IOException {
        if (remote.fixedId().isPresent()) {
            fixed(mirror, Optional.empty(), attempt, gate);
        } else {
            fetched(mirror, Optional.empty(), attempt, gate);
        }
        if (applied.isPresent() && mirror.has(applied.get())) {
            mirror.applied(applied.get());
        }
        if (read.isPresent() && mirror.has(read.get())) {
            mirror.read(read.get());
        }
    }

    private <T> T worked(PullAttempt attempt, Work<T> work) {
        try (Mirror mirror = open(attempt)) {
            return work.with(mirror);
        } catch (IOException e) {
            throw new DamagedMirror(e.toString(), e);
        }
    }

    private Mirror open(PullAttempt attempt) {
        HermeticReader.install();
        return Mirror.open(directory, url, redirects, attempt);
    }
}
