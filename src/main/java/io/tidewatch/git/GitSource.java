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
 * One ref of one remote. A pull checks whether the ref has moved (one round trip), mirrors its commit, also after a forced push,
 * and reads the files of the commit. A damaged mirror is deleted and fetched again.
 *
 * <p>A commit counts as read after {@link #confirm}; until then each pull returns it again. The mirror remembers the commits
 * that were read and applied last. So after a restart an earlier commit can be read where the newest cannot be read, and only
 * files that changed since then count as changed.
 *
 * <p>No method holds a lock while it waits. One pull at a time counts; a pull that was ended from outside may still run, and
 * changes nothing any more.
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
     * A commit that was returned and not confirmed yet.
     *
     * @param advertised the object that the ref pointed at; null where an earlier commit was returned in its place
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
        // A redirect would get the login, too.
        this.redirects = access.login().isEmpty();
        this.remote = new Remote(name, url, ref, access);
        this.snapshot = new Snapshot(name, relative(path), bounds);
        this.budget = budget;
    }

    /** A path in the repository as Git writes it, without slashes around it; "." and "" are the whole repository. */
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

    /** Pulls any commit, without a deadline. */
    public Optional<Checkout> pull() {
        return pull(new PullAttempt(), CommitGate.OPEN);
    }

    /**
     * Returns the commit that the ref points at, or nothing if that was read already. Where the gate does not allow it and
     * nothing was read since the start, this returns an earlier commit that was read or applied before the start.
     *
     * <p>{@link Checkout#changed} has the files that changed since the commit read last, after a restart since the commit applied
     * last; all files where neither is known.
     *
     * @throws GitException where the remote or the mirror cannot be read; the next pull tries again
     */
    public Optional<Checkout> pull(PullAttempt attempt, CommitGate gate) {
        budget.begin(name);
        try {
            return withRepair(attempt, gate, mirror -> pull(mirror, attempt, gate));
        } catch (RuntimeException | Error failed) {
            budget.drop(name);
            // The JDK may throw anything when its connection is closed by another thread.
            attempt.check();
            throw failed;
        }
    }

    /** Confirms that the commit that was returned last has been read; the next pull does not return it again. */
    public void confirm(Commit commit) {
        Pending read = pending;
        if (read != null && read.commit().name().equals(commit.id())) {
            budget.keep(name);
            handedOut = read.commit();
            advertised = read.advertised();
            readSince.set(read.commit());
        }
    }

    /** The texts of files at earlier commits, from the commit returned last on. The caller must close it. */
    public History history() {
        return history(Limits.HISTORY_COMMITS);
    }

    History history(int mostCommits) {
        Pending from = pending;
        if (from == null) {
            throw new IllegalStateException("no commit was returned");
        }
        return new History(open(from.attempt()), snapshot, from.commit(), from.attempt(), mostCommits);
    }

    /**
     * The files of the source at an earlier commit. It reads the mirror only, and may run beside a pull.
     *
     * @param commit the full id; it need not exist
     * @return empty where the commit is not in the history of the ref as it was fetched last
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
     * Remembers that this commit's definitions were carried out. Returns immediately; the next pull writes it into the mirror.
     */
    public void applied(Commit commit) {
        appliedSince.set(ObjectId.fromString(commit.id()));
    }

    /** The id of the commit that was applied last, as the mirror has it. */
    public Optional<String> lastApplied() {
        return withRepair(
                new PullAttempt(), CommitGate.OPEN, mirror -> mirror.applied().map(ObjectId::name));
    }

    /** Writes into the mirror which commits were applied and read since the pull before. */
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

    /** Empty where there is no new commit, or none that may be read. */
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
            throw remote.messages().commitMissing();
        }
        return Optional.of(id);
    }

    private Optional<ObjectId> fetched(Mirror mirror, Optional<ObjectId> known, PullAttempt attempt, CommitGate gate)
            throws IOException {
        Remote.Advertised seen = remote.advertised(mirror.repository(), attempt);
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

    /** After a restart, an earlier commit is better than none. */
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
            throw remote.messages()
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

    /** A commit may have no author or an invalid time; both are replaced. */
    private Commit described(RevCommit commit) {
        return new Commit(
                name, commit.name(), CommitText.author(commit), CommitText.time(commit), commit.getShortMessage());
    }

    private interface Work<T> {
        T with(Mirror mirror) throws IOException;
    }

    /** Uses the mirror. If the mirror is damaged, uses a new one that remembers which commits were read and applied. */
    private <T> T withRepair(PullAttempt attempt, CommitGate gate, Work<T> work) {
        try {
            return withMirror(attempt, work);
        } catch (DamagedMirror damaged) {
            attempt.check();
            Optional<ObjectId> applied = Mirror.refOfDamaged(directory, Mirror.APPLIED);
            Optional<ObjectId> read = Mirror.refOfDamaged(directory, Mirror.READ);
            Mirror.delete(directory);
            try {
                return withMirror(attempt, mirror -> {
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

    private <T> T withMirror(PullAttempt attempt, Work<T> work) {
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
