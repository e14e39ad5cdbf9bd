package io.tidewatch.night;

import static io.tidewatch.night.Neighbourhood.EVIL;
import static io.tidewatch.night.Neighbourhood.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.journal.QuietJournal;
import io.tidewatch.journal.SafeJournal;
import io.tidewatch.journal.table.WrittenRows;
import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.Report;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole application while its journal does not work: every edge is carried out on time, a receiver gets the message of a
 * lag and the message about the journal, and when the journal works again the lag is in it.
 */
@Tag("full")
class BrokenJournalTest {

    private static final long SEED = 4711;

    /** Edges come every four seconds; a lag is reported some 45 s after its edge. */
    private static final int EDGES = 13;

    private static final Duration UNTIL_THE_LAG = Duration.ofSeconds(15);
    private static final String OPEN_BEFORE = "tidewatch:source/good@2026-11-22T11:00:00Z";

    @TempDir
    private Path folder;

    private Neighbourhood begun() {
        Neighbourhood among = new Neighbourhood(folder);
        among.targets(EVIL).create("lag");
        return among;
    }

    private static Path file(Neighbourhood among) {
        return among.state().resolve("journal.db");
    }

    /** From its edge on, this target has one pod of three, and nobody adds any. */
    static void commitALag(Neighbourhood among) {
        Instant edge = among.now().plus(UNTIL_THE_LAG);
        among.commitEvil(Map.of(
                "lag.yaml",
                StandingTargets.manifest(EVIL, "lag", "slow") + """
                ---
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: lag, namespace: evil}
                spec:
                  scaledObjectRef: {name: lag}
                  timeZone: UTC
                  checks: {follow: 5s, timeout: 5s}
                  windows:
                    - {name: late, from: "%s", until: "%s", minReplicas: 3}
                """.formatted(edge, edge.plus(Duration.ofHours(1)))));
        among.await(
                "a pass that knows the schedule",
                () -> among.said().stream()
                        .anyMatch(entry -> entry.target().equals(Optional.of(new Target(EVIL, "lag")))
                                || entry.text().contains("a small change")));
        assertThat(among.now()).as("the trouble begins before the edge").isBefore(edge);
    }

    /** What must hold while the journal does not work. */
    static void goesOn(Neighbourhood among, String trouble) {
        among.assertOnTime(GOOD, EDGES);
        assertThat(among.targets(EVIL).minimum("lag")).isEqualTo(3);
        among.await(
                "the message of the lag",
                () -> among.slack().messages().stream().anyMatch(text -> text.contains("evil/lag")));
        among.await(
                "the message about the journal",
                () -> among.slack().messages().stream().anyMatch(text -> text.contains(trouble)));
    }

    private static void isWrittenAfterwards(Neighbourhood among) {
        among.await(
                "the lag in the journal",
                () -> countOf(among, "SELECT COUNT(*) FROM incident WHERE name = 'lag'") == 1);
        among.assertOnTime(GOOD, 1);
        among.stop();
        WrittenRows rows = WrittenRows.in(among.state());
        assertThat(rows.undelivered())
                .extracting(message -> message.message().headline())
                .noneMatch(headline -> headline.contains("evil/lag"));
    }

    /** As somebody who reads the file meanwhile. */
    private static int countOf(Neighbourhood among, String query) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file(among));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.getInt(1);
        } catch (SQLException notYet) {
            return -1;
        }
    }

    /** What stood open in it of Tidewatch itself is resolved when it can be read, not at the next restart. */
    @Test
    void aJournalThatAnotherProcessLocksFromTheStart() {
        try (Neighbourhood among = begun()) {
            incidentOfTidewatchStandsOpen(among.state());
            try (JournalHolder holder = JournalHolder.lock(file(among))) {
                among.start();
                among.awaitOnTime(GOOD);
                commitALag(among);
                goesOn(among, "another process holds it");
                assertThat(holder).isNotNull();
            }
            among.await(
                    "the end of what stood open",
                    () -> countOf(
                                    among,
                                    "SELECT COUNT(*) FROM incident WHERE ended_at IS NOT NULL AND id = '" + OPEN_BEFORE
                                            + "'")
                            == 1);
            isWrittenAfterwards(among);
        }
    }

    private static void incidentOfTidewatchStandsOpen(Path state) {
        Instant before = Instant.parse("2026-11-22T11:00:00Z");
        Incident incident = new Incident(
                OPEN_BEFORE,
                Target.ofTidewatch("source/good"),
                Optional.empty(),
                State.FAILED,
                Optional.empty(),
                Severity.WARNING,
                List.of(),
                before,
                Optional.empty(),
                "source good was not pulled for 3 min");
        try (SafeJournal journal = QuietJournal.open(state, Clock.fixed(before, ZoneOffset.UTC), Set.of())) {
            journal.record(Report.of(before, List.of()).with(Report.Incidents.opened(List.of(incident))), List.of());
        }
    }

    @Test
    void aJournalThatIsDamagedInTheMiddle() {
        try (Neighbourhood among = begun()) {
            among.start();
            among.awaitOnTime(GOOD);
            commitALag(among);
            overwrite(file(among));
            goesOn(among, "is set aside as");
            isWrittenAfterwards(among);
        }
    }

    /** In place, as a broken disk would. */
    private static void overwrite(Path file) {
        byte[] bytes = new byte[16_384];
        new SplittableRandom(SEED).nextBytes(bytes);
        try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
            damaged.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aJournalOnADiskThatIsFull() {
        try (Neighbourhood among = begun()) {
            SmallDisk.mount(among.state(), 24 << 20);
            among.start();
            among.awaitOnTime(GOOD);
            commitALag(among);
            SmallDisk.fill(among.state());
            goesOn(among, "cannot be written");
            SmallDisk.free(among.state());
            isWrittenAfterwards(among);
        }
    }

    @AfterEach
    void unmount() {
        Path state = folder.resolve("state");
        if (SmallDisk.isMounted(state)) {
            SmallDisk.unmount(state);
        }
    }
}
