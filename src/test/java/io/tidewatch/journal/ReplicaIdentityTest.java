package io.tidewatch.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which processes have ended for certain, because this one has their state directory. */
class ReplicaIdentityTest {

    @TempDir
    private Path folder;

    @Test
    void allProcessesBeforeAreKnownAlsoThoseThatDiedBeforeTheyLed() {
        Set<String> before = new HashSet<>();
        for (int process = 0; process < 5; process++) {
            ReplicaIdentity identity = ReplicaIdentity.in(folder);
            assertThat(identity.former()).isEqualTo(before).doesNotContain(identity.own());
            before.add(identity.own());
        }
    }

    @Test
    void aProcessThatIsRestartedWithoutEndKeepsAFileOfAFewLines() throws IOException {
        for (int process = 0; process < 100; process++) {
            ReplicaIdentity.in(folder);
        }

        List<String> kept = Files.readAllLines(folder.resolve("identity"));
        assertThat(kept).hasSize(20).doesNotHaveDuplicates();
        assertThat(ReplicaIdentity.in(folder).former()).containsExactlyInAnyOrderElementsOf(kept);
    }

    @Test
    void whatAnotherHostOrSomethingElseWroteProvesNothing() throws IOException {
        String own = ReplicaIdentity.in(folder).own();
        Files.write(folder.resolve("identity"), List.of("elsewhere_0123abcd", own, "", "rm -rf", own));

        assertThat(ReplicaIdentity.in(folder).former()).containsExactly(own);
    }
}
