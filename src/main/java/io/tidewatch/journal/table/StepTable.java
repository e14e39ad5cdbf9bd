package io.tidewatch.journal.table;

import io.tidewatch.model.Target;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Promise;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table of steps. The first value of each field stays, and so does a verdict that is a problem. */
public record StepTable(Statements statements) {

    void put(Step step) throws SQLException {
        statements.update(
                "INSERT INTO step (namespace, name, patched_at, window_name, scheduled_at, wanted, hpa_at, ready_at,"
                        + " verdict, commit_id, author, due, promise_reach, promise_by, start_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (namespace, name, patched_at) DO UPDATE SET"
                        + " hpa_at = COALESCE(step.hpa_at, excluded.hpa_at),"
                        + " ready_at = COALESCE(step.ready_at, excluded.ready_at),"
                        + " verdict = excluded.verdict",
                step.target().namespace(),
                step.target().name(),
                step.times().patched(),
                step.window().orElse(null),
                step.times().scheduled(),
                step.to(),
                step.times().hpa().orElse(null),
                step.times().ready().orElse(null),
                knownVerdict(step)
                        .map(step::withVerdictAfter)
                        .orElse(step)
                        .verdict()
                        .name(),
                step.change().commit(),
                step.change().author(),
                step.due().name(),
                step.promise().map(promise -> promise.reach().name()).orElse(null),
                step.promise().map(Promise::by).orElse(null),
                step.times().start().orElse(null));
    }

    private Optional<State> knownVerdict(Step step) throws SQLException {
        return statements
                .query(
                        row -> State.valueOf(row.getString("verdict")),
                        "SELECT verdict FROM step WHERE namespace = ? AND name = ? AND patched_at = ?",
                        step.target().namespace(),
                        step.target().name(),
                        step.times().patched())
                .stream()
                .findFirst();
    }

    /** The latest steps, the newest first. */
    List<Step> latest(int most) throws SQLException {
        return statements.query(StepTable::step, "SELECT * FROM step ORDER BY patched_at DESC LIMIT ?", most);
    }

    /**
     * The steps that were written from {@code from}, inclusive, to {@code to}, exclusive; the newest first.
     *
     * @param of whose steps
     */
    public List<Step> between(Scope of, Instant from, Instant to, int most) throws SQLException {
        return statements.query(
                StepTable::step,
                "SELECT * FROM step WHERE patched_at >= ? AND patched_at < ?"
                        + Statements.condition(of)
                        + " ORDER BY patched_at DESC, namespace, name LIMIT ?",
                Statements.arguments(of, List.of(from, to), most));
    }

    /**
     * How long the last raises of a target at edges took from their first write until enough pods were available, the newest first.
     *
     * @param before raises that were written at this instant or later do not count
     */
    public List<Duration> raises(Target target, Instant before, int most) throws SQLException {
        return statements.query(
                row -> Duration.between(Statements.instant(row, "patched_at"), Statements.instant(row, "ready_at")),
                "SELECT patched_at, ready_at FROM step WHERE namespace = ? AND name = ? AND patched_at < ?"
                        + " AND promise_reach = ? AND ready_at IS NOT NULL ORDER BY patched_at DESC LIMIT ?",
                target.namespace(),
                target.name(),
                before,
                Promise.Reach.PODS.name(),
                most);
    }

    int forget(Instant before) throws SQLException {
        return statements.update("DELETE FROM step WHERE patched_at < ?", before);
    }

    private static Step step(ResultSet row) throws SQLException {
        return new Step(
                new Target(row.getString("namespace"), row.getString("name")),
                Statements.optionalText(row, "window_name"),
                row.getInt("wanted"),
                Step.Due.valueOf(row.getString("due")),
                Step.Times.patchedAt(Statements.instant(row, "patched_at"))
                        .withScheduled(Statements.instant(row, "scheduled_at"))
                        .withHpa(Statements.optionalInstant(row, "hpa_at"))
                        .withReady(Statements.optionalInstant(row, "ready_at"))
                        .withStart(Statements.optionalInstant(row, "start_at")),
                State.valueOf(row.getString("verdict")),
                Step.Change.commit(row.getString("commit_id")).by(row.getString("author")),
                promise(row));
    }

    private static Optional<Promise> promise(ResultSet row) throws SQLException {
        Optional<String> reach = Statements.optionalText(row, "promise_reach");
        Optional<Instant> by = Statements.optionalInstant(row, "promise_by");
        return reach.flatMap(word -> by.map(at -> new Promise(Promise.Reach.valueOf(word), at)));
    }
}
