package io.tidewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.State;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two of seven pods do not serve: what their own fields say of it, and since when. */
class LackingPodsTest {
    private static final String STEP = "2026-11-23T17:15:24Z";
    private static final String LATE = "2026-11-23T17:31:00Z";

    private final CaseDump dump = CaseDump.of("up-converged")
            .set("ReplicaSet", "status.readyReplicas", 5)
            .set("ReplicaSet", "status.availableReplicas", 5)
            .set("Rollout", "status.readyReplicas", 5)
            .set("Rollout", "status.availableReplicas", 5);

    private Diagnosis ask() {
        return dump.ask("x-up-converged", "checkout", 7, LATE);
    }

    private void unready(Map<String, Object> container, String since) {
        dump.brokenPods(2, container, "ContainersNotReady", since);
    }

    private static Map<String, Object> container(boolean ready, int restarts, Map<String, Object> state) {
        return Map.of("name", "c", "image", "app:1", "ready", ready, "restartCount", restarts, "state", state);
    }

    private void event(String reason, String message) {
        List<Map<String, Object>> pods = dump.objects.stream()
                .filter(one -> "Pod".equals(one.get("kind")))
                .toList();
        Map<?, ?> meta = (Map<?, ?>) pods.get(0).get("metadata");
        dump.objects.add(Map.of(
                "kind",
                "Event",
                "metadata",
                Map.of("namespace", "x-up-converged", "name", "one"),
                "involvedObject",
                Map.of("kind", "Pod", "uid", meta.get("uid"), "name", meta.get("name")),
                "type",
                "Warning",
                "reason",
                reason,
                "message",
                message,
                "lastTimestamp",
                "2026-11-23T17:16:00Z"));
    }

    @Test
    void aPodThatRestartedDaysAgoLacksSinceItsLastTransition() {
        Map<String, Object> running = Map.of("running", Map.of("startedAt", "2026-11-15T00:00:00Z"));
        unready(container(false, 2, running), "2026-11-23T17:30:55Z");
        dump.set("Pod", "metadata.creationTimestamp", "2026-11-13T00:00:00Z");
        assertThat(ask().state()).isEqualTo(State.WAITING);
        assertThat(ask().causes()).containsExactly(Cause.NOT_READY);
    }

    @Test
    void aPodThatRestartsAllTheTimeLacksSinceItWasMade() {
        Map<String, Object> waiting = Map.of("waiting", Map.of("reason", "CrashLoopBackOff"));
        unready(container(false, 6, waiting), "2026-11-23T17:30:55Z");
        assertThat(ask().state()).isEqualTo(State.AVAILABILITY_LAG);
        assertThat(ask().causes()).containsExactly(Cause.CRASH_LOOP);
    }

    @Test
    void theClaimAvailableFalseMakesNoFreshLackOld() {
        unready(container(false, 0, Map.of("running", Map.of())), "2026-11-23T17:30:55Z");
        dump.condition("Rollout", "Available", "False", "AvailableReason", "not available", "2026-11-23T16:00:00Z");
        assertThat(ask().state()).isEqualTo(State.WAITING);
    }

    @Test
    void aContainerThatDiedOnceIsNotReportedAsACrashLoop() {
        unready(container(false, 0, Map.of("terminated", Map.of("reason", "Error", "exitCode", 3))), STEP);
        assertThat(ask().causes()).containsExactly(Cause.CRASH_LOOP);
        assertThat(ask().summary()).isEqualTo("5 of 7 available, 2 pods died: container c, exit code 3, 0 restarts");
    }

    @Test
    void oneRestartIsNoPlural() {
        unready(container(false, 1, Map.of("terminated", Map.of("reason", "Error", "exitCode", 3))), STEP);
        assertThat(ask().summary()).endsWith("container c, exit code 3, 1 restart");
    }

    @Test
    void aSidecarThatIsNotReadyIsNoInitContainer() {
        unready(container(true, 0, Map.of("running", Map.of())), STEP);
        dump.set("Pod", "status.initContainerStatuses", List.of(Map.of("name", "proxy", "ready", false)));
        assertThat(ask().causes()).containsExactly(Cause.INIT_STUCK);
        conditions(
                Map.of("type", "Initialized", "status", "True"),
                Map.of("type", "Ready", "status", "False", "lastTransitionTime", STEP));
        assertThat(ask().causes()).containsExactly(Cause.NOT_READY);
        assertThat(ask().summary()).endsWith("run and are not ready: container proxy");
    }

    @Test
    void anInitContainerWithoutItsConfigurationIsProvenByTheStatusOfInitContainers() {
        unready(container(false, 0, Map.of("waiting", Map.of("reason", "PodInitializing"))), STEP);
        initContainerWaits("CreateContainerConfigError", "configmap \"checkout\" not found");
        assertThat(ask().causes()).containsExactly(Cause.CONTAINER_CONFIG);
        assertThat(proofOfTheFirstPod("state.waiting"))
                .isEqualTo("status.initContainerStatuses[migrate].state.waiting = CreateContainerConfigError:"
                        + " configmap \"checkout\" not found");
    }

    @Test
    void anImageOfAnInitContainerIsProvenByTheStatusOfInitContainers() {
        unready(container(false, 0, Map.of("waiting", Map.of("reason", "PodInitializing"))), STEP);
        initContainerWaits("ErrImagePull", "no such image");
        assertThat(ask().causes()).containsExactly(Cause.IMAGE_PULL);
        assertThat(proofOfTheFirstPod("state.waiting"))
                .isEqualTo("status.initContainerStatuses[migrate].state.waiting = ErrImagePull: no such image");
    }

    @Test
    void aContainerWithoutItsConfigurationIsProvenByTheStatusOfContainers() {
        unready(container(false, 0, Map.of("waiting", Map.of("reason", "RunContainerError", "message", "no"))), STEP);
        assertThat(ask().causes()).containsExactly(Cause.CONTAINER_CONFIG);
        assertThat(proofOfTheFirstPod("state.waiting"))
                .isEqualTo("status.containerStatuses[c].state.waiting = RunContainerError: no");
    }

    private void initContainerWaits(String reason, String message) {
        dump.set(
                "Pod",
                "status.initContainerStatuses",
                List.of(Map.of(
                        "name",
                        "migrate",
                        "image",
                        "migrate:1",
                        "ready",
                        false,
                        "state",
                        Map.of("waiting", Map.of("reason", reason, "message", message)))));
    }

    private String proofOfTheFirstPod(String field) {
        return ask().evidence().stream()
                .filter(proof ->
                        proof.object().startsWith("Pod ") && proof.field().endsWith(field))
                .map(proof -> proof.field() + " = " + proof.value())
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private void conditions(Map<String, Object>... conditions) {
        dump.objects.stream()
                .filter(one -> "Pod".equals(one.get("kind")))
                .limit(2)
                .map(pod -> (Map<String, Object>) pod.get("status"))
                .forEach(status -> status.put("conditions", List.of(conditions)));
    }

    @Test
    void readyFalseWhileAllContainersReportedReadyIsReportedAsALostNode() {
        unready(container(true, 0, Map.of("running", Map.of("startedAt", STEP))), "2026-11-23T17:20:00Z");
        assertThat(ask().causes()).containsExactly(Cause.NOT_READY);
        assertThat(ask().summary()).contains("as on a node that is lost (n1)");
    }

    @Test
    void theNodeControllersEventIsQuoted() {
        unready(container(true, 0, Map.of("running", Map.of())), STEP);
        event("NodeNotReady", "Node is not ready");
        assertThat(ask().summary()).isEqualTo("5 of 7 available, 2 pods run and are not ready: Node is not ready");
    }

    @Test
    void aReadinessGateNamesItself() {
        unready(container(true, 0, Map.of("running", Map.of())), STEP);
        conditions(Map.of(
                "type",
                "Ready",
                "status",
                "False",
                "reason",
                "ReadinessGatesNotReady",
                "message",
                "gate \"lb\" is not"));
        assertThat(ask().summary()).isEqualTo("5 of 7 available, 2 pods run and are not ready: gate \"lb\" is not");
    }

    @Test
    void podsThatNoSchedulerSpokeOfAreNotRuledOutAsScheduled() {
        dump.brokenPods(2, container(false, 0, Map.of()), "", STEP);
        dump.objects.stream()
                .filter(one -> "Pod".equals(one.get("kind")))
                .limit(2)
                .forEach(pod -> {
                    pod.put("spec", Map.of());
                    pod.put("status", Map.of("phase", "Pending"));
                });
        assertThat(ask().certainty()).isEqualTo(Certainty.UNKNOWN);
        assertThat(ask().summary()).isEqualTo("5 of 7 available, the scheduler has reported nothing about 2 pods");
    }

    @Test
    void whereNoCauseIsKnownTheLastWarningIsQuoted() {
        dump.objects.stream()
                .filter(one -> "Pod".equals(one.get("kind")))
                .limit(2)
                .forEach(pod -> pod.put("status", Map.of("phase", "Pending")));
        event("FailedCreatePodSandBox", "Failed to create pod sandbox: no address is left");
        assertThat(ask().summary())
                .isEqualTo("5 of 7 available, the kubelet has reported nothing about 2 pods, last Event"
                        + " FailedCreatePodSandBox: Failed to create pod sandbox: no address is left");
    }

    @Test
    void aReplicaSetThatClaimsMorePodsThanAreReadyIsContradicted() {
        unready(container(false, 0, Map.of("running", Map.of("startedAt", STEP))), STEP);
        dump.set("ReplicaSet", "status.readyReplicas", 7).set("ReplicaSet", "status.availableReplicas", 7);
        assertThat(ask().summary()).startsWith("5 of 7 ready, though ReplicaSets say 7 available, 2 pods run");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        QUOTA_EXCEEDED | pods "a" is forbidden: exceeded quota: q, requested: pods=1, used: pods=6, limited: pods=6
        QUOTA_EXCEEDED | pods "a" is forbidden: failed quota: q: must specify limits.cpu for: c
        QUOTA_EXCEEDED | pods "a" is forbidden: status unknown for quota: q, resources: pods
        ADMISSION_DENIED | pods "a" is forbidden: maximum cpu usage per Container is 500m, but limit is 1
        ADMISSION_DENIED | admission webhook "w" denied the request: no
        ADMISSION_DENIED | pods "a" is forbidden: error looking up service account a/b: serviceaccount "b" not found
        """)
    void aRejectionIsOfTheQuotaOrOfAnother(Cause cause, String message) {
        CaseDump quota =
                CaseDump.of("quota").condition("ReplicaSet", "ReplicaFailure", "True", "FailedCreate", message, STEP);
        assertThat(quota.ask("x-quota", "checkout", 8, LATE).causes()).containsExactly(cause);
    }

    @Test
    void aWebhooksRejectionIsReportedInOneLine() {
        CaseDump quota = CaseDump.of("quota")
                .condition("ReplicaSet", "ReplicaFailure", "True", "FailedCreate", "denied: \n\nrule one\n", STEP);
        assertThat(quota.ask("x-quota", "checkout", 8, LATE).summary())
                .isEqualTo("6 of 8 available, 2 pods rejected: denied: rule one");
    }
}
