package io.tidewatch.git;

import io.tidewatch.git.GitSource.PastText;
import java.io.IOException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one file along the first parents of a ref: what the ref itself showed, merge by merge, newest first. A
 * version is told once, with the commit that brought it.
 */
final class PastTexts {

    private final RevWalk walk;
    private final Snapshot snapshot;
    private final String file;
    private @Nullable RevCommit next;

    PastTexts(Repository repository, Snapshot snapshot, ObjectId from, String file) {
        this.walk = new RevWalk(repository);
        this.snapshot = snapshot;
        this.file = file;
        try {
            this.next = walk.parseCommit(from);
        } catch (IOException e) {
            throw Mirror.unusable("the history of " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    Stream<PastText> stream() {
        var versions = new AbstractSpliterator<PastText>(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL) {
            @Override
            public boolean tryAdvance(Consumer<? super PastText> action) {
                Optional<PastText> found = advance();
                found.ifPresent(action);
                return found.isPresent();
            }
        };
        return StreamSupport.stream(versions, false).onClose(walk::close);
    }

    private Optional<PastText> advance() {
        try {
            while (next != null) {
                Optional<PastText> found = step(next);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw Mirror.unusable("the history of " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Moves to the parent; tells the version that this commit brought, if it brought one. */
    private Optional<PastText> step(RevCommit commit) throws IOException {
        ObjectId here = snapshot.object(walk.getObjectReader(), commit.getTree(), file);
        RevCommit parent = commit.getParentCount() == 0 ? null : walk.parseCommit(commit.getParent(0));
        ObjectId before =
                parent == null ? ObjectId.zeroId() : snapshot.object(walk.getObjectReader(), parent.getTree(), file);
        next = parent;
        if (here.equals(before) || here.equals(ObjectId.zeroId())) {
            return Optional.empty();
        }
        return snapshot.text(walk.getObjectReader(), here).map(text -> new PastText(commit.name(), text));
    }
}
