package io.tidewatch.journal.table;

import io.tidewatch.model.Target;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.PastDiagnosis;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The table of kept diagnoses. Of a target each counts from its instant until the next. */
public record DiagnosisTable(Statements statements) {

    /** Between the parts of a proof; no text from a cluster has one, because it is one line of printable characters. */
    private static final String TAB = "\t";

    private static final int PARTS = 3;

    void put(PastDiagnosis kept) throws SQLException {
        statements.update(
                "INSERT INTO diagnosis (namespace, name, at, state, hop, cause, certainty, wanted, summary, evidence,"
                        + " since_at, picture) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (namespace, name, at) DO NOTHING",
                kept.target().namespace(),
                kept.target().name(),
                kept.at(),
                kept.state().name(),
                kept.hop().map(Hop::name).orElse(null),
                kept.cause().map(Cause::name).orElse(null),
                kept.certainty().name(),
                kept.desired().isPresent() ? kept.desired().getAsInt() : null,
                kept.summary(),
                kept.evidence().stream().map(DiagnosisTable::line).collect(Collectors.joining("\n")),
                kept.since().orElse(null),
                PictureText.of(kept.picture()));
    }

    /** What counted of a target at an instant; empty where nothing is known of it. */
    public Optional<PastDiagnosis> at(Target target, Instant at) throws SQLException {
        return statements
                .query(
                        DiagnosisTable::diagnosis,
                        "SELECT * FROM diagnosis WHERE namespace = ? AND name = ? AND at <= ? ORDER BY at DESC LIMIT 1",
                        target.namespace(),
                        target.name(),
                        at)
                .stream()
                .findFirst();
    }

    int forget(Instant before) throws SQLException {
        return statements.update("DELETE FROM diagnosis WHERE at < ?", before);
    }

    private static PastDiagnosis diagnosis(ResultSet row) throws SQLException {
        int wanted = row.getInt("wanted");
        OptionalInt desired = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(wanted);
        return new PastDiagnosis(
                new Target(row.getString("namespace"), row.getString("name")),
                Statements.instant(row, "at"),
                Statements.optionalInstant(row, "since_at"),
                State.valueOf(row.getString("state")),
                Statements.optionalText(row, "hop").map(Hop::valueOf),
                Statements.optionalText(row, "cause").map(Cause::valueOf),
                Diagnosis.Certainty.valueOf(row.getString("certainty")),
                desired,
                row.getString("summary"),
                evidence(row.getString("evidence")),
                PictureText.read(Statements.optionalText(row, "picture").orElse("")));
    }

    private static String line(Evidence proof) {
        return String.join(TAB, plain(proof.object()), plain(proof.field()), plain(proof.value()));
    }

    private static String plain(String text) {
        return text.replace('\t', ' ').replace('\n', ' ');
    }

    private static List<Evidence> evidence(String lines) {
        return Arrays.stream(lines.split("\n", -1))
                .map(line -> line.split(TAB, PARTS))
                .filter(parts -> parts.length == PARTS)
                .map(parts -> new Evidence(parts[0], parts[1], parts[2]))
                .toList();
    }
}
