package io.tidewatch.journal.server;

import io.tidewatch.journal.content.Claim;
import io.tidewatch.journal.database.Sharing;
import io.tidewatch.journal.table.ClaimTable;
import io.tidewatch.journal.table.TenureTable;
import java.sql.SQLException;
import java.time.Duration;

/** The rules of sharing, kept by rows of the schema. */
record ServerSharing(TenureTable tenure, ClaimTable claims) implements Sharing {

    @Override
    public void takeOver() throws SQLException {
        tenure.takeOver();
        claims.forgetEnded();
    }

    @Override
    public boolean mayWrite() throws SQLException {
        return tenure.lock();
    }

    @Override
    public long written() throws SQLException {
        return tenure.written();
    }

    @Override
    public void writes(long number) throws SQLException {
        tenure.writes(number);
    }

    @Override
    public Claim claim(String message, Duration lease) throws SQLException {
        return claims.claim(message, lease);
    }

    @Override
    public void release(String message) throws SQLException {
        claims.release(message);
    }
}
