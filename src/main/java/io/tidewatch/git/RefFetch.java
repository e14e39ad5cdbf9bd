package io.tidewatch.git;

import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** Fetches the object that the configured ref points at into a mirror. It knows what differs between a ref and a fixed commit id. */
final class RefFetch {

    private final Remote remote;

    RefFetch(Remote remote) {
        this.remote = remote;
    }

    /**
     * Fetches the object where it is not the known one.
     *
     * @return empty where the ref has not moved, or the gate does not allow its commit
     * @throws GitException where the remote cannot be read, or has no such ref
     */
    Optional<ObjectId> moved(Mirror mirror, Optional<ObjectId> known, PullAttempt attempt, CommitGate gate)
            throws IOException {
        return remote.fixedId().isPresent()
                ? fixed(mirror, known, attempt, gate)
                : advertised(mirror, known, attempt, gate);
    }

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

    private Optional<ObjectId> advertised(
            Mirror mirror, Optional<ObjectId> known, PullAttempt attempt, CommitGate gate) {
        Remote.Advertised seen = remote.advertised(mirror.repository(), attempt);
        if (known.filter(seen.id()::equals).isPresent()
                || !gate.mayRead(seen.id().name())) {
            return Optional.empty();
        }
        return Optional.of(remote.fetch(mirror.repository(), seen.name(), Mirror.HEAD, attempt));
    }
}
