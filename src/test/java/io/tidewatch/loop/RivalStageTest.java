package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.ObjectMeta;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.ProcessMark;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.cluster.TargetApi;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.report.Pass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RivalStageTest {

    private static final Instant NOON = PassOf.NOON;
    private static final ProcessMark OWN = new ProcessMark(NOON, "a_1");
    private static final ProcessMark YOUNGER = new ProcessMark(NOON.plusSeconds(60), "b_2");

    private final List<ProcessMark> found = new ArrayList<>();
    private boolean lookedFor = true;
    private final RivalStage stage = new RivalStage("tidewatch", OWN, new RivalStage.Rivals() {
        @Override
        public boolean areLookedFor() {
            return lookedFor;
        }

        @Override
        public void found(ProcessMark rival) {
            found.add(rival);
        }
    });

    @Test
    void twoDifferentWritesOfAYoungerProcessAreARival() {
        look(YOUNGER.text(), 100);
        assertThat(found).isEmpty();

        look(YOUNGER.text(), 200);
        assertThat(found).containsExactly(YOUNGER);
    }

    @Test
    void theSameWriteAgainIsNone() {
        look(YOUNGER.text(), 100);
        look(YOUNGER.text(), 100);

        assertThat(found).isEmpty();
    }

    @Test
    void anOlderProcessIsTheOneThatHasToGiveWay() {
        look(new ProcessMark(NOON.minusSeconds(1), "c_3").text(), 100);
        look(new ProcessMark(NOON.minusSeconds(1), "c_3").text(), 200);

        assertThat(found).isEmpty();
    }

    @Test
    void ofTwoThatStartedAtOneInstantOneGivesWay() {
        ProcessMark twin = new ProcessMark(NOON, "a_2");

        assertThat(twin.isYoungerThan(OWN)).isTrue();
        assertThat(OWN.isYoungerThan(twin)).isFalse();
    }

    @Test
    void theOwnMarkIsNoRival() {
        look(OWN.text(), 100);
        look(OWN.text(), 200);

        assertThat(found).isEmpty();
    }

    @Test
    void textsThatAreNoMarkAreIgnored() {
        for (String text : List.of("", "/", "x/y", NOON + "/", NOON.toString(), NOON + "/" + "z".repeat(65))) {
            look(text, 100);
            look(text, 200);
        }

        assertThat(found).isEmpty();
        assertThat(ProcessMark.parse(YOUNGER.text())).contains(YOUNGER);
    }

    @Test
    void inAnElectionNobodyLooks() {
        lookedFor = false;
        look(YOUNGER.text(), 100);
        look(YOUNGER.text(), 200);

        assertThat(found).isEmpty();
    }

    @Test
    void anotherInstanceIsNoRival() {
        look("other", YOUNGER.text(), 100);
        look("other", YOUNGER.text(), 200);

        assertThat(found).isEmpty();
    }

    private void look(String mark, int secondsAfterNoon) {
        look("tidewatch", mark, secondsAfterNoon);
    }

    private void look(String instance, String mark, int secondsAfterNoon) {
        ObjectMeta meta = new ObjectMeta(
                "shop",
                "checkout",
                "uid",
                "1",
                1,
                Optional.empty(),
                false,
                Map.of(),
                Map.of(
                        Annotations.INSTANCE,
                        instance,
                        Annotations.PROCESS,
                        mark,
                        Annotations.APPLIED_AT,
                        NOON.plusSeconds(secondsAfterNoon).toString()),
                Optional.empty(),
                List.of(),
                NOON);
        ScaledObjectView live = new ScaledObjectView(
                meta,
                OptionalInt.of(5),
                OptionalInt.of(20),
                OptionalInt.empty(),
                "Rollout",
                "checkout",
                TargetApi.UNKNOWN,
                "keda-hpa-checkout",
                Optional.empty(),
                Map.of());
        Target target = PassOf.CHECKOUT;
        TargetObservation seen = new TargetObservation(
                target,
                Optional.of(live),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Set.of());
        stage.look(Pass.NONE.with(
                ClusterState.NONE, new Observation(NOON, Map.of(), new TreeMap<>(Map.of(target, seen)), List.of())));
    }
}
