package io.tidewatch.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.observe.Dump;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The oracle itself: it accepts what is proven, and names what is not. */
class RawProofTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        up-converged|x-up-converged|checkout|7|2026-11-23T17:15:25Z|Converged|
        up-converged|x-up-converged|checkout|8|2026-11-23T17:15:25Z|Converged|minReplicaCount 7.0
        up-converged|x-up-converged|checkout|7|2026-11-23T17:15:25Z|ConvergedPaused|not paused
        up-converged|x-up-converged|checkout|7|2026-11-23T17:15:25Z|StaleStatus|the counters agree
        canary-step-paused|x-canary-step-paused|checkout|7|2026-11-23T17:17:34Z|Converged|paused
        quota|x-quota|checkout|8|2026-11-23T17:31:00Z|Converged|the current ReplicaSet has 6.0
        user-paused|x-user-paused|checkout|7|2026-11-23T17:18:43Z|ConvergedPaused|desired-replicas
        stale-phase-healthy|shop|r0086|5|2026-11-23T18:39:06Z|StaleStatus|
        stale-phase-healthy|shop|r0086|5|2026-11-23T18:38:30Z|StaleStatus|the ReplicaSets changed within the grace
        stale-phase-healthy|shop|r0086|5|2026-11-23T18:39:06Z|Converged|the counters disagree
        unknown|shop|checkout|5|2026-11-22T13:00:20Z|Converged|ready pods 0 of 5.0
        scaled-object-paused|shop|checkout|7|2026-11-22T13:01:00Z|Converged|no HPA
        field-conflict|shop|checkout|7|2026-11-22T13:01:00Z|Converged|minReplicaCount 5.0
        invalid-spec|shop|checkout|7|2026-11-22T13:01:00Z|Converged|InvalidSpec
        """)
    void namesWhatIsNotShown(
            String file, String namespace, String name, int wanted, String at, String state, String lacks)
            throws IOException {
        List<String> lacking = RawProof.lacking(objects(file), namespace, name, wanted, state, Instant.parse(at));
        if (lacks == null) {
            assertThat(lacking).isEmpty();
        } else {
            assertThat(lacking).contains(lacks);
        }
    }

    private static List<Map<String, Object>> objects(String file) throws IOException {
        try (InputStream in = RawProofTest.class.getResourceAsStream("/cases/" + file + ".yaml")) {
            return Dump.parse(file, new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .objects();
        }
    }
}
