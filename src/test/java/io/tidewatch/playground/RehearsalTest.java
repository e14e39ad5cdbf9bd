package io.tidewatch.playground;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher archives is what verbs and a reconciler load up to its first write. */
@Tag("full")
class RehearsalTest {

    @TempDir
    Path folder;

    @Test
    void loadsTheClassesOfVerbsAndOfAFirstWrite() throws IOException, InterruptedException {
        Path list = folder.resolve("classes");
        boolean came = Rehearsal.rehearse(command("-XX:DumpLoadedClassList=" + list, "io.tidewatch.app.Rehearsal"));

        assertThat(came).isTrue();
        assertThat(Files.readAllLines(list))
                .anyMatch(line -> line.startsWith("io/tidewatch/cli/DiagnoseVerb"))
                .anyMatch(line -> line.startsWith("io/tidewatch/cli/RunVerb"))
                .anyMatch(line -> line.startsWith("io/tidewatch/cluster/ClusterWriter"))
                .noneMatch(line -> line.startsWith("io/tidewatch/playground/"));
    }

    @Test
    void saysThatNothingCameWhereTheProcessEndsBefore() throws IOException, InterruptedException {
        assertThat(Rehearsal.rehearse(command("-version"))).isFalse();
    }

    private static List<String> command(String... more) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String product = "target/classes" + File.pathSeparator + "target/lib/*";
        return more.length == 1
                ? List.of(java, more[0])
                : List.of(java, "-XX:TieredStopAtLevel=1", more[0], "-cp", product, more[1]);
    }
}
