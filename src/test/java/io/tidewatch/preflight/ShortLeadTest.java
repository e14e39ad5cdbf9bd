package io.tidewatch.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.definition.DefinitionReader;
import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.diagnose.Diagnoser;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Problem;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Risk;
import io.tidewatch.observe.Dump;
import io.tidewatch.observe.Observations;
import io.tidewatch.ownership.Leads;
import io.tidewatch.schedule.Timetable;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A lead that is shorter than what this target's past raises needed. The window starts in 20 minutes, preflight 1h. */
class ShortLeadTest {

    private static final Target CHECKOUT = new Target("x-up-converged", "checkout");
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @ParameterizedTest(name = "{0}, learned {1}: {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # window                                | learned | to do
             leadTime: 5m                           | 6m30s   | write leadTime: 6m30s, or readyBy: true, into the window
             leadTime: 5m                           | 5m      | -
             leadTime: 5m                           | 30s     | -
             leadTime: 0s                           | 6m30s   | -
             'leadTime: 5m, readyBy: true'          | 6m30s   | -
             'readyBy: true'                        | 6m30s   | -
             'readyBy: true, maxLead: 6m'           | 6m30s   | write maxLead: 6m30s or more into the window
             leadTime: 5m                           | -       | -
            """)
    void shortLeadIsFound(String window, String learned, String toDo) {
        List<Finding> found = findings(window, Optional.ofNullable(learned), "{}");

        assertThat(found.stream().map(Finding::advice).findFirst()).isEqualTo(Optional.ofNullable(toDo));
    }

    @Test
    void sentenceHasBothLengthsAndWhatTheyRestOn() {
        assertThat(findings("leadTime: 5m", Optional.of("6m30s"), "{}"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.sentence())
                            .isEqualTo("the raise begins 5m before the start of its window, and this target needs 6m30s"
                                    + " (p90 of 14 raises until 2026-11-21)");
                    assertThat(finding.certainty()).isEqualTo(Certainty.LIKELY);
                    assertThat(finding.evidence())
                            .singleElement()
                            .satisfies(proof ->
                                    assertThat(proof.value()).isEqualTo("6m30s p90 of 14 raises until 2026-11-21"));
                });
    }

    /** 9 to 12 in three steps. */
    @Test
    void timeOfARampCountsAsLead() {
        assertThat(findings("leadTime: 5m", Optional.of("6m30s"), "{up: {step: 1, pause: 30s}}"))
                .isEmpty();
        assertThat(findings("leadTime: 5m", Optional.of("7m"), "{up: {step: 1, pause: 30s}}"))
                .hasSize(1);
    }

    private static List<Finding> findings(String window, Optional<String> learned, String ramp) {
        List<Map<String, Object>> objects = learned.map(lead -> Given.changed(
                        Given.dump("up-converged"),
                        "ScaledObject",
                        List.of("metadata", "annotations"),
                        Map.of("tidewatch.io/lead", lead + " p90 of 14 raises until 2026-11-21")))
                .orElseGet(() -> Given.dump("up-converged"));
        ClusterState state = new Dump(objects, List.of()).read(NOW);
        Observation observation = Observations.of(state, Set.of(CHECKOUT));
        DesiredState desired = Timetable.of(definitions(window, ramp)).at(NOW, Leads.of(state));
        Diagnoses diagnoses = Diagnoser.diagnose(observation, desired, Diagnoses.NONE);
        return PreflightChecks.of(desired, observation, diagnoses, state).findings(CHECKOUT).stream()
                .filter(finding -> finding.risk() == Risk.SHORT_LEAD)
                .toList();
    }

    private static Definitions definitions(String window, String ramp) {
        LocalTime start = NOW.atZone(ZoneOffset.UTC).toLocalTime().plusMinutes(20);
        TreeMap<String, String> files =
                new TreeMap<>(Map.of("night.yaml", """
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: checkout, namespace: x-up-converged}
                spec:
                  scaledObjectRef: {name: checkout}
                  timeZone: UTC
                  baseline: {minReplicas: 9, maxReplicas: 20}
                  preflight: 1h
                  ramp: %s
                  windows:
                    - {name: peak, start: "%d %d * * *", duration: 1h, minReplicas: 12, %s}
                """.formatted(ramp, start.getMinute(), start.getHour(), window)));
        Checkout checkout =
                new Checkout(new Commit("shop", "3f2c1ab9", "Dana", Instant.EPOCH, "a commit"), files, files.keySet());
        SourceDefinitions source = new DefinitionReader().read(checkout, Optional.empty(), PastTexts.NONE);
        assertThat(source.problems()).filteredOn(Problem::isError).isEmpty();
        return new Definitions(List.of(source));
    }
}
