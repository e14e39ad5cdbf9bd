package io.tidewatch.journal.table;

import io.tidewatch.journal.content.Claim;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which process sends a message, and until when by the clock of the database. A process that died leaves a claim, which ends by itself.
 *
 * @param holder this process; no other process has that name
 */
public record ClaimTable(Statements statements, String holder) {

    private static final int MILLIS = 1_000;

    /** Claims a message for so long, unless another process has it, or its receiver has accepted it. */
    public Claim claim(String message, Duration lease) throws SQLException {
        Optional<Boolean> accepted = statements
                .query(
                        row -> row.getBoolean("accepted"),
                        "SELECT acknowledged_at IS NOT NULL AS accepted FROM outbox WHERE id = ?",
                        message)
                .stream()
                .findFirst();
        if (accepted.filter(yes -> yes).isPresent()) {
            return Claim.ACCEPTED;
        }
        int claimed = statements.update(
                "INSERT INTO outbox_claim AS c (message, holder, until)"
                        + " VALUES (?, ?, clock_timestamp() + ? * INTERVAL '1 millisecond') ON CONFLICT (message) DO UPDATE"
                        + " SET holder = excluded.holder, until = excluded.until"
                        + " WHERE c.holder = excluded.holder OR c.until <= clock_timestamp()",
                message,
                holder,
                lease.toMillis());
        return claimed > 0 ? Claim.GRANTED : Claim.held(left(message));
    }

    private Duration left(String message) throws SQLException {
        List<Double> seconds = statements.query(
                row -> row.getDouble("left_seconds"),
                "SELECT EXTRACT(EPOCH FROM until - clock_timestamp()) AS left_seconds FROM outbox_claim WHERE message = ?",
                message);
        return Duration.ofMillis(Math.max(1, seconds.isEmpty() ? 1 : (long) Math.ceil(seconds.get(0) * MILLIS)));
    }

    /** Ends the claim of this process. */
    public void release(String message) throws SQLException {
        statements.update("DELETE FROM outbox_claim WHERE message = ? AND holder = ?", message, holder);
    }

    /** Deletes the claims that have ended. */
    public void forgetEnded() throws SQLException {
        statements.update("DELETE FROM outbox_claim WHERE until <= clock_timestamp()");
    }
}
