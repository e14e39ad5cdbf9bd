package io.tidewatch.playground.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.playground.api.RequestLog;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What real controllers of Deployments, StatefulSets and HPAs were seen doing, one fact each. */
class WorkloadFactsTest {
    private static final Duration STEP = Duration.ofSeconds(40);
    private static final String PARALLEL = "podManagementPolicy: Parallel";

    private static Stage stage() {
        return new Stage(SimulationOptions.of(RolloutsVersion.V1_9_1));
    }

    private static Stage deployment(String spec) {
        return stage().withDeployment(spec);
    }

    private static Stage statefulSet(String spec) {
        return stage().withStatefulSet(spec);
    }

    private static void raise(Stage stage, int minimum) {
        stage.min(minimum);
        stage.pass(STEP);
    }

    private static String condition(Stage stage, String type) {
        return stage.workload().maps("status", "conditions").stream()
                .filter(one -> type.equals(one.get("type")))
                .map(one -> one.get("status") + "/" + one.get("reason"))
                .findFirst()
                .orElse("");
    }

    private static int status(Stage stage, String counter) {
        return stage.workload().integer("status", counter);
    }

    private static void spec(Stage stage, Kind kind, String fields) {
        stage.patch(kind, Stage.NAME, "{\"spec\":" + fields + "}");
    }

    /** The pods by name, with the revision of each. */
    private static List<String> revisions(Stage stage) {
        return stage.list(Kind.POD).stream()
                .map(Live::new)
                .map(StatefulPod::new)
                .sorted(java.util.Comparator.comparingInt(StatefulPod::ordinal))
                .map(pod -> pod.ordinal() + " "
                        + pod.live().maps("spec", "containers").get(0).get("image"))
                .toList();
    }

    @Test
    void pausedDeploymentScalesAndItsTemplateWaits() {
        try (Stage stage = deployment("")) {
            spec(stage, Kind.DEPLOYMENT, "{\"paused\":true}");
            stage.pass(STEP);
            raise(stage, 7);
            assertThat(status(stage, "availableReplicas")).isEqualTo(7);
            assertThat(condition(stage, "Progressing")).isEqualTo("Unknown/DeploymentPaused");
            stage.image("app:2");
            stage.pass(STEP);
            assertThat(stage.deploymentSets()).hasSize(1);
            spec(stage, Kind.DEPLOYMENT, "{\"paused\":null}");
            stage.pass(STEP);
            assertThat(stage.deploymentSets()).extracting(DeploymentSet::size).containsExactly(0, 7);
            assertThat(condition(stage, "Progressing")).isEqualTo("True/NewReplicaSetAvailable");
        }
    }

    @Test
    void brokenRevisionTakesItsShareOfARaise() {
        try (Stage stage = deployment("")) {
            stage.controllers.faults().breakImage("app:broken", PodTrouble.IMAGE_PULL);
            stage.image("app:broken");
            stage.pass(STEP);
            raise(stage, 8);
            stage.pass(Duration.ofMinutes(2));
            assertThat(stage.deploymentSets()).extracting(DeploymentSet::size).containsExactly(6, 4);
            assertThat(status(stage, "availableReplicas")).isEqualTo(6);
            assertThat(status(stage, "unavailableReplicas")).isEqualTo(4);
            assertThat(condition(stage, "Progressing")).isEqualTo("False/ProgressDeadlineExceeded");
            assertThat(condition(stage, "Available")).isEqualTo("True/MinimumReplicasAvailable");
            stage.image("app:1");
            stage.pass(STEP);
            assertThat(stage.deploymentSets()).extracting(DeploymentSet::size).containsExactly(0, 8);
            assertThat(stage.workload().annotations()).containsEntry(DeploymentView.REVISION, "3");
        }
    }

    @Test
    void quotaShowsInReplicaFailureAlone() {
        try (Stage stage = deployment("")) {
            stage.create("""
                    apiVersion: v1
                    kind: ResourceQuota
                    metadata: {name: pods, namespace: shop}
                    spec: {hard: {pods: "6"}}
                    """);
            raise(stage, 8);
            assertThat(status(stage, "replicas")).isEqualTo(6);
            assertThat(condition(stage, "ReplicaFailure")).isEqualTo("True/FailedCreate");
            assertThat(condition(stage, "Available")).isEqualTo("True/MinimumReplicasAvailable");
            assertThat(condition(stage, "Progressing")).isEqualTo("True/NewReplicaSetAvailable");
            assertThat(stage.hpa().integer("status", "currentReplicas")).isEqualTo(8);
            stage.delete(Kind.RESOURCE_QUOTA, "pods");
            stage.pass(STEP);
            assertThat(status(stage, "availableReplicas")).isEqualTo(8);
            assertThat(condition(stage, "ReplicaFailure")).isEmpty();
        }
    }

    @Test
    void conditionsAreContentWithTwoPodsThatCannotBeScheduled() {
        try (Stage stage =
                new Stage(SimulationOptions.of(RolloutsVersion.V1_9_1).withNodes(6)).withDeployment("")) {
            raise(stage, 8);
            assertThat(status(stage, "availableReplicas")).isEqualTo(6);
            assertThat(condition(stage, "Available")).isEqualTo("True/MinimumReplicasAvailable");
        }
    }

    @Test
    void recreateStopsAllOldPodsFirst() {
        try (Stage stage = deployment("strategy: {type: Recreate}")) {
            stage.image("app:2");
            boolean neverBoth = !stage.passUntil(
                    () -> stage.list(Kind.POD).stream()
                                    .map(Live::new)
                                    .map(pod -> pod.maps("spec", "containers")
                                            .get(0)
                                            .get("image"))
                                    .distinct()
                                    .count()
                            > 1,
                    STEP);
            assertThat(neverBoth).isTrue();
            assertThat(stage.deploymentSets()).extracting(DeploymentSet::size).containsExactly(0, 5);
            assertThat(status(stage, "availableReplicas")).isEqualTo(5);
        }
    }

    @Test
    void readyPodsOfADeploymentCountAfterMinReadySeconds() {
        try (Stage stage = deployment("minReadySeconds: 90")) {
            stage.pass(Duration.ofMinutes(2));
            raise(stage, 7);
            assertThat(status(stage, "readyReplicas")).isEqualTo(7);
            assertThat(status(stage, "availableReplicas")).isEqualTo(5);
            stage.pass(Duration.ofSeconds(90));
            assertThat(status(stage, "availableReplicas")).isEqualTo(7);
        }
    }

    @Test
    void historyBeyondTheLimitIsForgotten() {
        try (Stage stage = deployment("revisionHistoryLimit: 1")) {
            for (int image = 2; image < 5; image++) {
                stage.image("app:" + image);
                stage.pass(STEP);
            }
            assertThat(stage.deploymentSets())
                    .extracting(DeploymentSet::revision)
                    .containsExactly(3, 4);
        }
    }

    @Test
    void orderedStatefulSetIsHeldByAnOrdinalThatIsNotReady() {
        try (Stage stage = statefulSet("")) {
            stage.controllers.faults().breakPod(Stage.NS, "checkout-5", PodTrouble.NOT_READY);
            raise(stage, 8);
            assertThat(status(stage, "replicas")).isEqualTo(6);
            assertThat(status(stage, "readyReplicas")).isEqualTo(5);
            assertThat(stage.workload().has("status", "conditions")).isFalse();
            stage.controllers.faults().mendPod(Stage.NS, "checkout-5");
            stage.pass(STEP);
            assertThat(status(stage, "availableReplicas")).isEqualTo(8);
        }
    }

    @Test
    void parallelStatefulSetMakesAllAtOnce() {
        try (Stage stage = statefulSet(PARALLEL)) {
            stage.controllers.faults().breakPod(Stage.NS, "checkout-5", PodTrouble.NOT_READY);
            raise(stage, 8);
            assertThat(status(stage, "replicas")).isEqualTo(8);
            assertThat(status(stage, "readyReplicas")).isEqualTo(7);
        }
    }

    @Test
    void brokenUpdateOfTheHighestOrdinalLetsNoNewPodBeMade() {
        try (Stage stage = statefulSet("")) {
            stage.controllers.faults().breakImage("app:broken", PodTrouble.IMAGE_PULL);
            stage.image("app:broken");
            stage.pass(STEP);
            raise(stage, 7);
            assertThat(status(stage, "replicas")).isEqualTo(5);
            assertThat(status(stage, "readyReplicas")).isEqualTo(4);
            assertThat(status(stage, "updatedReplicas")).isEqualTo(1);
            assertThat(stage.workload().text("status", "currentRevision"))
                    .isNotEqualTo(stage.workload().text("status", "updateRevision"));
        }
    }

    @Test
    void partitionKeepsTwoRevisionsAndRaisesInTheNewOne() {
        try (Stage stage = statefulSet("updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 3}}")) {
            stage.image("app:2");
            stage.pass(STEP);
            raise(stage, 7);
            assertThat(revisions(stage))
                    .containsExactly("0 app:1", "1 app:1", "2 app:1", "3 app:2", "4 app:2", "5 app:2", "6 app:2");
            assertThat(status(stage, "currentReplicas")).isEqualTo(3);
            assertThat(status(stage, "updatedReplicas")).isEqualTo(4);
            stage.delete(Kind.POD, "checkout-1");
            stage.pass(STEP);
            assertThat(revisions(stage)).contains("1 app:1");
        }
    }

    @Test
    void onDeleteWaitsForSomebodyToDeleteThePods() {
        try (Stage stage = statefulSet("updateStrategy: {type: OnDelete}")) {
            stage.image("app:2");
            stage.pass(STEP);
            assertThat(revisions(stage)).containsExactly("0 app:1", "1 app:1", "2 app:1", "3 app:1", "4 app:1");
            stage.delete(Kind.POD, "checkout-1");
            stage.pass(STEP);
            assertThat(revisions(stage)).contains("1 app:2");
            assertThat(status(stage, "updatedReplicas")).isEqualTo(1);
        }
    }

    @Test
    void aWayBackTakesTheKnownRevision() {
        try (Stage stage = statefulSet("")) {
            String first = stage.workload().text("status", "currentRevision");
            stage.image("app:2");
            stage.pass(STEP);
            stage.image("app:1");
            stage.pass(STEP);
            assertThat(stage.workload().text("status", "currentRevision")).isEqualTo(first);
            assertThat(stage.list(Kind.CONTROLLER_REVISION)).hasSize(2);
            assertThat(revisions(stage)).hasSize(5).allMatch(pod -> pod.endsWith("app:1"));
        }
    }

    @Test
    void highestOrdinalsGoFirst() {
        try (Stage stage = statefulSet("")) {
            raise(stage, 7);
            stage.min(5);
            stage.passUntil(() -> stage.list(Kind.POD).size() == 6, STEP);
            assertThat(revisions(stage)).hasSize(6).last().isEqualTo("5 app:1");
            stage.pass(STEP);
            assertThat(revisions(stage)).hasSize(5).last().isEqualTo("4 app:1");
        }
    }

    @Test
    void readyPodsOfAStatefulSetCountAfterMinReadySeconds() {
        try (Stage stage = statefulSet("minReadySeconds: 30")) {
            stage.pass(Duration.ofMinutes(4));
            stage.min(7);
            stage.passUntil(() -> status(stage, "readyReplicas") == 6, STEP);
            stage.pass(Duration.ofSeconds(20));
            assertThat(stage.list(Kind.POD)).hasSize(6);
            assertThat(status(stage, "availableReplicas")).isEqualTo(5);
            stage.pass(Duration.ofMinutes(2));
            assertThat(status(stage, "availableReplicas")).isEqualTo(7);
        }
    }

    private static final String CLAIMS = """
            persistentVolumeClaimRetentionPolicy: {whenScaled: %s}
            volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce]}}]
            """;

    @Test
    void claimThatIsNotBoundHoldsAllHigherOrdinals() {
        try (Stage stage = statefulSet(CLAIMS.formatted("Retain"))) {
            stage.controllers.faults().holdClaims(Stage.NS);
            raise(stage, 7);
            assertThat(stage.list(Kind.POD)).hasSize(6);
            assertThat(stage.hpa().integer("status", "currentReplicas")).isEqualTo(7);
            Live pod = new Live(stage.get(Kind.POD, "checkout-5"));
            assertThat(pod.maps("status", "conditions").get(0))
                    .containsEntry("reason", "Unschedulable")
                    .hasEntrySatisfying(
                            "message",
                            message -> assertThat(message.toString())
                                    .contains("pod has unbound immediate PersistentVolumeClaims"));
            stage.controllers.faults().releaseClaims(Stage.NS);
            stage.pass(STEP);
            assertThat(status(stage, "availableReplicas")).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @CsvSource({"Retain, 7", "Delete, 5"})
    void claimsOfPodsThatWereScaledAwayStayUnlessThePolicySaysDelete(String policy, int claims) {
        try (Stage stage = statefulSet(CLAIMS.formatted(policy))) {
            raise(stage, 7);
            assertThat(stage.list(Kind.CLAIM)).hasSize(7);
            raise(stage, 5);
            assertThat(stage.list(Kind.POD)).hasSize(5);
            assertThat(stage.list(Kind.CLAIM)).hasSize(claims);
        }
    }

    @Test
    void plainHpaWithoutMetricsIsFollowedUpwardsAlone() {
        try (Stage stage = stage().withPlainHpa()) {
            assertThat(scalingActive(stage)).isEqualTo("False/FailedGetResourceMetric");
            spec(stage, Kind.HPA, "{\"minReplicas\":7}");
            stage.pass(Duration.ofSeconds(20));
            assertThat(status(stage, "availableReplicas")).isEqualTo(7);
            spec(stage, Kind.HPA, "{\"minReplicas\":5}");
            stage.pass(Duration.ofMinutes(10));
            assertThat(status(stage, "availableReplicas")).isEqualTo(7);
            assertThat(new Live(stage.get(Kind.HPA, Stage.NAME)).integer("status", "desiredReplicas"))
                    .isEqualTo(7);
            assertThat(scalingActive(stage)).isEqualTo("False/FailedGetResourceMetric");
        }
    }

    private static String scalingActive(Stage stage) {
        return new Live(stage.get(Kind.HPA, Stage.NAME))
                .maps("status", "conditions").stream()
                        .filter(one -> "ScalingActive".equals(one.get("type")))
                        .map(one -> one.get("status") + "/" + one.get("reason"))
                        .findFirst()
                        .orElse("");
    }

    @Test
    void plainHpaWithMetricsIsFollowedBothWays() {
        try (Stage stage = stage().withPlainHpa()) {
            stage.controllers.load(Stage.NS, Stage.NAME, 1);
            spec(stage, Kind.HPA, "{\"minReplicas\":7}");
            stage.pass(STEP);
            assertThat(status(stage, "availableReplicas")).isEqualTo(7);
            spec(stage, Kind.HPA, "{\"minReplicas\":5}");
            stage.pass(Duration.ofMinutes(6));
            assertThat(status(stage, "availableReplicas")).isEqualTo(5);
            assertThat(scalingActive(stage)).isEqualTo("True/ValidMetricFound");
        }
    }

    @Test
    void deploymentControllerThatIsDownLeavesAllAsItIs() {
        try (Stage stage = deployment("")) {
            stage.controllers.faults().stopDeploymentController();
            raise(stage, 7);
            assertThat(stage.workload().integer("spec", "replicas")).isEqualTo(7);
            assertThat(stage.workload().integer("status", "observedGeneration")).isEqualTo(1);
            assertThat(stage.readyPods()).isEqualTo(5);
            stage.controllers.faults().startDeploymentController();
            stage.pass(STEP);
            assertThat(status(stage, "availableReplicas")).isEqualTo(7);
        }
    }

    @Test
    void statefulSetControllerThatIsDownLeavesAllAsItIs() {
        try (Stage stage = statefulSet("")) {
            stage.controllers.faults().stopStatefulSetController();
            raise(stage, 7);
            assertThat(stage.workload().integer("status", "observedGeneration")).isEqualTo(1);
            assertThat(stage.readyPods()).isEqualTo(5);
            stage.controllers.faults().startStatefulSetController();
            stage.pass(STEP);
            assertThat(status(stage, "availableReplicas")).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"deployment", "statefulset", "parallel"})
    void whateverANightDoesTheStatusEndsAsWhatIsLive(String workload) {
        int nights = Integer.getInteger("tidewatch.nights", 2);
        IntStream.range(0, nights).forEach(seed -> night(workload, seed));
    }

    private static void night(String workload, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SimulationOptions options =
                SimulationOptions.of(RolloutsVersion.V1_9_1).withNodes(6, 4).withSeed(seed);
        try (Stage stage = new Stage(options)) {
            begin(stage, workload);
            for (int deed = 0; deed < 6; deed++) {
                something(stage, random);
                stage.pass(Duration.ofMillis(random.nextInt(100, 25_000)));
            }
            stage.controllers.addNode(40);
            stage.pass(Duration.ofMinutes(12));
            assertEndsWell(stage, workload + ", seed " + seed);
        }
    }

    private static void begin(Stage stage, String workload) {
        switch (workload) {
            case "deployment" -> stage.withDeployment("");
            case "statefulset" -> stage.withStatefulSet("");
            default -> stage.withStatefulSet(PARALLEL);
        }
    }

    private static void something(Stage stage, SplittableRandom random) {
        switch (random.nextInt(5)) {
            case 0, 1, 2 -> stage.min(random.nextInt(2, 10));
            case 3 -> stage.image("app:" + random.nextInt(2, 5));
            default -> stage.controllers.addNode(random.nextInt(1, 4));
        }
    }

    private static void assertEndsWell(Stage stage, String night) {
        Live live = stage.workload();
        int desired = live.integer("spec", "replicas");
        assertThat(desired)
                .as(night)
                .isEqualTo(new Live(stage.get(Kind.SCALED_OBJECT, Stage.NAME)).integer("spec", "minReplicaCount"));
        assertThat(stage.readyPods()).as(night).isEqualTo(desired);
        for (String counter : List.of("replicas", "readyReplicas", "availableReplicas", "updatedReplicas")) {
            assertThat(live.integer("status", counter))
                    .as("%s: %s", night, counter)
                    .isEqualTo(desired);
        }
        assertThat(live.text("status", "observedGeneration")).as(night).isEqualTo("" + live.generation());
        assertThat(live.text("status", "currentRevision")).as(night).isEqualTo(live.text("status", "updateRevision"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"deployment", "statefulset", "parallel"})
    void whenNothingChangesNothingIsSent(String workload) {
        try (Stage stage = stage()) {
            begin(stage, workload);
            stage.pass(Duration.ofSeconds(400));
            stage.cluster.requests().clear();
            stage.pass(Duration.ofHours(1));
            assertThat(stage.cluster.requests().entries())
                    .extracting(RequestLog.Entry::verb)
                    .allMatch(verb -> verb.equals("watch") || verb.equals("list"));
        }
    }
}
