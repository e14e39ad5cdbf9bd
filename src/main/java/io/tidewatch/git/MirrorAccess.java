package io.tidewatch.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Opens the mirror of a source for one use at a time. A damaged mirror is deleted and fetched again, with the commits that were
 * read and applied last as far as the damaged mirror still shows them.
 */
final class MirrorAccess {

    private final Path directory;
    private final String url;
    private final boolean redirects;
    private final RefFetch fetch;

    /** What is done with an open mirror. */
    interface Work<T> {
        T with(Mirror mirror) throws IOException;
    }

    /**
     * @param directory the mirror's own folder, which need not exist
     * @param redirects whether the remote may redirect
     */
    MirrorAccess(Path directory, String url, boolean redirects, RefFetch fetch) {
        this.directory = directory;
        this.url = url;
        this.redirects = redirects;
        this.fetch = fetch;
    }

    void delete() {
        if (Files.exists(directory)) {
            Mirror.delete(directory);
        }
    }

    /** The caller must close it. */
    Mirror open(PullAttempt attempt) {
        HermeticReader.install();
        return Mirror.open(directory, url, redirects, attempt);
    }

    /**
     * Uses the mirror. If the mirror is damaged, uses a new one.
     *
     * @throws GitException where the new mirror cannot be used either
     */
    <T> T withRepair(PullAttempt attempt, CommitGate gate, Work<T> work) {
        try {
            return with(attempt, work);
        } catch (DamagedMirror damaged) {
            attempt.check();
            Optional<ObjectId> applied = Mirror.refOfDamaged(directory, Mirror.APPLIED);
            Optional<ObjectId> read = Mirror.refOfDamaged(directory, Mirror.READ);
            Mirror.delete(directory);
            try {
                return with(attempt, mirror -> {
                    var unusedId = fetch.moved(mirror, Optional.empty(), attempt, gate);
                    restore(mirror, applied, read);
                    return work.with(mirror);
                });
            } catch (DamagedMirror again) {
                throw Mirror.unusable(directory + " cannot be used: " + again.getMessage(), again);
            }
        }
    }

    private static void restore(Mirror mirror, Optional<ObjectId> applied, Optional<ObjectId> read) throws IOException {
        if (applied.isPresent() && mirror.has(applied.get())) {
            mirror.applied(applied.get());
        }
        if (read.isPresent() && mirror.has(read.get())) {
            mirror.read(read.get());
        }
    }

    private <T> T with(PullAttempt attempt, Work<T> work) {
        try (Mirror mirror = open(attempt)) {
            return work.with(mirror);
        } catch (IOException e) {
            throw new DamagedMirror(e.toString(), e);
        }
    }
}
