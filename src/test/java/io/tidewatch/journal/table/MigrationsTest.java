package io.tidewatch.journal.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A migration only adds. So the version before runs on the tables of the next one, beside it and after a rollback: what it reads stays, and
 * what it does not write has a default.
 */
class MigrationsTest {

    private static final Path FOLDER = Path.of("src/main/resources/db");

    private static final String NAME = "[a-z_]{1,63}";
    private static final List<Pattern> ADDING = List.of(
            Pattern.compile("CREATE TABLE " + NAME + " \\([^;]{1,5000}\\)"),
            Pattern.compile("CREATE INDEX " + NAME + " ON " + NAME + " \\([a-z_, ]{1,200}\\)( WHERE [^;]{1,200})?"),
            Pattern.compile("INSERT INTO [^;]{1,2000}"),
            Pattern.compile("UPDATE " + NAME + " SET [^;]{1,2000}"));
    private static final Pattern COLUMN = Pattern.compile(
            "ALTER TABLE " + NAME + " ADD COLUMN " + NAME + " [A-Z]{1,20}(\\(\\d{1,4}\\))?([^;]{0,200})");
    private static final Pattern WIDER = Pattern.compile("ALTER TABLE " + NAME + " ([^;]{1,2000})");
    private static final Pattern TO_TEXT = Pattern.compile("ALTER COLUMN " + NAME + " TYPE TEXT");

    /** By the beginning of their SHA-256: a migration that was carried out somewhere never changes, not even by a blank. */
    private static final Map<String, String> CARRIED_OUT = Map.ofEntries(
            Map.entry("V1__journal.sql", "1cafb7d31328"),
            Map.entry("V2__conversations.sql", "e2b5bdf8fd1b"),
            Map.entry("V3__steps.sql", "5bd6eea90f6b"),
            Map.entry("V4__updates.sql", "602ad2b9d024"),
            Map.entry("V5__latest_lines_of_a_target.sql", "b5556fc60564"),
            Map.entry("V6__why_a_step_was_due.sql", "21d91a33a16d"),
            Map.entry("V7__what_a_step_promises.sql", "adfd5285f99c"),
            Map.entry("V8__any_instant_of_a_night.sql", "e674e39b8661"),
            Map.entry("V9__what_replicas_share.sql", "75e2fadfcfdb"),
            Map.entry("V10__what_people_look_at.sql", "a557fceff3ac"));

    private static boolean onlyAdds(String statement) {
        var column = COLUMN.matcher(statement);
        if (column.matches()) {
            return !column.group(2).contains("UNIQUE")
                    && (!column.group(2).contains("NOT NULL") || column.group(2).contains("DEFAULT"));
        }
        var wider = WIDER.matcher(statement);
        return wider.matches()
                ? Arrays.stream(wider.group(1).split(", ", -1))
                        .allMatch(change -> TO_TEXT.matcher(change).matches())
                : ADDING.stream().anyMatch(adding -> adding.matcher(statement).matches());
    }

    private static List<String> statements(Path file) throws IOException {
        String text = Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("--"))
                .map(String::strip)
                .reduce("", (all, line) -> all + " " + line);
        return Arrays.stream(text.split(";", -1))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(FOLDER)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void everyMigrationOnlyAdds() throws IOException {
        for (Path file : files()) {
            assertThat(statements(file)).as(file.toString()).isNotEmpty().allMatch(MigrationsTest::onlyAdds);
        }
    }

    @Test
    void whatAddsIsKnown() throws IOException {
        assertThat(statements(Path.of("src/test/resources/db/later/V1000__of_a_version_after.sql")))
                .hasSize(9)
                .allMatch(MigrationsTest::onlyAdds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE diary",
                "DELETE FROM diary",
                "ALTER TABLE diary DROP COLUMN line",
                "ALTER TABLE diary RENAME COLUMN line TO text",
                "ALTER TABLE diary RENAME TO lines",
                "ALTER TABLE diary ADD COLUMN later TEXT NOT NULL",
                "ALTER TABLE diary ADD COLUMN later TEXT UNIQUE",
                "ALTER TABLE diary ADD CONSTRAINT c CHECK (at > 0)",
                "ALTER TABLE diary ALTER COLUMN line TYPE TEXT, ALTER COLUMN at TYPE INTEGER",
                "ALTER TABLE diary ALTER COLUMN line SET NOT NULL",
                "CREATE UNIQUE INDEX i ON diary (at)",
                "CREATE TRIGGER t AFTER INSERT ON diary"
            })
    void whatTakesAwayIsFound(String statement) {
        assertThat(onlyAdds(statement)).isFalse();
    }

    @Test
    void aMigrationThatWasCarriedOutNeverChanges() throws Exception {
        Map<String, String> now = new TreeMap<>();
        for (Path file : files()) {
            now.put(file.getFileName().toString(), fingerprint(file));
        }

        assertThat(now).as("a new migration is a new file, and a new line here").isEqualTo(new TreeMap<>(CARRIED_OUT));
    }

    private static String fingerprint(Path file) throws IOException, NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest(Files.readString(file, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest).substring(0, 12);
    }

    /** Both databases have one history, so that a number is of one file. */
    @Test
    void noNumberIsUsedTwice() throws IOException {
        List<String> numbers = files().stream()
                .map(file -> file.getFileName().toString().split("__", 2)[0])
                .toList();

        assertThat(numbers).doesNotHaveDuplicates();
    }
}
