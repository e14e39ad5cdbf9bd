package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Target;
import io.tidewatch.model.WorkloadKind;
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
import java.util.HashMap;
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

    private final List<String> found = new ArrayList<>();
    private boolean elected;
    private RivalStage stage = stage(true);

    private RivalStage stage(boolean looks) {
        return new RivalStage("tidewatch", OWN, looks, new RivalStage.Rivals() {
            @Override
            public boolean isElected() {
                return elected;
            }

            @Override
            public void found(String rival) {
                found.add(rival);
            }
        });
    }

    @Test
    void twoDifferentWritesOfAYoungerProcessAreARival() {
        look(YOUNGER.text(), 50);
        look(YOUNGER.text(), 100);
        assertThat(found).isEmpty();

        look(YOUNGER.text(), 200);
        look(YOUNGER.text(), 300);
        assertThat(found).containsExactly(YOUNGER.text());
    }

    @Test
    void theSameWriteAgainIsNone() {
        look(YOUNGER.text(), 50);
        look(YOUNGER.text(), 100);
        look(YOUNGER.text(), 100);

        assertThat(found).isEmpty();
    }

    /** Whoever wrote it may have ended, even one whose clock was ahead. */
    @Test
    void whatWasWrittenBeforeTheFirstLookCountsForNothing() {
        look(YOUNGER.text(), 50);
        look(YOUNGER.text(), 50);
        look(YOUNGER.text(), 100);

        assertThat(found).isEmpty();
    }

    @Test
    void anOlderProcessIsTheOneThatHasToGiveWay() {
        lookThrice(new ProcessMark(NOON.minusSeconds(1), "c_3").text());

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
        lookThrice(OWN.text());

        assertThat(found).isEmpty();
    }

    @Test
    void textsThatAreNoMarkAreIgnored() {
        for (String text : List.of("", "/", "x/y", NOON + "/", NOON.toString(), NOON + "/" + "z".repeat(65))) {
            lookThrice(text);
        }

        assertThat(found).isEmpty();
        assertThat(ProcessMark.parse(YOUNGER.text())).contains(YOUNGER);
    }

    /** One of them is set otherwise than the other. */
    @Test
    void anElectedLeaderIsARivalOfAProcessWithoutAnElection() {
        look(Map.of(Annotations.TERM, "7"), "tidewatch", 50);
        look(Map.of(Annotations.TERM, "7"), "tidewatch", 100);
        look(Map.of(Annotations.TERM, "7"), "tidewatch", 200);

        assertThat(found).containsExactly("an elected leader in term 7");
    }

    @Test
    void anyProcessWithoutAnElectionIsARivalOfOneThatTakesPart() {
        elected = true;
        lookThrice(new ProcessMark(NOON.minusSeconds(1), "c_3").text());

        assertThat(found).hasSize(1);
    }

    @Test
    void otherReplicasAreNoRivalsInAnElection() {
        elected = true;
        look(Map.of(Annotations.TERM, "7"), "tidewatch", 50);
        look(Map.of(Annotations.TERM, "7"), "tidewatch", 100);
        look(Map.of(Annotations.TERM, "8"), "tidewatch", 200);

        assertThat(found).isEmpty();
    }

    @Test
    void anObserverLooksForNobody() {
        stage = stage(false);
        lookThrice(YOUNGER.text());

        assertThat(found).isEmpty();
    }

    @Test
    void anotherInstanceIsNoRival() {
        look(Map.of(Annotations.PROCESS, YOUNGER.text()), "other", 50);
        look(Map.of(Annotations.PROCESS, YOUNGER.text()), "other", 100);
        look(Map.of(Annotations.PROCESS, YOUNGER.text()), "other", 200);

        assertThat(found).isEmpty();
    }

    private void lookThrice(String mark) {
        look(mark, 50);
        look(mark, 100);
        look(mark, 200);
    }

    private void look(String mark, int secondsAfterNoon) {
        look(Map.of(Annotations.PROCESS, mark), "tidewatch", secondsAfterNoon);
    }

    private void look(Map<String, String> marks, String instance, int secondsAfterNoon) {
        Map<String, String> annotations = new HashMap<>(marks);
        annotations.put(Annotations.INSTANCE, instance);
        annotations.put(
                Annotations.APPLIED_AT, NOON.plusSeconds(secondsAfterNoon).toString());
        ObjectMeta meta = new ObjectMeta(
                "shop",
                "checkout",
                "uid",
                "1",
                1,
                Optional.empty(),
                false,
                Map.of(),
                annotations,
                Optional.empty(),
                List.of(),
                NOON);
        ScaledObjectView live = new ScaledObjectView(
                meta,
                OptionalInt.of(5),
                OptionalInt.of(20),
                OptionalInt.empty(),
                WorkloadKind.ROLLOUT,
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
