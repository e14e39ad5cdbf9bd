package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.diagnose.chain.Backlog;
import io.tidewatch.model.Bounds;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.Observation;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.definition.Checks;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.definition.Ramp;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.observe.ObjectReader;
import io.tidewatch.observe.Observations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Many minimums are raised at once, and KEDA carries three a second on: nobody is late who only waits for his turn. */
class BurstTest {

    private static final Instant EDGE = Instant.parse("2026-11-22T13:30:00Z");
    private static final int TARGETS = 150;
    private static final Duration FOLLOW = Duration.ofSeconds(10);

    /** At 20 a second, as they leave the one door. */
    private static Instant written(int target) {
        return EDGE.plusMillis(50L * target);
    }

    /** Three a second, in the order in which KEDA saw them: the last one after 50 s. */
    private static Instant followed(int target) {
        return EDGE.plusMillis(334L * (target + 1));
    }

    @Test
    void nobodyWhoWaitsForKedaIsLate() {
        assertThat(lateAt(time -> false)).isEmpty();
    }

    /** What was remembered of the burst is gone in the middle of it: it is read from live objects again. */
    @Test
    void aRestartInTheMiddleMakesNobodyLate() {
        assertThat(lateAt(time -> time == 30)).isEmpty();
        assertThat(lateAt(time -> time % 7 == 0)).isEmpty();
    }

    @Test
    void whoeverIsNeverFollowedIsLate() {
        Diagnosis stuck = look(EDGE.plusSeconds(120), Diagnoses.NONE, TARGETS - 1)
                .of(target(TARGETS - 1))
                .orElseThrow();

        assertThat(stuck.state()).isEqualTo(State.AVAILABILITY_LAG);
        assertThat(stuck.summary()).contains("HPA");
    }

    @Test
    void theTimeIsLongerByThoseBehindAtOurWrite() {
        Diagnoses first = look(EDGE.plusSeconds(8), Diagnoses.NONE, -1);

        assertThat(deadline(first, 149)).isEqualTo(written(149).plus(FOLLOW).plusSeconds(ahead(149)));
        assertThat(deadline(first, 100)).isEqualTo(written(100).plus(FOLLOW).plusSeconds(ahead(100)));
    }

    /** A burst that comes later does not give more time to one that is late already. */
    @Test
    void aLaterBurstExtendsNoEarlierTime() {
        Backlog early = new Backlog(List.of(EDGE), List.of());
        List<Instant> begun = new ArrayList<>(List.of(EDGE));
        for (int i = 0; i < 1_000; i++) {
            begun.add(EDGE.plusSeconds(60));
        }
        Backlog later = new Backlog(begun, List.of());

        assertThat(later.at(EDGE)).isEqualTo(early.at(EDGE)).isEqualTo(1);
        assertThat(later.at(EDGE.plusSeconds(60))).isEqualTo(1_001);
    }

    @Test
    void whatWasFollowedBeforeIsNotBehind() {
        Backlog backlog =
                new Backlog(List.of(EDGE, EDGE.plusSeconds(1), EDGE.plusSeconds(2)), List.of(EDGE.plusSeconds(1)));

        assertThat(backlog.at(EDGE.minusNanos(1))).isZero();
        assertThat(backlog.at(EDGE)).isEqualTo(1);
        assertThat(backlog.at(EDGE.plusSeconds(1))).isEqualTo(2);
        assertThat(backlog.at(EDGE.plusSeconds(2))).isEqualTo(2);
    }

    /** The seconds that those who were behind at a target's write need; managedFields tell whole seconds. */
    private static long ahead(int target) {
        int behind = 0;
        for (int other = 0; other <= target; other++) {
            Instant until = followed(other).truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
            behind += until.isBefore(written(target)) ? 0 : 1;
        }
        return (behind + 2) / 3;
    }

    private static Instant deadline(Diagnoses diagnoses, int target) {
        return diagnoses
                .of(target(target))
                .orElseThrow()
                .progress()
                .step()
                .followBy()
                .orElseThrow();
    }

    private interface Restarts {
        boolean at(int second);
    }

    private static List<String> lateAt(Restarts restarts) {
        List<String> late = new ArrayList<>();
        Diagnoses before = Diagnoses.NONE;
        for (int second = 8; second < 60; second++) {
            Instant now = EDGE.plusSeconds(second);
            Diagnoses found = look(now, restarts.at(second) ? Diagnoses.NONE : before, -1);
            found.byTarget().values().stream()
                    .filter(one -> one.state() == State.AVAILABILITY_LAG)
                    .forEach(one -> late.add(now + " " + one.target()));
            before = found;
        }
        return late;
    }

    private static Diagnoses look(Instant now, Diagnoses before, int stuck) {
        List<ScaledObjectView> scaledObjects = new ArrayList<>();
        List<HpaView> hpas = new ArrayList<>();
        List<RolloutView> rollouts = new ArrayList<>();
        SortedMap<Target, DesiredBounds> desired = new TreeMap<>();
        for (int i = 0; i < TARGETS; i++) {
            boolean has = i != stuck && !followed(i).isAfter(now);
            scaledObjects.add(scaledObject(i, now));
            hpas.add(hpa(i, has, now));
            rollouts.add(rollout(i, now));
            desired.put(target(i), desired(i));
        }
        ClusterState state = new ClusterState(
                now,
                scaledObjects,
                hpas,
                rollouts,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                java.util.Set.of());
        Observation seen = Observations.of(state, desired.keySet());
        return Diagnoser.diagnose(seen, new DesiredState(now, desired, new TreeSet<>()), before);
    }

    private static Target target(int i) {
        return new Target("shop", "t%03d".formatted(i));
    }

    private static ScaledObjectView scaledObject(int i, Instant now) {
        return ObjectReader.scaledObject(
                Map.of(
                        "kind",
                        "ScaledObject",
                        "metadata",
                        metadata(
                                i,
                                Map.of(
                                        "tidewatch.io/applied",
                                        "7..20",
                                        "tidewatch.io/applied-at",
                                        written(i).toString())),
                        "spec",
                        Map.of(
                                "minReplicaCount",
                                7,
                                "maxReplicaCount",
                                20,
                                "scaleTargetRef",
                                Map.of(
                                        "apiVersion",
                                        "argoproj.io/v1alpha1",
                                        "kind",
                                        "Rollout",
                                        "name",
                                        target(i).name()))),
                now);
    }

    private static HpaView hpa(int i, boolean has, Instant now) {
        Map<String, Object> metadata = new java.util.LinkedHashMap<>(metadata(i, Map.of()));
        metadata.put("name", "keda-hpa-" + target(i).name());
        metadata.put(
                "managedFields",
                List.of(Map.of(
                        "manager",
                        "keda-operator",
                        "operation",
                        "Update",
                        "time",
                        (has ? followed(i) : EDGE.minusSeconds(3_600))
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString(),
                        "fieldsV1",
                        Map.of("f:spec", Map.of("f:minReplicas", Map.of())))));
        return ObjectReader.hpa(
                Map.of(
                        "kind",
                        "HorizontalPodAutoscaler",
                        "metadata",
                        metadata,
                        "spec",
                        Map.of(
                                "minReplicas",
                                has ? 7 : 5,
                                "maxReplicas",
                                20,
                                "scaleTargetRef",
                                Map.of(
                                        "apiVersion",
                                        "argoproj.io/v1alpha1",
                                        "kind",
                                        "Rollout",
                                        "name",
                                        target(i).name())),
                        "status",
                        Map.of("currentReplicas", 5, "desiredReplicas", 5)),
                now);
    }

    private static RolloutView rollout(int i, Instant now) {
        return ObjectReader.rollout(
                Map.of(
                        "kind",
                        "Rollout",
                        "metadata",
                        metadata(i, Map.of()),
                        "spec",
                        Map.of("replicas", 5, "strategy", Map.of("canary", Map.of())),
                        "status",
                        Map.of("observedGeneration", "1")),
                now);
    }

    private static Map<String, Object> metadata(int i, Map<String, String> annotations) {
        return Map.of(
                "name",
                target(i).name(),
                "namespace",
                "shop",
                "uid",
                "uid-" + i,
                "generation",
                1,
                "resourceVersion",
                "1",
                "annotations",
                annotations);
    }

    private static DesiredBounds desired(int i) {
        ScaleSchedule schedule = new ScaleSchedule(
                "shop",
                "peak",
                new Origin("shop", "a.yaml", 1),
                new ScaleSchedule.TargetSelector.ByName(target(i).name()),
                ZoneId.of("Asia/Seoul"),
                false,
                Optional.empty(),
                List.of(),
                new Checks(Checks.BeforeDown.REQUIRE, FOLLOW, Duration.ofMinutes(5), Duration.ofSeconds(30)),
                ScaleSchedule.ConflictPolicy.ADOPT,
                Ramp.NONE,
                ScaleSchedule.PREFLIGHT,
                false,
                List.of(),
                new ScaleSchedule.AlertRouting(List.of(), Severity.CRITICAL));
        return new DesiredBounds(
                target(i),
                schedule,
                new Commit("shop", "c1", "Dana", EDGE, "peak"),
                new Bounds(5, 20),
                false,
                DesiredBounds.Current.of(new Bounds(7, 20))
                        .in(Optional.of(new DesiredBounds.OpenWindow("peak", EDGE, EDGE.plusSeconds(12_600), false)))
                        .since(Optional.of(EDGE)));
    }
}
