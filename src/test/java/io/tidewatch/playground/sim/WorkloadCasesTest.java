package io.tidewatch.playground.sim;

import static io.tidewatch.playground.sim.StageDiagnosis.ask;
import static io.tidewatch.playground.sim.StageDiagnosis.converged;
import static io.tidewatch.playground.sim.StageDiagnosis.raise;
import static io.tidewatch.playground.sim.StageDiagnosis.says;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.State;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** States and causes that do not depend on the kind of the workload, on a Deployment and on a StatefulSet; each dump is a golden case. */
class WorkloadCasesTest {

    private static final Duration STEP = Duration.ofSeconds(40);
    private static final Duration TIMEOUT = Duration.ofMinutes(7);

    private enum Scaled {
        DEPLOYMENT("deployment", Kind.DEPLOYMENT),
        STATEFUL_SET("statefulset", Kind.STATEFUL_SET);

        private final String word;
        private final Kind kind;

        Scaled(String word, Kind kind) {
            this.word = word;
            this.kind = kind;
        }

        Stage stage() {
            Stage stage = new Stage(SimulationOptions.of(RolloutsVersion.V1_9_1));
            return this == DEPLOYMENT ? stage.withDeployment("") : stage.withStatefulSet("");
        }

        /** The name of the golden case. */
        String named(String name) {
            return word + "-" + name;
        }
    }

    private static void annotate(Stage stage, String name, String value) {
        stage.patch(
                Kind.SCALED_OBJECT,
                Stage.NAME,
                "{\"metadata\":{\"annotations\":{\"" + name + "\":\"" + value + "\"}}}");
    }

    private static void spec(Stage stage, String fields) {
        stage.patch(Kind.SCALED_OBJECT, Stage.NAME, "{\"spec\":" + fields + "}");
    }

    /** The pods of the new template start slowly, and no more are down than an update may take down. */
    @ParameterizedTest
    @EnumSource
    void convergedUpdatingWhilePodsStart(Scaled scaled) {
        try (Stage stage = scaled.stage()) {
            raise(stage, 7, STEP);
            stage.controllers.podReadyAfter(Stage.NS, Stage.NAME, Duration.ofSeconds(60));
            stage.image("app:2");
            stage.pass(STEP);
            converged(ask(stage, scaled.named("updating"), 7), State.CONVERGED_UPDATING);
        }
    }

    @ParameterizedTest
    @EnumSource
    void deferredWhilePaused(Scaled scaled) {
        try (Stage stage = scaled.stage()) {
            annotate(stage, "autoscaling.keda.sh/paused", "true");
            raise(stage, 7, STEP);
            says(
                    ask(stage, scaled.named("scaled-object-paused"), 7),
                    State.DEFERRED,
                    Hop.SCALED_OBJECT,
                    Cause.SCALED_OBJECT_PAUSED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void deferredByAHold(Scaled scaled) {
        try (Stage stage = scaled.stage()) {
            annotate(
                    stage,
                    "tidewatch.io/hold-until",
                    Stage.START.plus(Duration.ofHours(2)).toString());
            stage.pass(STEP);
            says(ask(stage, scaled.named("hold"), 7), State.DEFERRED, Hop.SCALED_OBJECT, Cause.HOLD);
        }
    }

    @ParameterizedTest
    @EnumSource
    void blockedByIdleReplicas(Scaled scaled) {
        try (Stage stage = scaled.stage()) {
            stage.controllers.faults().trigger(Stage.NS, Stage.NAME, TriggerState.INACTIVE);
            spec(stage, "{\"idleReplicaCount\":0}");
            stage.pass(STEP);
            raise(stage, 7, STEP);
            says(
                    ask(stage, scaled.named("idle-inactive"), 7),
                    State.BLOCKED,
                    Hop.SCALED_OBJECT,
                    Cause.IDLE_WITHOUT_ACTIVITY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void conflictWithAnotherWriter(Scaled scaled) {
        try (Stage stage = scaled.stage()) {
            annotate(stage, "tidewatch.io/applied", "7..20");
            annotate(stage, "tidewatch.io/takeovers", "1");
            stage.pass(STEP);
            says(
                    ask(stage, scaled.named("field-conflict"), 7),
                    State.CONFLICT,
                    Hop.SCALED_OBJECT,
                    Cause.FIELD_CONFLICT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void failedByATriggerThatCannotBeParsed(Scaled scaled) {
        try (Stage stage = scaled.stage()) {
            spec(
                    stage,
                    "{\"minReplicaCount\":7,\"triggers\":[{\"type\":\"metrics-api\",\"metadata\":{\"targetValue\":\"abc\"}}]}");
            stage.pass(STEP);
            says(
                    ask(stage, scaled.named("scaled-object-invalid"), 7),
                    State.FAILED,
                    Hop.SCALED_OBJECT,
                    Cause.SCALED_OBJECT_INVALID);
        }
    }

    @ParameterizedTest
    @EnumSource
    void failedWithoutItsWorkload(Scaled scaled) {
        try (Stage stage = scaled.stage()) {
            stage.delete(scaled.kind, Stage.NAME);
            raise(stage, 7, STEP);
            says(ask(stage, scaled.named("target-missing"), 7), State.FAILED, Hop.SCALED_OBJECT, Cause.TARGET_MISSING);
        }
    }

    @ParameterizedTest
    @EnumSource
    void unknownWithoutItsPods(Scaled scaled) {
        try (Stage stage = scaled.stage()) {
            Diagnosis diagnosis = StageDump.of(stage).without(Kind.POD).ask(scaled.named("unknown"), OptionalInt.of(5));
            assertThat(diagnosis.state()).as(diagnosis.summary()).isEqualTo(State.UNKNOWN);
            assertThat(diagnosis.missing()).contains("Pod");
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitingWhileKedaIsDown(Scaled scaled) {
        try (Stage stage = scaled.stage()) {
            stage.controllers.faults().stopKeda();
            raise(stage, 7, TIMEOUT);
            says(ask(stage, scaled.named("keda-not-following"), 7), State.WAITING, Hop.HPA, Cause.KEDA_NOT_FOLLOWING);
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitingForAKedaThatDoesNotSelect(Scaled scaled) {
        try (Stage stage = scaled.stage()) {
            stage.controllers.faults().shardKeda("shard in (blue, green)");
            raise(stage, 7, TIMEOUT);
            says(ask(stage, scaled.named("keda-not-selecting"), 7), State.WAITING, Hop.HPA, Cause.KEDA_NOT_SELECTING);
        }
    }

    @ParameterizedTest
    @EnumSource
    void cappedBelowTheDesiredMinimum(Scaled scaled) {
        try (Stage stage = scaled.stage()) {
            says(ask(stage, scaled.named("hpa-capped"), 25), State.WAITING, Hop.SCALED_OBJECT, Cause.HPA_CAPPED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitingForTheHpaToSync(Scaled scaled) {
        try (Stage stage = scaled.stage()) {
            stage.min(7);
            stage.passUntil(() -> stage.hpa().integer("spec", "minReplicas") == 7, STEP);
            says(ask(stage, scaled.named("hpa-not-scaling"), 7), State.WAITING, Hop.HPA, Cause.HPA_NOT_SCALING);
        }
    }

    /** As KEDA up to v2.16 does; the simulated KEDA is a later version. */
    @ParameterizedTest
    @EnumSource
    void lagByKedasFallback(Scaled scaled) {
        try (Stage stage = scaled.stage()) {
            stage.client
                    .genericKubernetesResources(Kind.DEPLOYMENT.context())
                    .inNamespace("keda")
                    .withName("keda-operator")
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"keda-operator\","
                                    + "\"image\":\"ghcr.io/kedacore/keda:2.16.1\"}]}}}}");
            spec(stage, "{\"fallback\":{\"failureThreshold\":3,\"replicas\":3}}");
            stage.controllers.faults().trigger(Stage.NS, Stage.NAME, TriggerState.FAILING);
            overwrite(stage, 3);
            stage.patchStatus(
                    Kind.SCALED_OBJECT,
                    Stage.NAME,
                    "{\"status\":{\"health\":{\"s0-metric-api-value\":{\"status\":\"Failing\",\"numberOfFailures\":28}}}}");
            stage.settle();
            says(ask(stage, scaled.named("keda-fallback"), 7), State.AVAILABILITY_LAG, Hop.HPA, Cause.KEDA_FALLBACK);
        }
    }

    @ParameterizedTest
    @EnumSource
    void lagByAnotherWriterOfReplicas(Scaled scaled) {
        try (Stage stage = scaled.stage()) {
            overwrite(stage, 5);
            says(
                    ask(stage, scaled.named("overwritten"), 7),
                    State.AVAILABILITY_LAG,
                    Hop.HPA,
                    Cause.REPLICAS_OVERWRITTEN);
        }
    }

    private static void overwrite(Stage stage, int replicas) {
        stage.min(7);
        for (Instant end = stage.clock.instant().plus(TIMEOUT);
                stage.clock.instant().isBefore(end); ) {
            stage.passUntil(() -> stage.workload().integer("spec", "replicas") == 7, STEP);
            stage.pass(Duration.ofSeconds(2));
            stage.scale(replicas);
            stage.settle();
        }
    }

    @ParameterizedTest
    @EnumSource
    void lagByAdmission(Scaled scaled) {
        try (Stage stage = scaled.stage()) {
            stage.controllers.faults().denyPods(Stage.NS, "image app:1 is not signed");
            raise(stage, 7, TIMEOUT);
            says(
                    ask(stage, scaled.named("admission"), 7),
                    State.AVAILABILITY_LAG,
                    scaled == Scaled.DEPLOYMENT ? Hop.REPLICA_SET : Hop.STATEFUL_SET,
                    Cause.ADMISSION_DENIED);
        }
    }

    static Stream<Arguments> troubles() {
        return Stream.of(Scaled.values())
                .flatMap(scaled -> Stream.of(
                        Arguments.of(scaled, PodTrouble.CONTAINER_CONFIG, Cause.CONTAINER_CONFIG, "container-config"),
                        Arguments.of(scaled, PodTrouble.INIT_STUCK, Cause.INIT_STUCK, "init-stuck"),
                        Arguments.of(scaled, PodTrouble.OOM_KILLED, Cause.OOM_KILLED, "oom-killed")));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void lagByPodsThatDoNotComeUp(Scaled scaled, PodTrouble trouble, Cause cause, String name) {
        try (Stage stage = scaled.stage()) {
            stage.controllers.faults().breakImage("app:1", trouble);
            raise(stage, 7, TIMEOUT);
            says(ask(stage, scaled.named(name), 7), State.AVAILABILITY_LAG, Hop.POD, cause);
        }
    }
}
