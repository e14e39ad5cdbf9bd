package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.chart.GrantedRights;
import io.tidewatch.loop.RunMode;
import io.tidewatch.playground.Playground;
import io.tidewatch.playground.api.RequestLog;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night with a source that applies, a preflight and a nudge, against the roles that the chart makes in the namespaces listed. */
class ChartRightsTest {

    private static final Instant BEGINS = Instant.parse("2026-11-22T13:00:00Z");
    private static final Instant OPENS = Instant.parse("2026-11-22T13:30:00Z");
    private static final Instant CLOSES = Instant.parse("2026-11-22T14:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    @TempDir
    private Path folder;

    private final HeardDiary diary = new HeardDiary(PATIENCE);

    @Test
    void everyRequestOfANightIsAllowedByTheRolesOfTheNamespacesListed() throws InterruptedException {
        try (Playground playground =
                        Playground.start(folder, BEGINS, 20, "Dana", SimulationOptions.of(RolloutsVersion.V1_7_2));
                KubernetesClient kubectl = PlayedCluster.client(playground, "kubectl");
                KubernetesClient ours = PlayedCluster.client(playground, "tidewatch")) {
            kubectl.namespaces()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName("tidewatch")
                            .endMetadata()
                            .build())
                    .create();
            playground
                    .operator()
                    .commit(
                            "a target",
                            Map.of(
                                    "rollout.yaml", PlayedCluster.rollout("checkout", 2),
                                    "scaledobject.yaml", PlayedCluster.scaledObject("checkout", 2, 20),
                                    "schedule.yaml", SCHEDULE));
            try (Reconciler running = start(playground, ours)) {
                assertThat(running.camel().isStarted()).isTrue();
                diary.await("two pods", () -> PlayedCluster.readyPods(kubectl) == 2);
                PlayedCluster.leap(playground, OPENS.minus(Duration.ofMinutes(10)));
                diary.await("a preflight", () -> words(playground).contains("list /resourcequotas"));
                PlayedCluster.leap(playground, OPENS.minusSeconds(5));
                diary.await("four pods", () -> PlayedCluster.readyPods(kubectl) == 4);
                PlayedCluster.leap(playground, CLOSES.minusSeconds(5));
                diary.await("two pods again", () -> PlayedCluster.readyPods(kubectl) == 2);
                diary.await("an Event", () -> words(playground).contains("create events.k8s.io/events"));
            }
            assertThat(requests(playground))
                    .allMatch(GrantedRights.of("namespaced")::allows)
                    .noneMatch(request -> request.code() == 403);
            assertThat(words(playground))
                    .contains(
                            "patch argoproj.io/rollouts",
                            "get keda.sh/scaledobjects",
                            "patch keda.sh/scaledobjects",
                            "watch /pods",
                            "watch apps/replicasets",
                            "create coordination.k8s.io/leases",
                            "update coordination.k8s.io/leases");
        }
    }

    /** Guards the guard: the roles of one namespace alone do not do for this night. */
    @Test
    void whatNoRoleAllowsIsFound() {
        GrantedRights rights = GrantedRights.of("namespaced");

        assertThat(rights.allows(request("patch", "/apis/keda.sh/v1alpha1/namespaces/shop/scaledobjects/a")))
                .isTrue();
        assertThat(rights.allows(request("delete", "/apis/keda.sh/v1alpha1/namespaces/shop/scaledobjects/a")))
                .isFalse();
        assertThat(rights.allows(request("patch", "/apis/keda.sh/v1alpha1/namespaces/other/scaledobjects/a")))
                .isFalse();
        assertThat(rights.allows(request("list", "/apis/keda.sh/v1alpha1/scaledobjects")))
                .isFalse();
        assertThat(rights.allows(request("list", "/api/v1/namespaces/shop/secrets")))
                .isFalse();
        assertThat(rights.allows(request("patch", "/apis/apps/v1/namespaces/catalog/deployments/a")))
                .as("a role for another namespace")
                .isFalse();
        assertThat(rights.allows(
                        request("get", "/apis/coordination.k8s.io/v1/namespaces/tidewatch/leases/tidewatch-tidewatch")))
                .isTrue();
        assertThat(rights.allows(request("get", "/apis/coordination.k8s.io/v1/namespaces/tidewatch/leases/other")))
                .as("another Lease")
                .isFalse();
    }

    private Reconciler start(Playground playground, KubernetesClient ours) {
        return PlayedCluster.start(
                PlayedCluster.configuration(
                        playground,
                        folder,
                        "all, namespaces: [shop]",
                        "tidewatch.leaderElection.namespace = tidewatch\n"),
                playground,
                ours,
                RunMode.ACT,
                diary);
    }

    private static List<RequestLog.Entry> requests(Playground playground) {
        return playground.cluster().requests().entries().stream()
                .filter(request -> request.userAgent().equals("tidewatch"))
                .toList();
    }

    private static Set<String> words(Playground playground) {
        Set<String> words = new TreeSet<>();
        for (RequestLog.Entry request : requests(playground)) {
            String[] parts = request.path().split("/namespaces/[^/]+/");
            if (parts.length == 2) {
                String group = parts[0].startsWith("/apis/") ? parts[0].split("/")[2] : "";
                words.add(request.verb() + " " + group + "/" + parts[1].split("/")[0]);
            }
        }
        return words;
    }

    private static RequestLog.Entry request(String verb, String path) {
        return new RequestLog.Entry(BEGINS, verb, path, "", 200, false, "tidewatch", "");
    }

    private static final String SCHEDULE = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: checkout-midnight, namespace: shop}
            spec:
              scaledObjectRef: {name: checkout}
              timeZone: Asia/Seoul
              baseline: {minReplicas: 2, maxReplicas: 20}
              windows:
                - {name: midnight-peak, start: "30 22 * * *", end: "0 23 * * *", minReplicas: 4}
              remedies:
                - {type: NudgeReplicaSets, attempts: 3, every: 20s}
                - {type: RestartRollout, attempts: 1}
            """;
}
