package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import io.tidewatch.model.plan.DryRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which edges ahead are tried by a dry run, which need none, and which are not ready for one. */
class DryRunPlannerTest {

    private static final Instant NOON = Given.OPENS.minusSeconds(3600);

    private Map<String, String> annotations = Map.of();
    private Optional<Instant> nextEdge = Optional.of(Given.OPENS);
    private int live = 5;

    @Test
    void theNextEdgeIsTriedWithWhatItWillWrite() {
        DryRunPlanner.Planned planned = planned();

        assertThat(planned.settled()).isEmpty();
        assertThat(planned.dryRuns()).singleElement().satisfies(dryRun -> {
            assertThat(dryRun.at()).isEqualTo(Given.OPENS);
            assertThat(dryRun.now()).isEqualTo(Given.BASELINE);
            assertThat(dryRun.force()).isFalse();
            assertThat(dryRun.uid()).isEqualTo("uid-1");
            assertThat(dryRun.body().get("spec")).isEqualTo(Map.of("minReplicaCount", 7));
        });
    }

    @Test
    void aTargetWithoutAnEdgeAheadIsSettled() {
        nextEdge = Optional.empty();
        assertThat(planned().settled()).containsExactly(Given.CHECKOUT);
        assertThat(planned().dryRuns()).isEmpty();
    }

    @Test
    void anEdgeThatWritesNothingIsSettled() {
        live = 7;
        annotations = Given.memory(Given.afterWindow(ConflictPolicy.ADOPT), 5);

        assertThat(planned().settled()).containsExactly(Given.CHECKOUT);
    }

    /** Its resourceVersion and its owners change with that write. */
    @Test
    void aTargetThatIsAboutToBeWrittenForNowIsNotReady() {
        live = 2;

        assertThat(planned()).satisfies(DryRunPlannerTest::isNotReady);
    }

    @Test
    void aTargetThatIsHeldOrBelongsToAnotherInstanceIsNotReady() {
        annotations = Map.of("tidewatch.io/hold-until", NOON.plusSeconds(60).toString());
        assertThat(planned()).satisfies(DryRunPlannerTest::isNotReady);

        annotations = Map.of("tidewatch.io/instance", "another");
        assertThat(planned()).satisfies(DryRunPlannerTest::isNotReady);
    }

    private static void isNotReady(DryRunPlanner.Planned planned) {
        assertThat(planned.dryRuns()).extracting(DryRun::target).isEmpty();
        assertThat(planned.settled()).isEmpty();
        assertThat(planned.faults().isEmpty()).isTrue();
    }

    private DryRunPlanner.Planned planned() {
        DesiredBounds now = withNext(Given.afterWindow(ConflictPolicy.ADOPT));
        ScaledObjectView view = Given.live(live, annotations, "kubectl");
        TargetObservation seen = new TargetObservation(
                Given.CHECKOUT,
                Optional.of(view),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Set.of());
        return new DryRunPlanner("tidewatch", Map.of())
                .plan(
                        Set.of(Given.CHECKOUT),
                        Definitions.NONE,
                        state(NOON, now),
                        at -> state(at, Given.inWindow(ConflictPolicy.ADOPT)),
                        ClusterState.NONE,
                        new Observation(NOON, Map.of(), new TreeMap<>(Map.of(Given.CHECKOUT, seen)), List.of()));
    }

    private static DesiredState state(Instant at, DesiredBounds bounds) {
        return new DesiredState(at, new TreeMap<>(Map.of(Given.CHECKOUT, bounds)), new TreeSet<>());
    }

    private DesiredBounds withNext(DesiredBounds bounds) {
        return new DesiredBounds(
                bounds.target(),
                bounds.schedule(),
                bounds.commit(),
                bounds.baseline(),
                bounds.setsMax(),
                bounds.current().until(nextEdge));
    }
}
