package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.diagnose.Diagnoser;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.plan.Plan;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever may write an annotation may write any instant into it; nothing that is reckoned from it may fail. */
class ExtremeInstantsTest {

    private static final Instant NOW = Given.OPENS.plusSeconds(60);
    private static final Instant YEAR_9000 = Instant.parse("9000-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "hold-until, +1000000000-12-31T23:59:59.999999999Z",
        "hold-until, -1000000000-01-01T00:00:00Z",
        "applied-at, +1000000000-12-31T23:59:59.999999999Z",
        "applied-at, -1000000000-01-01T00:00:00Z",
        "remedies, NudgeReplicaSets=1@+1000000000-12-31T23:59:59Z"
    })
    void aPlanIsMadeAndItsNextPassCanBeArmed(String annotation, String told) {
        DesiredBounds desired = Given.inWindow(ConflictPolicy.ADOPT);
        Map<String, String> annotations = new LinkedHashMap<>(Given.memory(desired, 7));
        annotations.put("tidewatch.io/" + annotation, told);
        ScaledObjectView live = Given.live(7, annotations, "tidewatch");
        Observation seen = new Observation(
                NOW,
                Map.of(),
                new TreeMap<>(Map.of(
                        Given.CHECKOUT,
                        new TargetObservation(
                                Given.CHECKOUT,
                                Optional.of(live),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                List.of(),
                                Set.of()))),
                List.of());
        DesiredState desiredState =
                new DesiredState(NOW, new TreeMap<>(Map.of(Given.CHECKOUT, desired)), new TreeSet<>());

        Diagnoses diagnoses = Diagnoser.diagnose(seen, desiredState, Diagnoses.NONE);
        Plan plan = new Planner("tidewatch", Map.of())
                .plan(Definitions.NONE, desiredState, ClusterState.NONE, seen, diagnoses);

        assertThat(diagnoses.faults().isEmpty()).isTrue();
        assertThat(plan.faults().isEmpty()).isTrue();
        assertThat(plan.next().filter(next -> next.isAfter(YEAR_9000))).isEmpty();
        assertThat(plan.skipped())
                .allSatisfy(skip -> assertThat(skip.reason()).isEqualTo("held until 9000-01-01T00:00:00Z"));
    }
}
