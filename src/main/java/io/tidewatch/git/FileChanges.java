package io.tidewatch.git;

import io.tidewatch.model.Limits;
import io.tidewatch.model.definition.FileChange;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * The commits that changed each file of a source, from one commit back to the commit that was applied last. If that is not known,
 * for example after the mirror was lost, only the newest commit that changed a file counts. A file that was applied since, while another
 * one was not, counts from its own commit on.
 *
 * <p>At most {@link Limits#CHANGE_COMMITS} commits are walked. A merge counts only if its own message has the trailer
 * {@code Tidewatch-Override}: the commits that it brings are walked too.
 */
final class FileChanges {

    /** Differences between commits that are walked; a history with more is not followed further. */
    private static final int DIFFERENCES = 2 * Limits.TREE_ENTRIES;

    private final String source;
    private final Snapshot snapshot;
    private final PullAttempt attempt;
    private final Set<String> files;
    private final boolean newestOnly;
    private final Map<String, ObjectId> appliedFiles;
    private final Map<ObjectId, Set<ObjectId>> appliedBefore = new HashMap<>();
    private final SortedMap<String, FileChange> changes = new TreeMap<>();
    private int differences;

    private FileChanges(
            String source,
            Snapshot snapshot,
            PullAttempt attempt,
            Set<String> files,
            boolean newestOnly,
            Map<String, ObjectId> appliedFiles) {
        this.source = source;
        this.snapshot = snapshot;
        this.attempt = attempt;
        this.files = files;
        this.newestOnly = newestOnly;
        this.appliedFiles = appliedFiles;
    }

    /**
     * @param files the files of the commit; a change of another file does not count
     * @param appliedFiles the newest commits of files that were applied since, while another file of the source was not
     */
    static SortedMap<String, FileChange> of(
            Mirror mirror,
            String source,
            Snapshot snapshot,
            ObjectId commit,
            Set<String> files,
            Map<String, ObjectId> appliedFiles,
            PullAttempt attempt)
            throws IOException {
        Optional<ObjectId> applied = mirror.applied();
        try (RevWalk walk = new RevWalk(mirror.repository())) {
            walk.markStart(walk.parseCommit(commit));
            boolean isKnown = applied.isPresent() && mirror.has(applied.get()) && endsAt(walk, applied.get());
            FileChanges found = new FileChanges(source, snapshot, attempt, files, !isKnown, appliedFiles);
            found.readApplied(mirror, applied.filter(known -> isKnown));
            found.walk(walk);
            return found.changes;
        }
    }

    /** For each of these commits, itself and what it comes from, back to the commit that was applied as a whole. */
    private void readApplied(Mirror mirror, Optional<ObjectId> whole) throws IOException {
        for (ObjectId newest : appliedFiles.values().stream()
                .distinct()
                .limit(Limits.CHANGE_COMMITS)
                .toList()) {
            Set<ObjectId> before = new HashSet<>();
            try (RevWalk walk = new RevWalk(mirror.repository())) {
                if (mirror.has(newest)) {
                    walk.markStart(walk.parseCommit(newest));
                    if (whole.isPresent()) {
                        walk.markUninteresting(walk.parseCommit(whole.get()));
                    }
                }
                RevCommit next = walk.next();
                while (next != null && before.size() < Limits.CHANGE_COMMITS) {
                    attempt.check();
                    before.add(next.copy());
                    next = walk.next();
                }
            }
            appliedBefore.put(newest, before);
        }
    }

    /** Whether this commit's change of the file was applied already, although the source was not as a whole. */
    private boolean isApplied(String file, ObjectId commit) {
        ObjectId newest = appliedFiles.get(file);
        return newest != null && appliedBefore.getOrDefault(newest, Set.of()).contains(commit);
    }

    private static boolean endsAt(RevWalk walk, ObjectId applied) throws IOException {
        try {
            walk.markUninteresting(walk.parseCommit(applied));
            return true;
        } catch (IncorrectObjectTypeException notACommit) {
            return false;
        }
    }

    private void walk(RevWalk walk) throws IOException {
        try {
            for (int commits = 0; commits < Limits.CHANGE_COMMITS && !isDone(); commits++) {
                attempt.check();
                RevCommit commit = walk.next();
                if (commit == null) {
                    return;
                }
                add(walk, commit);
            }
        } catch (GitException.TooLarge beyondUse) {
            // What was found until there counts.
        }
    }

    private boolean isDone() {
        return differences >= DIFFERENCES || (newestOnly && changes.size() == files.size());
    }

    private void add(RevWalk walk, RevCommit commit) throws IOException {
        FileChange change = OverrideTrailer.change(CommitText.described(source, commit), commit.getFullMessage());
        if (commit.getParentCount() > 1
                && change.override().isEmpty()
                && change.flawed().isEmpty()) {
            return;
        }
        @Nullable
        RevTree before = commit.getParentCount() == 0
                ? null
                : walk.parseCommit(commit.getParent(0)).getTree();
        for (String file : changed(walk, before, commit)) {
            if (!isApplied(file, commit)) {
                changes.merge(file, change, this::joined);
            }
        }
    }

    private FileChange joined(FileChange newer, FileChange older) {
        return newestOnly
                ? newer
                : new FileChange(
                        newer.newest(),
                        newer.override().or(older::override),
                        newer.flawed().or(older::flawed));
    }

    private Set<String> changed(RevWalk walk, @Nullable RevTree before, RevCommit commit) throws IOException {
        Set<String> changed = new HashSet<>();
        try (Snapshot.CountedWalk differing = snapshot.differences(
                walk.getObjectReader(), before, commit.getTree(), DIFFERENCES - differences, attempt)) {
            while (differing.next()) {
                String file = differing.trees().getPathString();
                if (files.contains(file)) {
                    changed.add(file);
                }
            }
            differences += differing.entries();
        }
        return changed;
    }
}
