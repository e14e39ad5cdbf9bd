package io.tidewatch.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.journal.database.Journal;
import io.tidewatch.journal.table.WrittenRows;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real process, killed for real, while it writes. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class JournalKilledTest {

    private static final long SEED = 4047;
    private static final int KILLS = 3;

    @TempDir
    Path directory;

    private final Set<Integer> recorded = new TreeSet<>();
    private final Set<Integer> acknowledged = new TreeSet<>();

    @Test
    void allThatWasConfirmedIsInTheFileAndNoCallIsThereInPart() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int kill = 0; kill < KILLS; kill++) {
            writeAndBeKilled(random.nextInt(1, 200), random.nextInt(0, 2_000_000));
            compare();
        }
    }

    private void writeAndBeKilled(int lines, int spins) throws IOException, InterruptedException {
        int from = recorded.stream().max(Integer::compare).orElse(0) + 1_000;
        Process scribe = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Scribe.class.getName(),
                        directory.toString(),
                        Integer.toString(from))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(scribe.getInputStream(), StandardCharsets.UTF_8))) {
            int seen = 0;
            String line = output.readLine();
            while (line != null) {
                note(line);
                seen++;
                if (seen == lines) {
                    spin(spins);
                    scribe.toHandle().destroyForcibly();
                }
                line = output.readLine();
            }
            assertThat(seen).as("lines printed before the kill, seed %d", SEED).isGreaterThanOrEqualTo(lines);
        } finally {
            scribe.destroyForcibly().waitFor();
        }
    }

    /** Varies the statement that the kill interrupts. */
    private static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }

    /** The last line may have been cut by the kill. */
    private void note(String line) {
        String[] words = line.split(" ", -1);
        if (words.length == 2 && words[0].equals("recorded")) {
            recorded.add(Integer.valueOf(words[1]));
        } else if (words.length == 2 && words[0].equals("acknowledged")) {
            acknowledged.add(Integer.valueOf(words[1]));
        }
    }

    private void compare() {
        try (Journal journal = new JournalFile(directory, Scribe.MAX_SIZE, JournalFile.DEFAULT_BUSY_TIMEOUT).reopen()) {
            WrittenRows rows = WrittenRows.in(directory);
            assertThat(journal.content(Set.of()).incidents())
                    .hasSameSizeAs(rows.openIncidents().values());
            Set<String> lines = rows.entries().stream().map(DiaryEntry::text).collect(Collectors.toSet());
            Set<String> incidents =
                    rows.openIncidents().values().stream().map(Incident::id).collect(Collectors.toSet());
            Set<String> waiting = rows.undelivered().stream()
                    .map(undelivered -> undelivered.message().id())
                    .collect(Collectors.toSet());

            assertThat(incidents)
                    .as("an incident and its line are written together")
                    .isEqualTo(lines);
            assertThat(incidents)
                    .containsAll(recorded.stream().map(i -> "i" + i).toList());
            assertThat(waiting)
                    .as("messages that nobody acknowledged")
                    .containsAll(incidents.stream().map(id -> id + "/OPENED/b").toList());
            assertThat(waiting)
                    .as("messages that were acknowledged")
                    .doesNotContainAnyElementsOf(acknowledged.stream()
                            .map(i -> "i" + i + "/OPENED/a")
                            .toList());
        }
    }
}
