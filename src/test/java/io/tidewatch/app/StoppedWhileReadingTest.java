package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.git.CommitMarkers;
import io.tidewatch.playground.Operator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ways to end a real process while it reads a commit: who is told to stop did not die of it. */
@Tag("full")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class StoppedWhileReadingTest {

    @TempDir
    Path folder;

    private Operator operator;
    private String commit;

    @BeforeEach
    void commit() throws IOException {
        operator = Operator.start(Files.createDirectory(folder.resolve("git")), "Dana");
        commit = operator.commit("nothing yet", Map.of("readme.txt", "none"));
    }

    @AfterEach
    void close() {
        operator.close();
    }

    @Test
    void aStopWhileTheStartReadsASuspectIsNoSecondDeath() throws IOException, InterruptedException {
        wasBeingReadAtADeath();
        Process process = reading("hang", "before all else");

        process.destroy();

        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended").isTrue();
        assertThat(marker()).as("not being read; the death before it stands").isEqualTo(commit + " 1\n");
        assertThat(markers().isSuspect("shop")).isTrue();
        assertThat(markers().isSetAside("shop", commit)).isFalse();
    }

    @Test
    void aStopWhileAPullIsReadIsNoDeath() throws IOException, InterruptedException {
        Process process = reading("hang", "reading");

        process.destroy();

        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended").isTrue();
        assertThat(state().resolve("reading/shop.marker")).doesNotExist();
    }

    @Test
    void aKillWhileTheStartReadsASuspectIsTheSecondDeath() throws IOException, InterruptedException {
        wasBeingReadAtADeath();
        Process process = reading("hang", "before all else");

        process.destroyForcibly();

        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended").isTrue();
        assertThat(markers().isSetAside("shop", commit)).isTrue();
    }

    @Test
    void anExitOfTheWatchdogIsADeath() throws IOException, InterruptedException {
        wasBeingReadAtADeath();
        Process process = reading("halt", "before all else");

        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended").isTrue();
        assertThat(process.exitValue()).isEqualTo(WatchdogLimits.STOOD_STILL);
        assertThat(markers().isSetAside("shop", commit)).isTrue();
    }

    private void wasBeingReadAtADeath() throws IOException {
        Files.createDirectories(state().resolve("reading"));
        Files.writeString(state().resolve("reading/shop.marker"), commit + " 0 reading\n");
        assertThat(markers().isSuspect("shop")).isTrue();
    }

    private Path state() {
        return folder.resolve("state");
    }

    private String marker() throws IOException {
        return Files.readString(state().resolve("reading/shop.marker"));
    }

    private CommitMarkers markers() {
        return CommitMarkers.open(state().resolve("reading"));
    }

    /** @param before what it says or logs before it reads */
    private Process reading(String how, String before) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ReadingMain.class.getName(),
                        state().toString(),
                        operator.url(),
                        operator.ref(),
                        how)
                .redirectErrorStream(true)
                .start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        String line = lines.readLine();
        while (line != null && !line.equals("reading")) {
            said.append(line).append('\n');
            line = lines.readLine();
        }
        assertThat(line).as(said.toString()).isEqualTo("reading");
        assertThat(said + line).contains(before);
        return process;
    }
}
