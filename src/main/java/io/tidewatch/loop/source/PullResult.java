package io.tidewatch.loop.source;

import io.tidewatch.model.Commit;
import java.util.Optional;

/**
 * The result of a pull that ended within its deadline.
 *
 * @param commit that the pull gave to be read; empty where there was nothing new to read
 * @param failure why the pull failed or its commit could not be read
 * @param skipped the full id of the last commit that was not read because it could not be read before or is set aside
 * @param setAside whether the skipped commit is set aside
 * @param confirmed whether the commit is in force
 */
record PullResult(
        Optional<Commit> commit,
        Optional<Throwable> failure,
        Optional<String> skipped,
        boolean setAside,
        boolean confirmed) {

    boolean isUnreadable() {
        return commit.isPresent() && failure.isPresent();
    }

    /** Whether the source answered and its newest commit was not skipped. */
    boolean isHealthy() {
        return failure.isEmpty() && skipped.isEmpty();
    }
}
