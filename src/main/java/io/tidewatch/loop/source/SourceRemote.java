package io.tidewatch.loop.source;

import io.tidewatch.git.CommitGate;
import io.tidewatch.git.PullAttempt;
import io.tidewatch.model.Commit;
import io.tidewatch.model.definition.Checkout;
import java.util.Optional;

/** The remote repository of a source, with its local mirror. */
public interface SourceRemote {

    /**
     * Fetches the newest commit that the gate lets through.
     *
     * @return empty when there is nothing new to read
     * @throws RuntimeException whose message says in one line why the pull failed
     */
    Optional<Checkout> pull(PullAttempt attempt, CommitGate gate);

    /** The commit was read; {@link #pull} does not return it again. */
    default void confirm(Commit commit) {}
}
