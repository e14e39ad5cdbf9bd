package io.tidewatch.git;

import io.tidewatch.git.GitSource.PastText;
import io.tidewatch.model.Limits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * The earlier texts of files along the first parents of a commit, newest first. The history is walked once for all files together,
 * as far as a caller needs, and at most {@link Limits#HISTORY_COMMITS} commits. Not safe for use by several threads.
 */
public final class History implements AutoCloseable {

    /** Changes of files that are kept in memory; a history with more changes is not followed further. */
    private static final int CHANGES = 2 * Limits.TREE_ENTRIES;

    private final Mirror mirror;
    private final Snapshot snapshot;
    private final PullAttempt attempt;
    private final RevWalk walk;
    private final int mostCommits;
    private final Map<String, List<Version>> versions = new HashMap<>();
    private @Nullable RevCommit next;
    private int commits;
    private int changes;
    private boolean cut;

    private record Version(String commit, ObjectId text) {}

    History(Mirror mirror, Snapshot snapshot, ObjectId from, PullAttempt attempt, int mostCommits) {
        this.mirror = mirror;
        this.snapshot = snapshot;
        this.attempt = attempt;
        this.mostCommits = mostCommits;
        this.walk = new RevWalk(mirror.repository());
        try {
            this.next = walk.parseCommit(from);
        } catch (IOException e) {
            close();
            throw unreadable(e);
        }
    }

    /**
     * The versions of one file, newest first, each once, with the commit that brought it. Versions in which the file is
     * missing or not text are skipped.
     *
     * @param path below the source's path
     */
    public Stream<PastText> of(String path) {
        var found = new AbstractSpliterator<PastText>(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL) {
            private int given;

            @Override
            public boolean tryAdvance(Consumer<? super PastText> action) {
                while (true) {
                    List<Version> known = versions.getOrDefault(path, List.of());
                    if (given == known.size()) {
                        if (!goBack()) {
                            return false;
                        }
                    } else {
                        Version version = known.get(given);
                        given++;
                        Optional<PastText> text = text(version);
                        if (text.isPresent()) {
                            action.accept(text.get());
                            return true;
                        }
                    }
                }
            }
        };
        return StreamSupport.stream(found, false);
    }

    /** How far the history was read, where it is longer; empty where all of it was read, or none was needed. */
    public Optional<String> cut() {
        return cut ? Optional.of("the last " + commits + " commits") : Optional.empty();
    }

    /** How many commits were walked until now. */
    int commits() {
        return commits;
    }

    private Optional<PastText> text(Version version) {
        try {
            return snapshot.text(walk.getObjectReader(), version.text())
                    .map(text -> new PastText(version.commit(), text));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Goes one commit back; false where there is none, or the limit is reached. */
    private boolean goBack() {
        RevCommit commit = next;
        if (commit == null) {
            return false;
        }
        if (commits >= mostCommits || changes >= CHANGES) {
            cut = true;
            return false;
        }
        attempt.check();
        try {
            next = commit.getParentCount() == 0 ? null : walk.parseCommit(commit.getParent(0));
            commits++;
            remember(commit, next == null ? null : next.getTree());
            return true;
        } catch (GitException.TooLarge beyondUse) {
            next = null;
            cut = true;
            return false;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private void remember(RevCommit commit, @Nullable RevTree before) throws IOException {
        try (Snapshot.CountedWalk differing =
                snapshot.differences(walk.getObjectReader(), before, commit.getTree(), CHANGES - changes, attempt)) {
            while (differing.next()) {
                if (Snapshot.isFile(differing.trees().getFileMode(1))) {
                    versions.computeIfAbsent(differing.trees().getPathString(), path -> new ArrayList<>())
                            .add(new Version(commit.name(), differing.trees().getObjectId(1)));
                }
            }
            changes += differing.entries();
        }
    }

    private static GitException unreadable(IOException e) {
        return Mirror.unusable("the history cannot be read: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        walk.close();
        mirror.close();
    }
}
