package io.tidewatch.git;

/** Asked before a commit is fetched and before it is read, for some are better left alone. */
@FunctionalInterface
public interface CommitGate {

    /** Every commit may be read. */
    CommitGate OPEN = commit -> true;

    /**
     * @param commit the full id
     * @return false: this commit is passed over by this pull, and what was read before it stays
     */
    boolean mayRead(String commit);
}
