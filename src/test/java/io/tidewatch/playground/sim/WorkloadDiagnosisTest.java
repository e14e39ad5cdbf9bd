package io.tidewatch.playground.sim;

import static io.tidewatch.playground.sim.StageDiagnosis.ask;
import static io.tidewatch.playground.sim.StageDiagnosis.converged;
import static io.tidewatch.playground.sim.StageDiagnosis.raise;
import static io.tidewatch.playground.sim.StageDiagnosis.says;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.Note;
import io.tidewatch.model.diagnosis.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Deployments and StatefulSets, produced by the simulated controllers, dumped as kubectl would, and diagnosed. */
class WorkloadDiagnosisTest {
    private static final Duration STEP = Duration.ofSeconds(40);
    private static final Duration TIMEOUT = Duration.ofMinutes(7);

    private enum Workload {
        DEPLOYMENT,
        STATEFUL_SET,
        PARALLEL;

        Stage in(Stage stage) {
            return switch (this) {
                case DEPLOYMENT -> stage.withDeployment("");
                case STATEFUL_SET -> stage.withStatefulSet("");
                case PARALLEL -> stage.withStatefulSet("podManagementPolicy: Parallel");
            };
        }

        /** The hop at which pods are missing that were never made. */
        Hop maker() {
            return this == DEPLOYMENT ? Hop.REPLICA_SET : Hop.STATEFUL_SET;
        }

        Hop hop() {
            return this == DEPLOYMENT ? Hop.DEPLOYMENT : Hop.STATEFUL_SET;
        }
    }

    private static Stage stage() {
        return new Stage(SimulationOptions.of(RolloutsVersion.V1_9_1));
    }

    @ParameterizedTest
    @EnumSource
    void convergedUpAndDown(Workload workload) {
        try (Stage stage = workload.in(stage())) {
            raise(stage, 7, STEP);
            converged(ask(stage, "workload-converged", 7), State.CONVERGED);
            raise(stage, 5, STEP);
            converged(ask(stage, "workload-converged-down", 5), State.CONVERGED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void convergedAfterAnUpdateInsideAWindow(Workload workload) {
        try (Stage stage = workload.in(stage())) {
            raise(stage, 7, STEP);
            stage.image("app:2");
            stage.pass(STEP);
            converged(ask(stage, "workload-updated", 7), State.CONVERGED);
        }
    }

    @Test
    void pausedDeploymentIsScaled() {
        try (Stage stage = stage().withDeployment("")) {
            stage.patch(Kind.DEPLOYMENT, Stage.NAME, "{\"spec\":{\"paused\":true}}");
            stage.pass(STEP);
            raise(stage, 7, STEP);
            converged(ask(stage, "deployment-paused", 7), State.CONVERGED_PAUSED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void lagByQuota(Workload workload) {
        try (Stage stage = workload.in(stage())) {
            stage.create("""
                    apiVersion: v1
                    kind: ResourceQuota
                    metadata: {name: pods, namespace: shop}
                    spec: {hard: {pods: "6"}}
                    """);
            raise(stage, 8, TIMEOUT);
            says(
                    ask(stage, "workload-quota-exceeded", 8),
                    State.AVAILABILITY_LAG,
                    workload.maker(),
                    Cause.QUOTA_EXCEEDED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void lagByAdmission(Workload workload) {
        try (Stage stage = workload.in(stage())) {
            stage.controllers.faults().denyPods(Stage.NS, "image app:1 is not signed");
            raise(stage, 7, TIMEOUT);
            says(
                    ask(stage, "workload-admission-denied", 7),
                    State.AVAILABILITY_LAG,
                    workload.maker(),
                    Cause.ADMISSION_DENIED);
            stage.controllers.faults().allowPods(Stage.NS);
            stage.pass(STEP);
            converged(ask(stage, "workload-converged-again", 7), State.CONVERGED);
        }
    }

    /** The pod that was made since is not ready; its Event from before proves nothing any more. */
    @Test
    void rejectionThatIsOverIsNotBlamed() {
        try (Stage stage = stage().withStatefulSet("")) {
            stage.controllers.faults().breakPod(Stage.NS, "checkout-5", PodTrouble.NOT_READY);
            stage.controllers.faults().denyPods(Stage.NS, "image app:1 is not signed");
            raise(stage, 8, STEP);
            assertThat(ask(stage, "statefulset-denied", 8).causes()).containsExactly(Cause.ADMISSION_DENIED);
            stage.controllers.faults().allowPods(Stage.NS);
            stage.pass(TIMEOUT);
            assertThat(ask(stage, "statefulset-denied-before", 8).causes())
                    .containsExactly(Cause.NOT_READY, Cause.ORDINAL_BLOCKED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void lagByFullNodes(Workload workload) {
        try (Stage stage = workload.in(
                new Stage(SimulationOptions.of(RolloutsVersion.V1_9_1).withNodes(6)))) {
            raise(stage, 8, TIMEOUT);
            says(ask(stage, "workload-unschedulable", 8), State.AVAILABILITY_LAG, Hop.POD, Cause.UNSCHEDULABLE);
        }
    }

    static Stream<Arguments> troubles() {
        return Stream.of(Workload.values())
                .flatMap(workload -> Stream.of(PodTrouble.values())
                        .map(trouble -> Arguments.of(
                                workload,
                                trouble,
                                trouble == PodTrouble.VOLUME ? Cause.VOLUME_PENDING : Cause.valueOf(trouble.name()))));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void lagByPodsThatDoNotComeUp(Workload workload, PodTrouble trouble, Cause cause) {
        try (Stage stage = workload.in(stage())) {
            stage.controllers.faults().breakImage("app:1", trouble);
            raise(stage, 7, STEP);
            says(ask(stage, "workload-trouble-soon", 7), State.WAITING, Hop.POD, cause);
            stage.pass(TIMEOUT);
            says(ask(stage, "workload-trouble", 7), State.AVAILABILITY_LAG, Hop.POD, cause);
        }
    }

    @Test
    void brokenRevisionOfADeploymentTakesCapacity() {
        try (Stage stage = stage().withDeployment("")) {
            stage.controllers.faults().breakImage("app:broken", PodTrouble.IMAGE_PULL);
            stage.image("app:broken");
            stage.pass(STEP);
            raise(stage, 8, TIMEOUT);
            Diagnosis diagnosis = ask(stage, "deployment-broken-revision", 8);
            says(diagnosis, State.AVAILABILITY_LAG, Hop.POD, Cause.IMAGE_PULL);
            assertThat(diagnosis.notes()).contains(Note.BROKEN_REVISION_TAKES_CAPACITY);
        }
    }

    @Test
    void brokenUpdateOfAStatefulSetHoldsNewPods() {
        try (Stage stage = stage().withStatefulSet("")) {
            stage.controllers.faults().breakImage("app:broken", PodTrouble.IMAGE_PULL);
            stage.image("app:broken");
            stage.pass(STEP);
            raise(stage, 7, TIMEOUT);
            says(ask(stage, "statefulset-broken-revision", 7), State.AVAILABILITY_LAG, Hop.POD, Cause.IMAGE_PULL);
        }
    }

    @Test
    void stuckOrdinalHoldsTheHigherOnes() {
        try (Stage stage = stage().withStatefulSet("")) {
            stage.controllers.faults().breakPod(Stage.NS, "checkout-5", PodTrouble.NOT_READY);
            raise(stage, 8, TIMEOUT);
            Diagnosis stuck = ask(stage, "statefulset-stuck-ordinal-played", 8);
            says(stuck, State.AVAILABILITY_LAG, Hop.POD, Cause.NOT_READY);
            assertThat(stuck.causes()).containsExactly(Cause.NOT_READY, Cause.ORDINAL_BLOCKED);
            assertThat(stuck.summary()).contains("; checkout-5 is not ready and holds back 2 pods");
            stage.controllers.faults().mendPod(Stage.NS, "checkout-5");
            stage.pass(STEP);
            converged(ask(stage, "statefulset-converged-again", 8), State.CONVERGED);
        }
    }

    @Test
    void slowStartOfAnOrderedStatefulSetIsNoTroubleYet() {
        try (Stage stage = stage().withStatefulSet("")) {
            stage.controllers.podReadyAfter(Stage.NS, Stage.NAME, Duration.ofSeconds(50));
            raise(stage, 8, Duration.ofMinutes(2));
            assertThat(ask(stage, "statefulset-slow-start", 8).state()).isEqualTo(State.WAITING);
            stage.pass(Duration.ofMinutes(2));
            converged(ask(stage, "statefulset-slow-start-done", 8), State.CONVERGED);
        }
    }

    @Test
    void twoRevisionsOnPurposeAreConverged() {
        try (Stage stage =
                stage().withStatefulSet("updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 3}}")) {
            stage.image("app:2");
            stage.pass(STEP);
            raise(stage, 7, STEP);
            converged(ask(stage, "statefulset-partition-played", 7), State.CONVERGED);
        }
    }

    @Test
    void onDeleteIsConvergedWithOldPods() {
        try (Stage stage = stage().withStatefulSet("updateStrategy: {type: OnDelete}")) {
            stage.image("app:2");
            stage.pass(STEP);
            raise(stage, 7, STEP);
            converged(ask(stage, "statefulset-on-delete", 7), State.CONVERGED);
        }
    }

    @Test
    void lagByAClaimThatIsNotBound() {
        try (Stage stage = stage().withStatefulSet(
                        "volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce]}}]")) {
            stage.controllers.faults().holdClaims(Stage.NS);
            raise(stage, 7, TIMEOUT);
            says(ask(stage, "statefulset-claim-pending", 7), State.AVAILABILITY_LAG, Hop.POD, Cause.VOLUME_PENDING);
        }
    }

    @ParameterizedTest
    @EnumSource
    void lagByAnotherWriterOfReplicas(Workload workload) {
        try (Stage stage = workload.in(stage())) {
            stage.min(7);
            for (Instant end = stage.clock.instant().plus(TIMEOUT);
                    stage.clock.instant().isBefore(end); ) {
                stage.passUntil(() -> stage.workload().integer("spec", "replicas") == 7, STEP);
                stage.pass(Duration.ofSeconds(2));
                stage.scale(5);
                stage.settle();
            }
            says(
                    ask(stage, "workload-replicas-overwritten", 7),
                    State.AVAILABILITY_LAG,
                    Hop.HPA,
                    Cause.REPLICAS_OVERWRITTEN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void loadHoldsPodsAboveTheMinimum(Workload workload) {
        try (Stage stage = workload.in(stage())) {
            stage.controllers.load(Stage.NS, "keda-hpa-checkout", 9);
            stage.pass(Duration.ofMinutes(2));
            converged(ask(stage, "workload-load", 5), State.CONVERGED, Note.LOAD_HOLDS_REPLICAS);
        }
    }

    /** Which controller it is has no object of its own that would say so. */
    @ParameterizedTest
    @EnumSource
    void lagWhileTheControllerIsDown(Workload workload) {
        try (Stage stage = workload.in(stage())) {
            stage.controllers.faults().stopDeploymentController();
            stage.controllers.faults().stopStatefulSetController();
            raise(stage, 7, TIMEOUT);
            says(
                    ask(stage, workload.hop().word().toLowerCase(Locale.ROOT) + "-controller-down", 7),
                    State.AVAILABILITY_LAG,
                    workload.hop(),
                    Cause.WORKLOAD_CONTROLLER_NOT_FOLLOWING);
            stage.controllers.faults().startDeploymentController();
            stage.controllers.faults().startStatefulSetController();
            stage.pass(STEP);
            converged(ask(stage, "workload-controller-up", 7), State.CONVERGED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void failedWithoutItsWorkload(Workload workload) {
        try (Stage stage = workload.in(stage())) {
            stage.delete(workload == Workload.DEPLOYMENT ? Kind.DEPLOYMENT : Kind.STATEFUL_SET, Stage.NAME);
            raise(stage, 7, STEP);
            says(ask(stage, "workload-missing", 7), State.FAILED, Hop.SCALED_OBJECT, Cause.TARGET_MISSING);
        }
    }
}
