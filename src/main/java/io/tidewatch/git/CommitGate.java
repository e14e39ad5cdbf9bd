package io.tidewatch.git;

/** Decides before a commit is fetched, and again before it is read, whether it may be read. */
@FunctionalInterface
public interface CommitGate {

    /** Every commit may be read. */
    CommitGate OPEN = commit -> true;

    /**
     * @param commit the full id
     * @return false where this pull skips the commit, and the commit before it stays in force
     */
    boolean mayRead(String commit);
}
