package io.tidewatch.git;

import io.tidewatch.model.Commit;
import io.tidewatch.model.Limits;
import io.tidewatch.model.definition.Checkout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * One ref of one remote. A pull checks whether the ref has moved (one round trip), mirrors its commit, also after a forced push,
 * and reads the files of the commit. This class decides which commit a pull returns.
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
    private final RefFetch fetch;
    private final MirrorAccess access;
    private final CommitReader reader;
    private final TextBudget budget;
    private final AtomicReference<@Nullable ObjectId> appliedSince = new AtomicReference<>();
    private final ConcurrentMap<String, ObjectId> appliedFiles = new ConcurrentHashMap<>();
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
        Remote remote = new Remote(name, url, ref, access);
        this.fetch = new RefFetch(remote);
        // A redirect would get the login, too.
        this.access = new MirrorAccess(localDirectory, url, access.login().isEmpty(), fetch);
        this.reader = new CommitReader(name, new Snapshot(name, relative(path), bounds), remote.messages());
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

    /** Deletes the mirror, for one that was made for a trial. */
    public void discard() {
        access.delete();
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
            return access.withRepair(attempt, gate, mirror -> pull(mirror, attempt, gate));
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
        return new History(access.open(from.attempt()), reader.snapshot(), from.commit(), from.attempt(), mostCommits);
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
        try (Mirror mirror = access.open(attempt)) {
            return reader.past(mirror, ObjectId.fromString(commit), attempt);
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
        appliedFiles.clear();
    }

    /**
     * Remembers, while this process lives, that some files were applied although others of the source were not: their earlier commits
     * do not count again.
     *
     * @param newest the newest commit of each of these files
     */
    public void appliedFiles(Map<String, Commit> newest) {
        newest.forEach((file, commit) -> appliedFiles.put(file, ObjectId.fromString(commit.id())));
    }

    /** The id of the commit that was applied last, as the mirror has it. */
    public Optional<String> lastApplied() {
        return access.withRepair(
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
        Optional<ObjectId> moved = fetch.moved(mirror, Optional.ofNullable(advertised), attempt, gate);
        if (moved.isPresent()) {
            return checkout(mirror, moved.get(), attempt, gate);
        }
        return handedOut == null ? earlier(mirror, attempt, gate) : Optional.empty();
    }

    private Optional<Checkout> checkout(Mirror mirror, ObjectId id, PullAttempt attempt, CommitGate gate)
            throws IOException {
        try (RevWalk walk = new RevWalk(mirror.repository())) {
            RevCommit commit = reader.commit(walk, id);
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
                    return Optional.of(read(mirror, walk, reader.commit(walk, candidate.get()), null, attempt));
                }
            }
        }
        return Optional.empty();
    }

    private Checkout read(Mirror mirror, RevWalk walk, RevCommit commit, @Nullable ObjectId from, PullAttempt attempt)
            throws IOException {
        ObjectId handed = handedOut;
        Optional<ObjectId> before = handed != null ? Optional.of(handed) : mirror.applied();
        Checkout checkout = reader.read(
                mirror,
                walk,
                commit,
                before,
                Map.copyOf(appliedFiles),
                attempt,
                (file, bytes) -> budget.take(name, file, bytes));
        attempt.check();
        pending = new Pending(from, commit.copy(), attempt);
        return checkout;
    }
}
