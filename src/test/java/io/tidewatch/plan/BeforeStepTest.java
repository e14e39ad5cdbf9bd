package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredBounds.RampStep;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.ScaleSchedule.ConflictPolicy;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.Plan;
import io.tidewatch.observe.ObjectReader;
import io.tidewatch.ownership.BeforeRecord;
import io.tidewatch.ownership.OwnRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the request that writes a minimum keeps of the time before it. */
class BeforeStepTest {

    private static final Instant NOW = Given.OPENS.plusSeconds(1);
    private static final DesiredBounds PEAK = Given.inWindow(ConflictPolicy.ADOPT);
    private static final BeforeRecord TWO =
            new BeforeRecord(State.AVAILABILITY_LAG, Optional.of(Cause.UNSCHEDULABLE), 2, 5);

    @Test
    void theRequestOfTheMinimumCarriesWhatLacks() {
        assertThat(annotations(5, 3)).containsEntry(Annotations.BEFORE, "Waiting Unschedulable, 2 of 5 missing");
        assertThat(annotations(5, 5)).containsKey(Annotations.APPLIED).doesNotContainKey(Annotations.BEFORE);
    }

    /** Load holds nine pods, and the minimum of five has all of its own. */
    @Test
    void podsThatTheLoadAsksForLackToo() {
        assertThat(annotations(9, 7)).containsEntry(Annotations.BEFORE, "Waiting Unschedulable, 2 of 9 missing");
    }

    @Test
    void aStepOfANewPeriodForgetsTheOneBefore() {
        ScaledObjectView live = Given.live(
                5, Map.of(Annotations.WINDOW, "evening@2026-11-22T10:00:00Z", Annotations.BEFORE, TWO.text()));

        assertThat(new OwnRecord(live.meta()).after(PEAK, "tidewatch", false, Optional.empty(), Optional.empty(), NOW))
                .doesNotContainKey(Annotations.BEFORE);
    }

    /** What lacks then may lack because of our own write a moment ago. */
    @Test
    void theSameMinimumOnceMoreKeepsWhatIsRemembered() {
        Map<String, String> ours = new HashMap<>(Given.memory(PEAK, 7));

        assertThat(again(ours)).doesNotContainKey(Annotations.BEFORE);
        ours.put(Annotations.BEFORE, TWO.text());
        assertThat(again(ours)).containsEntry(Annotations.BEFORE, TWO.text());
    }

    private static Map<String, String> again(Map<String, String> ours) {
        BeforeRecord now = new BeforeRecord(State.WAITING, Optional.empty(), 4, 7);
        return new OwnRecord(Given.live(5, ours).meta())
                .after(PEAK, "tidewatch", true, Optional.empty(), Optional.of(now), NOW);
    }

    @Test
    void anotherMinimumOfTheSameWindowIsAStepOfItsOwn() {
        DesiredBounds more = Given.inWindow(ConflictPolicy.ADOPT)
                .with(new RampStep(new Bounds(9, 20), 9, Optional.empty(), Optional.empty()));
        Map<String, String> ours = new HashMap<>(Given.memory(PEAK, 7));
        ours.put(Annotations.BEFORE, TWO.text());
        BeforeRecord now = new BeforeRecord(State.WAITING, Optional.empty(), 1, 7);

        assertThat(new OwnRecord(Given.live(7, ours).meta())
                        .after(more, "tidewatch", false, Optional.empty(), Optional.of(now), NOW))
                .containsEntry(Annotations.BEFORE, "Waiting, 1 of 7 missing");
    }

    /** The pods of its first step are on their way when its second is written. */
    @Test
    void theNextStepOfARampKeepsWhatWasBeforeTheFirst() {
        Map<String, String> ours = new HashMap<>(Given.memory(PEAK, 6));
        ours.put(Annotations.RAMP, "up from 5 to 7 since " + Given.OPENS);
        BeforeRecord now = new BeforeRecord(State.WAITING, Optional.empty(), 1, 6);
        DesiredBounds last = PEAK.with(new RampStep(new Bounds(7, 20), 5, Optional.empty(), Optional.empty()));

        assertThat(new OwnRecord(Given.live(6, ours).meta())
                        .after(last, "tidewatch", false, Optional.empty(), Optional.of(now), NOW))
                .doesNotContainKey(Annotations.BEFORE)
                .containsEntry(Annotations.RAMP, "up from 5 to 7 since " + Given.OPENS);
        ours.put(Annotations.BEFORE, TWO.text());
        assertThat(new OwnRecord(Given.live(6, ours).meta())
                        .after(last, "tidewatch", false, Optional.empty(), Optional.of(now), NOW))
                .containsEntry(Annotations.BEFORE, TWO.text());
    }

    @Test
    void theStepOfARampBeganWithItsFirstWrite() {
        Map<String, String> ours = new HashMap<>(Given.memory(PEAK, 6));
        ours.put(Annotations.APPLIED_AT, NOW.plusSeconds(30).toString());
        assertThat(new OwnRecord(Given.live(6, ours).meta()).stepAt()).contains(NOW.plusSeconds(30));

        ours.put(Annotations.RAMP, "up from 5 to 7 since " + Given.OPENS);
        assertThat(new OwnRecord(Given.live(6, ours).meta()).stepAt()).contains(Given.OPENS);
    }

    @Test
    void aRemedyKeepsWhatIsRemembered() {
        Map<String, String> ours = new HashMap<>(Given.memory(PEAK, 7));
        ours.put(Annotations.BEFORE, TWO.text());
        OwnRecord record = new OwnRecord(Given.live(7, ours).meta());

        assertThat(record.afterRemedy(PEAK, "tidewatch", record.remedies(PEAK.period())))
                .containsEntry(Annotations.BEFORE, TWO.text());
    }

    /** The annotations in the plan's one request. */
    private static Map<String, Object> annotations(int replicas, int available) {
        TargetObservation seen = new TargetObservation(
                Given.CHECKOUT,
                Optional.of(Given.live(5)),
                Optional.empty(),
                Optional.of(ObjectReader.rollout(
                        Map.of(
                                "metadata",
                                Map.of("namespace", "shop", "name", "checkout", "uid", "u-r"),
                                "spec",
                                Map.of("replicas", replicas)),
                        NOW)),
                List.of(),
                List.of(),
                List.of(),
                Set.of());
        Observation observation =
                new Observation(NOW, Map.of(), new TreeMap<>(Map.of(Given.CHECKOUT, seen)), List.of());
        Plan plan = new Planner("tidewatch", Map.of())
                .plan(
                        Definitions.NONE,
                        new DesiredState(NOW, new TreeMap<>(Map.of(Given.CHECKOUT, PEAK)), new TreeSet<>()),
                        ClusterState.NONE,
                        observation,
                        new Diagnoses(NOW, new TreeMap<Target, Diagnosis>(Map.of(Given.CHECKOUT, lacking(available)))));
        Action.SetMinReplicas set = (Action.SetMinReplicas) plan.actions().get(0);
        Map<?, ?> meta = (Map<?, ?>) set.body().get("metadata");
        Map<String, Object> annotations = new HashMap<>();
        ((Map<?, ?>) meta.get("annotations")).forEach((key, value) -> annotations.put(String.valueOf(key), value));
        return annotations;
    }

    private static Diagnosis lacking(int available) {
        Diagnosis found = Given.diagnosis(State.WAITING, OptionalInt.of(available));
        return new Diagnosis(
                found.target(),
                found.kind(),
                found.state(),
                List.of(Cause.UNSCHEDULABLE),
                found.hop(),
                found.certainty(),
                found.summary(),
                found.desired(),
                found.claimed(),
                found.live(),
                found.evidence(),
                found.notes(),
                found.missing(),
                found.advisories(),
                found.progress());
    }
}
