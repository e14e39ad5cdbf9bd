package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.app.Main;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message ends with a command that a tired person copies; here it is given a dump instead of a cluster. */
class MessageCommandTest {

    private static final Path MESSAGES = Path.of("src/test/resources/alert");
    private static final Path DUMP = Path.of("src/test/resources/cases/unschedulable.yaml");
    private static final String OURS = "./tidewatch ";

    /** 1: something is in trouble there, and that was understood. */
    @ParameterizedTest
    @ValueSource(strings = {"lag-begins.txt", "lag-ends.txt", "several-begin.txt", "several-end.txt"})
    void theCommandUnderstandsTheDumpThatItIsFed(String message) throws IOException {
        assertThat(run(command(message)
                        .replace(" cart ", " checkout ")
                        .replace("-n shop", "-n x-unschedulable")
                        .replace("--wanted 7", "--wanted 8")))
                .isEqualTo(1);
    }

    @Test
    void aTargetThatIsNotThereIsNotMistakenForTrouble() throws IOException {
        assertThat(run(command("lag-begins.txt"))).isEqualTo(2);
    }

    private static String command(String message) throws IOException {
        String text = Files.readString(MESSAGES.resolve(message));
        return text.substring(text.lastIndexOf(OURS) + OURS.length()).strip();
    }

    private static int run(String command) throws IOException {
        InputStream before = System.in;
        try (InputStream dump = Files.newInputStream(DUMP)) {
            System.setIn(dump);
            return Main.execute((command + " --cluster-state -").split(" "));
        } finally {
            System.setIn(before);
        }
    }
}
