package io.tidewatch.journal.table;

import java.sql.SQLException;

/**
 * The one row that says which process writes. A process that froze and was replaced finds another holder there, in the transaction in
 * which it would write.
 *
 * @param holder this process; no other process has that name
 */
public record TenureTable(Statements statements, String holder) {

    /** From now on this process writes, and no other. What it wrote last is remembered if it wrote last. */
    public void takeOver() throws SQLException {
        statements.update(
                "UPDATE tenure SET number = number + 1, written = CASE WHEN holder = ? THEN written ELSE 0 END, holder = ?"
                        + " WHERE id = 1",
                holder,
                holder);
    }

    /**
     * Waits until no other process writes, and keeps all others waiting until the end of the transaction.
     *
     * @return whether this process is still the one that writes
     */
    public boolean lock() throws SQLException {
        return statements
                .query(row -> row.getString("holder"), "SELECT holder FROM tenure WHERE id = 1 FOR UPDATE")
                .stream()
                .anyMatch(holder::equals);
    }

    /** The number of the last change of this process that is in the tables. */
    public long written() throws SQLException {
        return statements
                .query(row -> row.getLong("written"), "SELECT written FROM tenure WHERE id = 1")
                .get(0);
    }

    /** Notes the number of the last change that this transaction writes. */
    public void writes(long number) throws SQLException {
        statements.update("UPDATE tenure SET written = ? WHERE id = 1", number);
    }
}
