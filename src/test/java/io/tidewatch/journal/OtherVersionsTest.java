package io.tidewatch.journal;

import static io.tidewatch.journal.content.JournalSamples.CART;
import static io.tidewatch.journal.content.JournalSamples.NIGHT;
import static io.tidewatch.journal.content.JournalSamples.incident;
import static io.tidewatch.journal.content.JournalSamples.line;
import static io.tidewatch.journal.content.JournalSamples.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.journal.content.Duty;
import io.tidewatch.journal.content.JournalSamples;
import io.tidewatch.journal.server.PostgresSchemas;
import io.tidewatch.journal.server.PostgresServer;
import io.tidewatch.journal.table.WrittenRows;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.AlertMessage.Moment;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.PastDiagnosis;
import io.tidewatch.model.report.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The version before and the version after on the same tables, at the same time and one after the other. */
class OtherVersionsTest {

    private static final Path BEFORE = Path.of("src/test/resources/journal/statements-of-schema-8.sql");
    private static final Instant WRITTEN_BEFORE = Instant.ofEpochSecond(1_795_353_000, 123_456_789);

    @TempDir
    Path directory;

    private final String instance = PostgresServer.shared().freshInstance();

    enum Kind {
        FILE,
        SERVER
    }

    private SafeJournal open(Kind kind) {
        Clock clock = Clock.fixed(NIGHT, ZoneOffset.UTC);
        return kind == Kind.FILE
                ? QuietJournal.open(directory, clock, Set.of())
                : SafeJournal.open(
                        PostgresSchemas.of(PostgresServer.shared(), instance, QuietJournal.MAX_SIZE),
                        clock,
                        Set.of(),
                        Duty.LEAD,
                        QuietJournal.LISTENER,
                        SafeJournal.Waits.DEFAULT);
    }

    private WrittenRows rows(Kind kind) {
        return kind == Kind.FILE
                ? WrittenRows.in(directory)
                : WrittenRows.of(PostgresServer.shared()::connect, instance);
    }

    /** As the version after does when it starts. */
    private void migrateToVersionAfter(Kind kind) {
        FluentConfiguration flyway = Flyway.configure();
        if (kind == Kind.FILE) {
            flyway.dataSource("jdbc:sqlite:" + directory.resolve("journal.db"), "", "")
                    .locations("classpath:db/migration", "classpath:db/later");
        } else {
            flyway.dataSource(PostgresServer.shared().url(), PostgresServer.USER, PostgresServer.PASSWORD)
                    .locations("classpath:db/migration", "classpath:db/postgresql", "classpath:db/later")
                    .schemas(instance);
        }
        assertThat(flyway.load().migrate().migrationsExecuted).isPositive();
    }

    private static void lags(SafeJournal journal, String id) {
        journal.record(
                JournalSamples.opened(incident(id, Optional.empty()), line(NIGHT, id + " lags")),
                List.of(message(id, "a", Moment.OPENED, NIGHT)));
        journal.record(JournalSamples.diagnosed(State.WAITING, NIGHT), List.of());
    }

    private static void ends(SafeJournal journal, String id) {
        Instant end = NIGHT.plusSeconds(60);
        journal.record(
                JournalSamples.ended(incident(id, Optional.of(end))), List.of(message(id, "a", Moment.ENDED, end)));
        journal.due(NIGHT, Set.of());
        journal.acknowledged(id + "/OPENED/a", end);
    }

    /** A rollback: this version starts after a later one, whose tables have more columns. */
    @ParameterizedTest
    @EnumSource
    void thisVersionStartsOnTheTablesOfALaterOne(Kind kind) {
        open(kind).close();
        migrateToVersionAfter(kind);

        try (SafeJournal journal = open(kind)) {
            lags(journal, "i1");
        }
        try (SafeJournal journal = open(kind)) {
            assertThat(journal.openIncidents()).containsOnlyKeys(CART);
            ends(journal, "i1");
            assertThat(journal.forget(NIGHT)).isZero();
        }
        assertThat(rows(kind).openIncidents()).isEmpty();
        assertThat(rows(kind).undelivered())
                .extracting(entry -> entry.message().id())
                .containsExactly("i1/ENDED/a");
        if (kind == Kind.FILE) {
            assertThat(directory.toFile().list()).noneMatch(name -> name.contains("damaged"));
        }
    }

    /** An upgrade of one replica after the other: this version leads while a later one migrates. Its statements were used before. */
    @ParameterizedTest
    @EnumSource
    void thisVersionGoesOnWhileALaterOneMigrates(Kind kind) {
        try (SafeJournal journal = open(kind)) {
            for (int i = 0; i < 12; i++) {
                lags(journal, "before" + i);
                assertThat(journal.lines("available", Instant.EPOCH, Instant.MAX)
                                .orElseThrow())
                        .hasSize(i + 1);
                assertThat(journal.diagnosisAt(CART, NIGHT).orElseThrow().diagnosis())
                        .isPresent();
            }
            migrateToVersionAfter(kind);

            lags(journal, "after");
            ends(journal, "after");
            assertThat(journal.lines("available", Instant.EPOCH, Instant.MAX).orElseThrow())
                    .hasSize(13);
            assertThat(journal.diagnosisAt(CART, NIGHT).orElseThrow().diagnosis())
                    .map(PastDiagnosis::state)
                    .contains(State.WAITING);
        }
        assertThat(rows(kind).entries()).extracting(DiaryEntry::text).contains("after lags");
    }

    /** The version before writes beside this one, with the statements that it had. */
    @ParameterizedTest
    @EnumSource
    void theVersionBeforeWritesOnTheTablesOfThisOne(Kind kind) throws IOException {
        open(kind).close();
        for (String statement : statementsOfTheVersionBefore()) {
            rows(kind).execute(statement);
        }

        try (SafeJournal journal = open(kind)) {
            assertThat(journal.openIncidents().values())
                    .extracting(Incident::id)
                    .containsExactly("i8");
            assertThat(journal.due(WRITTEN_BEFORE.plusSeconds(5), Set.of()))
                    .extracting(due -> due.message().id() + " after " + due.attempts())
                    .containsExactly("i8/OPENED/a after 1");
            assertThat(journal.latestSteps(Scope.ALL, 9)).hasSize(1);
            assertThat(journal.followedBefore().orElseThrow()).containsOnlyKeys(CART);
            assertThat(journal.diagnosisAt(CART, WRITTEN_BEFORE).orElseThrow().diagnosis())
                    .map(PastDiagnosis::state)
                    .contains(State.AVAILABILITY_LAG);
            ends(journal, "i8");
        }
        assertThat(rows(kind).openIncidents()).isEmpty();
    }

    private static List<String> statementsOfTheVersionBefore() throws IOException {
        String text = Files.readAllLines(BEFORE).stream()
                .filter(line -> !line.startsWith("--"))
                .collect(Collectors.joining("\n"));
        return Arrays.stream(text.split(";", -1))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }
}
