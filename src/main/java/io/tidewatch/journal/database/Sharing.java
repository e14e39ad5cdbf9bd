package io.tidewatch.journal.database;

import io.tidewatch.journal.content.Claim;
import java.sql.SQLException;
import java.time.Duration;

/** What the processes owe each other that share a database. Each method is to be called in a transaction. */
public interface Sharing {

    /** From now on this process writes, and no other. */
    void takeOver() throws SQLException;

    /**
     * Begins to write: until the end of the transaction no other process does.
     *
     * @return whether this process still may; not after another process has taken over
     */
    boolean mayWrite() throws SQLException;

    /** The number of the last change of this process that is in the tables: an earlier attempt may have written it, and its answer was lost. */
    long written() throws SQLException;

    /** All changes up to this number are in the tables at the end of the transaction. */
    void writes(long number) throws SQLException;

    /** Claims a message, so that no other process sends it for so long. */
    Claim claim(String message, Duration lease) throws SQLException;

    /** Gives up the claim of this process, because it does not send the message now. */
    void release(String message) throws SQLException;

    /** A process that is alone with its database, because a lock of the operating system keeps all others out. */
    Sharing ALONE = new Sharing() {
        @Override
        public void takeOver() {}

        @Override
        public boolean mayWrite() {
            return true;
        }

        @Override
        public long written() {
            return 0;
        }

        @Override
        public void writes(long number) {}

        @Override
        public Claim claim(String message, Duration lease) {
            return Claim.GRANTED;
        }

        @Override
        public void release(String message) {}
    };
}
