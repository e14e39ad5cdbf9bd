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
import io.tidewatch.model.diagnosis.Note;
import io.tidewatch.model.diagnosis.State;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each entry of docs/diagnosis.md, produced by the simulated controllers, dumped as kubectl would, and diagnosed. */
class PlaygroundDiagnosisTest {
    private static final String PAUSING = "canary: {steps: [{setWeight: 20}, {pause: {}}]}";
    private static final String ROUTED =
            "canary: {canaryService: canary, stableService: checkout, trafficRouting: {nginx: {stableIngress: checkout}}, "
                    + "steps: [{setWeight: 40}, {pause: {}}]}";
    private static final String ANALYSING =
            "canary: {steps: [{setWeight: 20}, {analysis: {templates: [{templateName: ok}]}}]}";
    private static final String PREVIEW = "blueGreen: {activeService: checkout, autoPromotionEnabled: false}";
    private static final Duration STEP = Duration.ofSeconds(40);
    private static final Duration TIMEOUT = Duration.ofMinutes(7);

    private static Stage stage(String strategy) {
        return new Stage(SimulationOptions.of(RolloutsVersion.V1_9_1)).with(strategy);
    }

    private static Stage old(String strategy) {
        return new Stage(SimulationOptions.of(RolloutsVersion.V1_7_2)).with(strategy);
    }

    private static void annotate(Stage stage, String name, String value) {
        stage.patch(
                Kind.SCALED_OBJECT,
                Stage.NAME,
                "{\"metadata\":{\"annotations\":{\"" + name + "\":\"" + value + "\"}}}");
    }

    private static void spec(Stage stage, Kind kind, String fields) {
        stage.patch(kind, Stage.NAME, "{\"spec\":" + fields + "}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        canary: {maxSurge: 25%, maxUnavailable: 0}
        blueGreen: {activeService: checkout, autoPromotionEnabled: true}
        canary: {steps: [{setWeight: 20}, {pause: {}}]}
        canary: {canaryService: canary, stableService: checkout, trafficRouting: {nginx: {}}, steps: [{setWeight: 40}]}
        """)
    void convergedUpAndDown(String strategy) {
        try (Stage stage = stage(strategy)) {
            raise(stage, 7, STEP);
            converged(ask(stage, "converged", 7), State.CONVERGED);
            raise(stage, 5, STEP);
            converged(ask(stage, "converged-down", 5), State.CONVERGED);
        }
    }

    @ParameterizedTest
    @CsvSource({"V1_7_2", "V1_9_1"})
    void convergedPausedAtAStep(RolloutsVersion version) {
        try (Stage stage = new Stage(SimulationOptions.of(version)).with(PAUSING)) {
            stage.image("app:2");
            stage.pass(STEP);
            raise(stage, 7, STEP);
            converged(ask(stage, "converged-paused", 7), State.CONVERGED_PAUSED);
        }
    }

    @Test
    void convergedPausedBehindARouter() {
        try (Stage stage = stage(ROUTED)) {
            stage.image("app:2");
            stage.pass(STEP);
            raise(stage, 7, STEP);
            assertThat(stage.replicaSets()).extracting(RsCopy::size).containsExactly(7, 3);
            converged(ask(stage, "converged-paused-routed", 7), State.CONVERGED_PAUSED);
        }
    }

    @Test
    void convergedPausedWithStableScaledDynamically() {
        try (Stage stage = stage(ROUTED.replace("steps:", "dynamicStableScale: true, steps:"))) {
            stage.image("app:2");
            stage.pass(STEP);
            raise(stage, 7, STEP);
            assertThat(stage.replicaSets()).extracting(RsCopy::size).containsExactly(5, 3);
            converged(ask(stage, "converged-paused-dynamic", 7), State.CONVERGED_PAUSED);
        }
    }

    @Test
    void convergedPausedWithAPreview() {
        try (Stage stage = stage(PREVIEW.replace("}", ", previewReplicaCount: 2}"))) {
            stage.image("app:2");
            stage.pass(STEP);
            raise(stage, 7, STEP);
            assertThat(stage.replicaSets()).extracting(RsCopy::size).containsExactly(7, 2);
            converged(ask(stage, "converged-paused-preview", 7), State.CONVERGED_PAUSED);
        }
    }

    @Test
    void convergedPausedWithAPreviewLeftBehind() {
        try (Stage stage = stage(PREVIEW)) {
            stage.image("app:2");
            stage.pass(STEP);
            stage.controllers.faults().leavePreviewBehind(Stage.NS, Stage.NAME);
            raise(stage, 7, STEP);
            assertThat(stage.replicaSets()).extracting(RsCopy::size).containsExactly(7, 5);
            Diagnosis diagnosis = ask(stage, "preview-left-behind", 7);
            converged(diagnosis, State.CONVERGED_PAUSED);
            String preview = stage.replicaSets().get(1).name();
            assertThat(diagnosis.summary()).contains(preview);
            assertThat(diagnosis.advisories().toString()).contains(preview, "argo-rollouts#4200");
        }
    }

    @Test
    void aBlueGreenIsScaledWhilePaused() {
        try (Stage stage = old(Stage.BLUE_GREEN)) {
            spec(stage, Kind.ROLLOUT, "{\"paused\":true}");
            stage.pass(STEP);
            raise(stage, 7, STEP);
            converged(ask(stage, "converged-paused-blue-green", 7), State.CONVERGED_PAUSED);
        }
    }

    @Test
    void convergedAborted() {
        try (Stage stage = old(PAUSING)) {
            stage.image("app:2");
            stage.pass(STEP);
            abort(stage);
            raise(stage, 7, STEP);
            assertThat(stage.rollout().text("status", "phase")).isEqualTo("Degraded");
            converged(ask(stage, "converged-aborted", 7), State.CONVERGED_ABORTED);
        }
    }

    private static void abort(Stage stage) {
        stage.patchStatus(Kind.ROLLOUT, Stage.NAME, "{\"status\":{\"abort\":true}}");
        stage.pass(STEP);
    }

    @Test
    void convergedUpdatingAtAnAnalysis() {
        try (Stage stage = stage(ANALYSING)) {
            stage.image("app:2");
            stage.pass(STEP);
            raise(stage, 7, STEP);
            converged(ask(stage, "converged-updating", 7), State.CONVERGED_UPDATING);
        }
    }

    @Test
    void waitingForTheHpaToSync() {
        try (Stage stage = stage(Stage.CANARY)) {
            stage.min(7);
            stage.passUntil(
                    () -> new Live(stage.get(Kind.HPA, "keda-hpa-checkout")).integer("spec", "minReplicas") == 7, STEP);
            says(ask(stage, "hpa-not-scaling", 7), State.WAITING, Hop.HPA, Cause.HPA_NOT_SCALING);
        }
    }

    /** A rival sets the number back after each rescale; each single observation looks innocent. */
    @Test
    void lagByAnotherWriterOfReplicas() {
        try (Stage stage = stage(Stage.CANARY)) {
            stage.min(7);
            for (Instant end = stage.clock.instant().plus(TIMEOUT);
                    stage.clock.instant().isBefore(end); ) {
                stage.passUntil(() -> stage.rollout().integer("spec", "replicas") == 7, STEP);
                stage.pass(Duration.ofSeconds(2));
                stage.scale(5);
                stage.settle();
            }
            Diagnosis diagnosis = ask(stage, "replicas-overwritten", 7);
            says(diagnosis, State.AVAILABILITY_LAG, Hop.HPA, Cause.REPLICAS_OVERWRITTEN);
            assertThat(diagnosis.summary()).contains("another writer keeps overwriting spec.replicas");
            stage.pass(STEP);
            converged(ask(stage, "rescaled-repeatedly", 7), State.CONVERGED, Note.RESCALED_REPEATEDLY);
            stage.pass(TIMEOUT.multipliedBy(3));
            converged(ask(stage, "replicas-no-longer-overwritten", 7), State.CONVERGED);
        }
    }

    /** KEDA v2.16 polls here, because the simulated KEDA is a later version. */
    @Test
    void lagByKedasFallback() {
        try (Stage stage = stage(Stage.CANARY)) {
            stage.client
                    .genericKubernetesResources(Kind.DEPLOYMENT.context())
                    .inNamespace("keda")
                    .withName("keda-operator")
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"keda-operator\","
                                    + "\"image\":\"ghcr.io/kedacore/keda:2.16.1\"}]}}}}");
            spec(stage, Kind.SCALED_OBJECT, "{\"fallback\":{\"failureThreshold\":3,\"replicas\":3}}");
            stage.controllers.faults().trigger(Stage.NS, Stage.NAME, TriggerState.FAILING);
            stage.min(7);
            for (Instant end = stage.clock.instant().plus(TIMEOUT);
                    stage.clock.instant().isBefore(end); ) {
                stage.passUntil(() -> stage.rollout().integer("spec", "replicas") == 7, STEP);
                stage.pass(Duration.ofSeconds(2));
                stage.scale(3);
                stage.settle();
            }
            stage.patchStatus(
                    Kind.SCALED_OBJECT,
                    Stage.NAME,
                    "{\"status\":{\"health\":{\"s0-metric-api-value\":{\"status\":\"Failing\",\"numberOfFailures\":28}}}}");
            stage.settle();
            Diagnosis diagnosis = ask(stage, "keda-fallback", 7);
            says(diagnosis, State.AVAILABILITY_LAG, Hop.HPA, Cause.KEDA_FALLBACK);
            assertThat(diagnosis.causes()).containsExactly(Cause.KEDA_FALLBACK);
        }
    }

    @Test
    void deferredWhilePaused() {
        try (Stage stage = stage(Stage.CANARY)) {
            annotate(stage, "autoscaling.keda.sh/paused", "true");
            raise(stage, 7, STEP);
            assertThat(stage.list(Kind.HPA)).isEmpty();
            says(ask(stage, "scaled-object-paused", 7), State.DEFERRED, Hop.SCALED_OBJECT, Cause.SCALED_OBJECT_PAUSED);
        }
    }

    @Test
    void deferredAtPausedReplicas() {
        try (Stage stage = stage(Stage.CANARY)) {
            annotate(stage, "autoscaling.keda.sh/paused-replicas", "3");
            raise(stage, 7, STEP);
            assertThat(stage.readyPods()).isEqualTo(3);
            says(ask(stage, "paused-replicas", 7), State.DEFERRED, Hop.SCALED_OBJECT, Cause.SCALED_OBJECT_PAUSED);
        }
    }

    @Test
    void deferredByAHold() {
        try (Stage stage = stage(Stage.CANARY)) {
            annotate(
                    stage,
                    "tidewatch.io/hold-until",
                    Stage.START.plus(Duration.ofHours(2)).toString());
            annotate(stage, "tidewatch.io/hold-reason", "incident 4711");
            stage.pass(STEP);
            says(ask(stage, "hold", 7), State.DEFERRED, Hop.SCALED_OBJECT, Cause.HOLD);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        canary: {maxSurge: 25%, maxUnavailable: 0}
        blueGreen: {activeService: checkout, autoPromotionEnabled: true}
        """)
    void staleStatusAfterAStepDown(String strategy) {
        try (Stage stage = old(strategy)) {
            raise(stage, 7, STEP);
            stage.controllers.staleReplicaSetCacheOnNextScale(Stage.NS, Stage.NAME);
            raise(stage, 5, Duration.ofSeconds(80));
            says(
                    ask(stage, "stale-replica-set-cache", 5),
                    State.STALE_STATUS,
                    Hop.ROLLOUT,
                    Cause.STALE_REPLICA_SET_CACHE);
        }
    }

    @Test
    void staleStatusAfterAStepUp() {
        try (Stage stage = old(Stage.BLUE_GREEN)) {
            stage.controllers.staleReplicaSetCacheOnNextScale(Stage.NS, Stage.NAME);
            raise(stage, 7, Duration.ofSeconds(50));
            says(
                    ask(stage, "stale-replica-set-cache-up", 7),
                    State.STALE_STATUS,
                    Hop.ROLLOUT,
                    Cause.STALE_REPLICA_SET_CACHE);
        }
    }

    @Test
    void staleStatusOfAControllerThatIsDown() {
        try (Stage stage = old(Stage.BLUE_GREEN)) {
            raise(stage, 7, STEP);
            stage.min(5);
            stage.passUntil(() -> stage.replicaSets().get(0).size() == 5, STEP);
            stage.controllers.faults().stopRolloutsController();
            stage.pass(Duration.ofSeconds(50));
            says(
                    ask(stage, "controller-down-after-step", 5),
                    State.STALE_STATUS,
                    Hop.ROLLOUT,
                    Cause.ROLLOUTS_CONTROLLER_NOT_FOLLOWING);
        }
    }

    @Test
    void lagWhileTheRolloutsControllerIsDown() {
        try (Stage stage = stage(Stage.CANARY)) {
            stage.controllers.faults().stopRolloutsController();
            raise(stage, 7, TIMEOUT);
            says(
                    ask(stage, "rollouts-controller-not-following", 7),
                    State.AVAILABILITY_LAG,
                    Hop.ROLLOUT,
                    Cause.ROLLOUTS_CONTROLLER_NOT_FOLLOWING);
            stage.controllers.faults().startRolloutsController();
            stage.pass(STEP);
            converged(ask(stage, "converged-again", 7), State.CONVERGED);
        }
    }

    @Test
    void waitingWhileKedaIsDown() {
        try (Stage stage = stage(Stage.CANARY)) {
            stage.controllers.faults().stopKeda();
            raise(stage, 7, TIMEOUT);
            Diagnosis diagnosis = ask(stage, "keda-not-following", 7);
            says(diagnosis, State.WAITING, Hop.HPA, Cause.KEDA_NOT_FOLLOWING);
            assertThat(diagnosis.evidence()).anyMatch(proof -> proof.value().startsWith("True/ScaledObjectReady"));
            stage.controllers.faults().startKeda();
            stage.pass(STEP);
            converged(ask(stage, "converged-again", 7), State.CONVERGED);
        }
    }

    @Test
    void waitingForAKedaThatDoesNotSelect() {
        try (Stage stage = stage(Stage.CANARY)) {
            stage.controllers.faults().shardKeda("shard in (blue, green)");
            raise(stage, 7, TIMEOUT);
            Diagnosis diagnosis = ask(stage, "keda-not-selecting", 7);
            says(diagnosis, State.WAITING, Hop.HPA, Cause.KEDA_NOT_SELECTING);
            assertThat(diagnosis.causes()).containsExactly(Cause.KEDA_NOT_SELECTING);
            assertThat(diagnosis.summary()).contains("WATCH_LABEL_SELECTOR shard in (blue, green)");
        }
    }

    @Test
    void cappedBelowTheDesiredMinimum() {
        try (Stage stage = stage(Stage.CANARY)) {
            says(ask(stage, "hpa-capped", 25), State.WAITING, Hop.SCALED_OBJECT, Cause.HPA_CAPPED);
        }
    }

    @Test
    void lagByQuota() {
        try (Stage stage = stage(Stage.CANARY)) {
            stage.create("""
                    apiVersion: v1
                    kind: ResourceQuota
                    metadata: {name: pods, namespace: shop}
                    spec: {hard: {pods: "6"}}
                    """);
            raise(stage, 8, TIMEOUT);
            says(ask(stage, "quota-exceeded", 8), State.AVAILABILITY_LAG, Hop.REPLICA_SET, Cause.QUOTA_EXCEEDED);
        }
    }

    @Test
    void lagByAdmission() {
        try (Stage stage = stage(Stage.CANARY)) {
            stage.controllers.faults().denyPods(Stage.NS, "image app:1 is not signed");
            raise(stage, 7, TIMEOUT);
            says(ask(stage, "admission-denied", 7), State.AVAILABILITY_LAG, Hop.REPLICA_SET, Cause.ADMISSION_DENIED);
            stage.controllers.faults().allowPods(Stage.NS);
            stage.pass(STEP);
            converged(ask(stage, "converged-again", 7), State.CONVERGED);
        }
    }

    @Test
    void lagByFullNodes() {
        try (Stage stage =
                new Stage(SimulationOptions.of(RolloutsVersion.V1_9_1).withNodes(6)).with(Stage.CANARY)) {
            raise(stage, 8, TIMEOUT);
            says(ask(stage, "unschedulable", 8), State.AVAILABILITY_LAG, Hop.POD, Cause.UNSCHEDULABLE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "VOLUME, VOLUME_PENDING, volume-pending",
        "IMAGE_PULL, IMAGE_PULL, image-pull",
        "CONTAINER_CONFIG, CONTAINER_CONFIG, container-config",
        "INIT_STUCK, INIT_STUCK, init-stuck",
        "CRASH_LOOP, CRASH_LOOP, crash-loop",
        "OOM_KILLED, OOM_KILLED, oom-killed",
        "NOT_READY, NOT_READY, not-ready",
    })
    void lagByPodsThatDoNotComeUp(PodTrouble trouble, Cause cause, String name) {
        try (Stage stage = stage(Stage.CANARY)) {
            stage.controllers.faults().breakImage("app:1", trouble);
            raise(stage, 7, STEP);
            says(ask(stage, name + "-soon", 7), State.WAITING, Hop.POD, cause);
            stage.pass(TIMEOUT);
            says(ask(stage, name, 7), State.AVAILABILITY_LAG, Hop.POD, cause);
        }
    }

    @Test
    void updatingWhileEvictionsAreBlocked() {
        try (Stage stage = stage(Stage.CANARY)) {
            stage.create("""
                    apiVersion: policy/v1
                    kind: PodDisruptionBudget
                    metadata: {name: checkout, namespace: shop}
                    spec: {maxUnavailable: 0, selector: {matchLabels: {app: checkout}}}
                    """);
            spec(
                    stage,
                    Kind.ROLLOUT,
                    "{\"restartAt\":\"" + stage.clock.instant().plusSeconds(1) + "\"}");
            stage.pass(Duration.ofMinutes(5));
            Diagnosis diagnosis = ask(stage, "eviction-blocked", 5);
            converged(diagnosis, State.CONVERGED_UPDATING);
            assertThat(diagnosis.cause()).contains(Cause.EVICTION_BLOCKED);
            stage.delete(Kind.DISRUPTION_BUDGET, Stage.NAME);
            stage.pass(Duration.ofMinutes(5));
            converged(ask(stage, "restarted", 5), State.CONVERGED);
        }
    }

    @Test
    void blockedByAPausedCanary() {
        try (Stage stage = old(Stage.CANARY)) {
            spec(stage, Kind.ROLLOUT, "{\"paused\":true}");
            stage.pass(STEP);
            raise(stage, 7, TIMEOUT);
            says(ask(stage, "rollout-paused", 7), State.BLOCKED, Hop.ROLLOUT, Cause.ROLLOUT_PAUSED);
            spec(stage, Kind.ROLLOUT, "{\"paused\":null}");
            stage.pass(STEP);
            converged(ask(stage, "converged-again", 7), State.CONVERGED);
        }
    }

    @Test
    void blockedByAnInconclusiveAnalysis() {
        try (Stage stage = stage(ANALYSING)) {
            stage.image("app:2");
            stage.pass(STEP);
            stage.controllers.faults().inconclusiveAnalysis(Stage.NS, Stage.NAME);
            stage.pass(STEP);
            raise(stage, 8, TIMEOUT);
            says(ask(stage, "inconclusive-analysis", 8), State.BLOCKED, Hop.ROLLOUT, Cause.INCONCLUSIVE_ANALYSIS);
        }
    }

    @Test
    void blockedByIdleReplicas() {
        try (Stage stage = stage(Stage.CANARY)) {
            stage.controllers.faults().trigger(Stage.NS, Stage.NAME, TriggerState.INACTIVE);
            spec(stage, Kind.SCALED_OBJECT, "{\"idleReplicaCount\":0}");
            stage.pass(STEP);
            raise(stage, 7, STEP);
            assertThat(stage.readyPods()).isZero();
            says(ask(stage, "idle-without-activity", 7), State.BLOCKED, Hop.SCALED_OBJECT, Cause.IDLE_WITHOUT_ACTIVITY);
            stage.controllers.faults().trigger(Stage.NS, Stage.NAME, TriggerState.ACTIVE);
            stage.pass(STEP);
            converged(ask(stage, "converged-again", 7), State.CONVERGED);
        }
    }

    @Test
    void convergedAtZeroAndRaisedByKedaAlone() {
        try (Stage stage = stage(Stage.CANARY)) {
            stage.controllers.faults().trigger(Stage.NS, Stage.NAME, TriggerState.INACTIVE);
            raise(stage, 0, STEP);
            assertThat(stage.readyPods()).isZero();
            converged(ask(stage, "converged-at-zero", 0), State.CONVERGED);
            raise(stage, 4, Duration.ofSeconds(5));
            assertThat(stage.readyPods()).isEqualTo(4);
            stage.pass(TIMEOUT);
            converged(ask(stage, "converged-from-zero", 4), State.CONVERGED);
        }
    }

    @Test
    void conflictWithAnotherWriter() {
        try (Stage stage = stage(Stage.CANARY)) {
            annotate(stage, "tidewatch.io/applied", "7..20");
            annotate(stage, "tidewatch.io/takeovers", "1");
            stage.pass(STEP);
            says(ask(stage, "field-conflict", 7), State.CONFLICT, Hop.SCALED_OBJECT, Cause.FIELD_CONFLICT);
        }
    }

    @Test
    void failedByAnInvalidSpec() {
        try (Stage stage = stage(Stage.BLUE_GREEN)) {
            spec(stage, Kind.ROLLOUT, "{\"strategy\":{\"blueGreen\":{\"activeService\":\"gone\"}}}");
            raise(stage, 7, STEP);
            says(ask(stage, "invalid-spec", 7), State.FAILED, Hop.ROLLOUT, Cause.INVALID_SPEC);
        }
    }

    @Test
    void failedByATriggerThatCannotBeParsed() {
        try (Stage stage = stage(Stage.CANARY)) {
            spec(
                    stage,
                    Kind.SCALED_OBJECT,
                    "{\"minReplicaCount\":7,\"triggers\":[{\"type\":\"metrics-api\",\"metadata\":{\"targetValue\":\"abc\"}}]}");
            stage.pass(STEP);
            says(ask(stage, "scaled-object-invalid", 7), State.FAILED, Hop.SCALED_OBJECT, Cause.SCALED_OBJECT_INVALID);
        }
    }

    @Test
    void failedWithoutItsRollout() {
        try (Stage stage = new Stage(SimulationOptions.of(RolloutsVersion.V1_9_1))) {
            stage.create(Stage.SCALED_OBJECT);
            stage.pass(STEP);
            says(ask(stage, "target-missing", 5), State.FAILED, Hop.SCALED_OBJECT, Cause.TARGET_MISSING);
        }
    }

    @Test
    void unknownWithoutItsPods() {
        try (Stage stage = stage(Stage.CANARY)) {
            Diagnosis diagnosis = StageDump.of(stage).without(Kind.POD).ask("unknown", OptionalInt.of(5));
            assertThat(diagnosis.state()).isEqualTo(State.UNKNOWN);
            assertThat(diagnosis.missing()).contains("Pod");
        }
    }

    @Test
    void noteLoadHoldsReplicas() {
        try (Stage stage = stage(Stage.CANARY)) {
            stage.controllers.load(Stage.NS, "keda-hpa-checkout", 9);
            stage.pass(STEP);
            converged(ask(stage, "load-holds-replicas", 5), State.CONVERGED, Note.LOAD_HOLDS_REPLICAS);
        }
    }

    /** The load stands in for an HPA that takes the number of all pods, 5 and 2 of the update, for its own. */
    @Test
    void noteCanaryFeedsHpa() {
        try (Stage stage = stage(ROUTED)) {
            stage.image("app:2");
            stage.pass(STEP);
            converged(ask(stage, "canary-feeds-hpa-before", 5), State.CONVERGED_PAUSED);
            stage.controllers.load(Stage.NS, "keda-hpa-checkout", 7);
            stage.pass(STEP);
            assertThat(stage.replicaSets()).extracting(RsCopy::size).containsExactly(7, 3);
            converged(ask(stage, "canary-feeds-hpa", 5), State.CONVERGED_PAUSED, Note.CANARY_FEEDS_HPA);
        }
    }

    /** The metric asks for 7 pods before and after, as within a tolerance; its value would ask for 6. */
    @Test
    void noteWithinTolerance() {
        try (Stage stage = stage(Stage.CANARY)) {
            stage.controllers.load(Stage.NS, "keda-hpa-checkout", 7);
            spec(
                    stage,
                    Kind.SCALED_OBJECT,
                    "{\"advanced\":{\"horizontalPodAutoscalerConfig\":{\"behavior\":{\"scaleDown\":{\"tolerance\":\"0.3\"}}}}}");
            stage.pass(STEP);
            stage.patchStatus(
                    Kind.HPA,
                    "keda-hpa-checkout",
                    "{\"status\":{\"currentMetrics\":[{\"type\":\"External\",\"external\":{\"metric\":{\"name\":\"s0-metric-api-value\"},"
                            + "\"current\":{\"averageValue\":\"8\"}}}]}}");
            converged(ask(stage, "within-tolerance", 5), State.CONVERGED, Note.WITHIN_TOLERANCE);
        }
    }

    private static final String PLAIN_HPA = """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: checkout, namespace: shop}
            spec:
              minReplicas: 0
              maxReplicas: 20
              scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: checkout}
              metrics: [{type: External, external: {metric: {name: queue}, target: {type: Value, value: "10"}}}]
            """;

    private static Stage mayScaleToZero() {
        Stage stage = new Stage(SimulationOptions.of(RolloutsVersion.V1_9_1));
        stage.cluster.allowScaleToZero();
        stage.controllers.hpasScaleToZero();
        stage.create(Stage.SERVICE);
        stage.create(Stage.rolloutYaml(Stage.CANARY, 5));
        stage.create(PLAIN_HPA);
        stage.pass(STEP);
        return stage;
    }

    @Test
    void noteScaledToZero() {
        try (Stage stage = mayScaleToZero()) {
            stage.controllers.load(Stage.NS, Stage.NAME, 0);
            stage.pass(TIMEOUT);
            assertThat(stage.readyPods()).isZero();
            converged(ask(stage, "scaled-to-zero", 0), State.CONVERGED, Note.SCALED_TO_ZERO);
            stage.controllers.load(Stage.NS, Stage.NAME, 3);
            stage.pass(STEP);
            assertThat(stage.readyPods()).isEqualTo(3);
        }
    }

    @Test
    void noteDisabledAtZero() {
        try (Stage stage = mayScaleToZero()) {
            stage.scale(0);
            stage.pass(STEP);
            converged(ask(stage, "disabled-at-zero", 0), State.CONVERGED, Note.DISABLED_AT_ZERO);
        }
    }

    @Test
    void noteStabilizing() {
        try (Stage stage = stage(Stage.CANARY)) {
            stage.controllers.load(Stage.NS, "keda-hpa-checkout", 9);
            stage.pass(STEP);
            stage.controllers.load(Stage.NS, "keda-hpa-checkout", 1);
            stage.pass(STEP);
            converged(ask(stage, "stabilizing", 5), State.CONVERGED, Note.STABILIZING);
            stage.pass(TIMEOUT);
            assertThat(stage.readyPods()).isEqualTo(5);
        }
    }

    @Test
    void noteMetricsFailingHoldReplicas() {
        try (Stage stage = stage(Stage.CANARY)) {
            raise(stage, 7, STEP);
            stage.controllers.faults().trigger(Stage.NS, Stage.NAME, TriggerState.FAILING);
            stage.pass(STEP);
            raise(stage, 5, TIMEOUT);
            converged(
                    ask(stage, "metrics-failing-hold-replicas", 5),
                    State.CONVERGED,
                    Note.METRICS_FAILING_HOLD_REPLICAS);
        }
    }

    @Test
    void failingMetricsDoNotKeepAStepUpBack() {
        try (Stage stage = stage(Stage.CANARY)) {
            stage.controllers.faults().trigger(Stage.NS, Stage.NAME, TriggerState.FAILING);
            stage.pass(STEP);
            raise(stage, 7, STEP);
            converged(ask(stage, "metrics-failing-up", 7), State.CONVERGED);
        }
    }

    @Test
    void noteScaleInPaused() {
        try (Stage stage = stage(Stage.CANARY)) {
            raise(stage, 7, STEP);
            annotate(stage, "autoscaling.keda.sh/paused-scale-in", "true");
            raise(stage, 5, TIMEOUT);
            converged(ask(stage, "scale-in-paused", 5), State.CONVERGED, Note.SCALE_IN_PAUSED);
        }
    }

    @Test
    void noteRaisedManually() {
        try (Stage stage = stage(Stage.CANARY)) {
            raise(stage, 7, STEP);
            converged(ask(stage, "raised-by-hand", 5), State.CONVERGED, Note.RAISED_MANUALLY);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        blueGreen: {activeService: checkout, scaleDownDelaySeconds: 300}
        canary: {canaryService: c, stableService: checkout, scaleDownDelaySeconds: 300, trafficRouting: {nginx: {}}}
        """)
    void noteScaleDownDelay(String strategy) {
        try (Stage stage = stage(strategy)) {
            stage.image("app:2");
            stage.pass(STEP);
            raise(stage, 7, STEP);
            converged(ask(stage, "scale-down-delay", 7), State.CONVERGED, Note.SCALE_DOWN_DELAY);
        }
    }

    /** Load asks for eight pods, and two of them find no node; then the minimum is raised to eight. */
    @Test
    void noteLackedBeforeStep() {
        try (Stage stage =
                new Stage(SimulationOptions.of(RolloutsVersion.V1_9_1).withNodes(6)).with(Stage.CANARY)) {
            stage.controllers.load(Stage.NS, "keda-hpa-checkout", 8);
            stage.pass(TIMEOUT);
            annotate(stage, "tidewatch.io/applied", "8..20");
            annotate(stage, "tidewatch.io/applied-at", stage.clock.instant().toString());
            annotate(stage, "tidewatch.io/before", "Waiting Unschedulable, 2 of 8 missing");
            raise(stage, 8, TIMEOUT);
            Diagnosis diagnosis = ask(stage, "lacked-before-step", 8);
            says(diagnosis, State.AVAILABILITY_LAG, Hop.POD, Cause.UNSCHEDULABLE);
            assertThat(diagnosis.notes()).containsExactly(Note.LACKED_BEFORE_STEP);
            assertThat(diagnosis.summary()).contains("; this was already so before the step at ");
        }
    }

    @Test
    void noteBrokenRevisionTakesCapacity() {
        try (Stage stage = stage(Stage.CANARY)) {
            stage.controllers.faults().breakImage("app:2", PodTrouble.IMAGE_PULL);
            stage.image("app:2");
            stage.pass(STEP);
            raise(stage, 7, TIMEOUT);
            Diagnosis diagnosis = ask(stage, "broken-revision-takes-capacity", 7);
            says(diagnosis, State.AVAILABILITY_LAG, Hop.POD, Cause.IMAGE_PULL);
            assertThat(diagnosis.notes()).containsExactly(Note.BROKEN_REVISION_TAKES_CAPACITY);
            assertThat(stage.replicaSets()).extracting(RsCopy::size).containsExactly(5, 4);
            assertThat(stage.rollout().text("status", "phase")).isEqualTo("Degraded");
        }
    }
}
