package io.tidewatch.git;

import io.tidewatch.model.definition.Checkout;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.ObjIntConsumer;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Reads a commit of a mirror: its description, the files of the source, which of them changed since an earlier commit, and by which commits. */
final class CommitReader {

    private final String source;
    private final Snapshot snapshot;
    private final RemoteMessages messages;

    CommitReader(String source, Snapshot snapshot, RemoteMessages messages) {
        this.source = source;
        this.snapshot = snapshot;
        this.messages = messages;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /** @throws GitException where the object is not a commit */
    RevCommit commit(RevWalk walk, ObjectId id) throws IOException {
        try {
            return walk.parseCommit(id);
        } catch (IncorrectObjectTypeException e) {
            throw messages.notACommit(Constants.typeString(walk.parseAny(id).getType()));
        }
    }

    /**
     * The commit with its files.
     *
     * @param before the commit since which files count as changed; where it is absent, all of them do
     * @param appliedFiles the newest commits of files that were applied since the source was applied as a whole
     * @param budget called with each file and its size in bytes; throws where the file is too much
     */
    Checkout read(
            Mirror mirror,
            RevWalk walk,
            RevCommit commit,
            Optional<ObjectId> before,
            Map<String, ObjectId> appliedFiles,
            PullAttempt attempt,
            ObjIntConsumer<String> budget)
            throws IOException {
        SortedMap<String, String> files =
                snapshot.files(walk.getObjectReader(), commit.getTree(), commit.name(), attempt, budget);
        return new Checkout(
                CommitText.described(source, commit),
                files,
                changed(mirror, walk, commit, files, before, attempt),
                FileChanges.of(mirror, source, snapshot, commit, files.keySet(), appliedFiles, attempt));
    }

    /** The files of an earlier commit; empty where it is not in the history of the ref as it was fetched last. */
    Optional<Checkout> past(Mirror mirror, ObjectId id, PullAttempt attempt) throws IOException {
        Optional<ObjectId> head = mirror.head();
        if (head.isEmpty() || !mirror.has(id)) {
            return Optional.empty();
        }
        try (RevWalk walk = new RevWalk(mirror.repository())) {
            RevCommit earlier = walk.parseCommit(id);
            return walk.isMergedInto(earlier, walk.parseCommit(head.get()))
                    ? Optional.of(read(mirror, walk, earlier, Optional.empty(), Map.of(), attempt, (file, bytes) -> {}))
                    : Optional.empty();
        } catch (IncorrectObjectTypeException notACommit) {
            return Optional.empty();
        }
    }

    private Set<String> changed(
            Mirror mirror,
            RevWalk walk,
            RevCommit commit,
            SortedMap<String, String> files,
            Optional<ObjectId> before,
            PullAttempt attempt)
            throws IOException {
        if (before.isEmpty() || !mirror.has(before.get())) {
            return files.keySet();
        }
        return snapshot.changed(
                walk.getObjectReader(), walk.parseCommit(before.get()).getTree(), commit.getTree(), attempt);
    }
}
