package io.tidewatch.cli.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.observe.Dump;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person reads at night: one line, the hops, the proof, one command that fits. */
class DiagnosisStoryTest {

    private static String story(String file, String name, int desired, String at) throws IOException {
        try (InputStream in = DiagnosisStoryTest.class.getResourceAsStream("/cases/" + file + ".yaml")) {
            Dump dump = Dump.parse(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            List<DiagnosisOutput.Diagnosed> told = DiagnosisOutput.onDump(
                    dump.read(Instant.parse(at)), Optional.of(name), Optional.empty(), OptionalInt.of(desired));
            return DiagnosisOutput.people(told);
        }
    }

    private static String line(String story, String what) {
        return story.lines()
                .filter(line -> line.startsWith("  " + what + " "))
                .findFirst()
                .orElse("")
                .strip();
    }

    @Test
    void theFoundingIncidentIsExplainedInFull() throws IOException {
        assertThat(story("incident-degraded-bluegreen", "r0033", 5, "2026-11-23T17:07:53Z"))
                .isEqualTo("""
                        shop/r0033  StaleStatus: 5 of 5 pods serve, Rollout.status still says 7 of 7 and Degraded. Likely argo-rollouts#4047, fixed in v1.8.0
                          HOP           DESIRED    NOW
                          ScaledObject        5      -
                          HPA                 5      -
                          Rollout            5+      5  stale  since 2026-11-23T17:06:34Z
                          ReplicaSet          5      5  ok
                          Pod                 5      5  ok
                          not seen Deployment, HPA, ScaledObject
                          proof    Rollout r0033 status.HPAReplicas = 7, its ReplicaSets say 5
                          proof    Rollout r0033 status.replicas = 7, its ReplicaSets say 5
                          proof    Rollout r0033 status.updatedReplicas = 7, its ReplicaSets say 5
                          proof    Rollout r0033 status.readyReplicas = 7, its ReplicaSets say 5
                          proof    Rollout r0033 status.availableReplicas = 7, its ReplicaSets say 5
                          proof    Rollout r0033 status.phase = Degraded
                          proof    ReplicaSet r0033-c8f699d45 status.availableReplicas = 5 of spec.replicas 5
                          proof    Rollout r0033 status, last written = 2026-11-23T17:07:38Z
                          next     kubectl annotate --overwrite rs r0033-c8f699d45 -n shop tidewatch.io/nudged-at=$(date -u +%FT%TZ)
                        """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        quota|8|2026-11-23T17:31:00Z|kubectl describe quota -n x-quota
        unschedulable|8|2026-11-23T17:31:28Z|kubectl describe pod checkout-76bd97b56f-2r5b7 -n x-unschedulable
        keda-not-following|7|2026-11-22T13:07:20Z|kubectl get deployment -A -l app.kubernetes.io/name=keda-operator
        init-stuck|7|2026-11-22T13:08:00Z|kubectl logs checkout-54c54f5864-d99pn -c migrate -n shop
        inconclusive-analysis|8|2026-11-22T13:08:40Z|kubectl get analysisrun -n shop
        field-conflict|7|2026-11-22T13:01:00Z|kubectl get scaledobject checkout -n shop -o yaml --show-managed-fields
        hold|7|2026-11-22T13:01:00Z|tidewatch release checkout -n shop
        """)
    void theNextCommandFitsTheCause(String file, int desired, String at, String next) throws IOException {
        assertThat(line(story(file, "checkout", desired, at), "next")).isEqualTo("next     " + next);
    }

    @Test
    void whatConvergedSaysNothingMoreThanItsNotes() throws IOException {
        String story = story("metrics-failing-down", "checkout", 5, "2026-11-23T17:16:06Z");
        assertThat(line(story, "note"))
                .isEqualTo(
                        "note     MetricsFailingHoldReplicas: 7 kept above the minimum of 5: the HPA gets no metrics and"
                                + " does not scale down without them");
        assertThat(line(story, "next") + line(story, "proof") + line(story, "known"))
                .isEmpty();
    }

    @Test
    void knownFaultsAreCountedAndTheFaultAtWorkIsShown() throws IOException {
        String story = story("stale-replica-set-cache-up", "checkout", 7, "2026-11-22T13:01:10Z");
        assertThat(story)
                .contains("known    argo-rollouts v1.7.2: after a scaling step the status may stay at old counters")
                .contains("known    argo-rollouts v1.7.2: 11 known faults, see -o json")
                .contains("  to do    argo-rollouts v1.7.2: upgrade to v1.8.3 or later; v1.6.6 is no clean way back");
    }

    @Test
    void whatWasNotSeenHasNoVerdict() throws IOException {
        String story = story("unknown", "checkout", 5, "2026-11-22T13:00:20Z");
        assertThat(story).contains("  Pod                 5      -\n").doesNotContain("ok");
    }

    @Test
    void aStepThatAnOlderRevisionKeepsOpenIsClosedByAnnotatingTheNumber() throws IOException {
        assertThat(line(story("stacked-step-open", "loopstack", 7, "2026-11-25T14:50:55Z"), "next"))
                .isEqualTo("next     kubectl annotate --overwrite rs loopstack-8479d6b568 -n diag-three"
                        + " rollout.argoproj.io/desired-replicas=7  (closes the step)");
    }

    @Test
    void timesForPeopleAreSeconds() throws IOException {
        assertThat(story("hpa-not-scaling", "checkout", 7, "2026-11-22T13:00:20.040Z"))
                .doesNotContainPattern("T\\d\\d:\\d\\d:\\d\\d\\.");
    }

    @Test
    void severalOlderReplicaSetsAreCountedTogether() throws IOException {
        assertThat(line(story("stacked-bluegreen", "stackbg", 7, "2026-11-25T14:16:10Z"), "note"))
                .startsWith("note     ScaleDownDelay: 3 older ReplicaSets keep 21 pods, the last until 2026-11-25T14:");
    }
}
