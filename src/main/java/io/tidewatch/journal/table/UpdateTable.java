package io.tidewatch.journal.table;

import io.tidewatch.model.Commit;
import io.tidewatch.model.Target;
import io.tidewatch.model.report.Ledger.Update;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The table of updates of Rollouts that are followed, so that a restart in the middle of an update loses none. */
public record UpdateTable(Statements statements) {

    private record Followed(Target target, Update update) {}

    /** Replaces all rows by these updates. */
    void replaceAll(Map<Target, Update> updates) throws SQLException {
        statements.update("DELETE FROM followed_update");
        for (Map.Entry<Target, Update> followed : updates.entrySet()) {
            Update update = followed.getValue();
            statements.update(
                    "INSERT INTO followed_update (namespace, name, rollout, since, from_hash, what, pause_said, source,"
                            + " commit_id, author, committed_at, subject) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    followed.getKey().namespace(),
                    followed.getKey().name(),
                    update.rollout(),
                    update.since(),
                    update.fromHash(),
                    update.what(),
                    update.pauseReported() ? 1 : 0,
                    update.commit().source(),
                    update.commit().id(),
                    update.commit().author(),
                    update.commit().time(),
                    update.commit().subject());
        }
    }

    public SortedMap<Target, Update> all() throws SQLException {
        List<Followed> rows = statements.query(UpdateTable::followed, "SELECT * FROM followed_update");
        SortedMap<Target, Update> updates = new TreeMap<>();
        rows.forEach(row -> updates.put(row.target(), row.update()));
        return updates;
    }

    private static Followed followed(ResultSet row) throws SQLException {
        return new Followed(
                new Target(row.getString("namespace"), row.getString("name")),
                new Update(
                        new Commit(
                                row.getString("source"),
                                row.getString("commit_id"),
                                row.getString("author"),
                                Statements.instant(row, "committed_at"),
                                row.getString("subject")),
                        row.getString("rollout"),
                        Statements.instant(row, "since"),
                        row.getString("from_hash"),
                        row.getString("what"),
                        row.getInt("pause_said") != 0));
    }
}
