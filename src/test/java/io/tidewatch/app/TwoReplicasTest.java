package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.journal.QuietJournal;
import io.tidewatch.journal.SafeJournal;
import io.tidewatch.journal.content.JournalSamples;
import io.tidewatch.journal.table.WrittenRows;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.playground.Playground;
import io.tidewatch.playground.api.Fault;
import io.tidewatch.playground.api.FaultHook;
import io.tidewatch.playground.api.RequestLog;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas of one instance beside one API server, each with a state directory and a user agent of its own. */
class TwoReplicasTest {

    private static final Instant BEGINS = Instant.parse("2026-11-22T13:00:00Z");
    private static final Instant OPENS = Instant.parse("2026-11-22T13:30:00Z");
    private static final Instant ENDS = Instant.parse("2026-11-22T17:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private final HeardDiary first = new HeardDiary(PATIENCE);
    private final HeardDiary second = new HeardDiary(PATIENCE);

    @Test
    void oneWritesAndTheOtherTakesOverWithoutAListWhenTheFirstOneEnds() throws InterruptedException, IOException {
        try (Playground playground =
                        Playground.start(folder, BEGINS, 10, "Dana", SimulationOptions.of(RolloutsVersion.V1_9_1));
                KubernetesClient kubectl = PlayedCluster.client(playground, "kubectl");
                KubernetesClient a = PlayedCluster.client(playground, "replica-a");
                KubernetesClient b = PlayedCluster.client(playground, "replica-b")) {
            PlayedCluster.apply(kubectl, "kubectl", PlayedCluster.rollout("cart", 2));
            PlayedCluster.apply(kubectl, "kubectl", PlayedCluster.scaledObject("cart", 2, 20));
            playground.operator().commit("a schedule", Map.of("schedule.yaml", SCHEDULE));
            Reconciler leader = PlayedCluster.start(playground, folder("a"), a, first);
            assertThat(holder(kubectl))
                    .as("who is alone leads before its first pass, and waits for nobody")
                    .isPresent();
            first.await("two pods", () -> PlayedCluster.readyPods(kubectl) == 2);
            try (Reconciler follower = PlayedCluster.start(playground, folder("b"), b, second)) {
                assertThat(follower.camel().isStarted()).isTrue();
                second.await("it follows", () -> !second.said("follows").isEmpty());
                PlayedCluster.leap(playground, OPENS.minusSeconds(5));
                first.await("the window is open", () -> minimum(kubectl) == 4);
                first.await(
                        "four pods", () -> !first.saidOf("cart", "available").isEmpty());
                assertThat(term(kubectl)).isEqualTo("1");
                assertThat(writes(playground, "replica-b")).isEmpty();
                assertThat(first.said("follows")).isEmpty();
                assertThat(second.said(TakeoverLoss.CODE))
                        .singleElement()
                        .asString()
                        .contains("a takeover loses");
                assertThat(first.said(TakeoverLoss.CODE)).isEmpty();
                assertThat(second.saidOf("cart", "minimum-set")).isEmpty();

                playground.cluster().requests().clear();
                leader.close();
                second.await("it leads", () -> !second.said("leads").isEmpty());
                PlayedCluster.leap(playground, ENDS.minusSeconds(5));
                second.await("the window has ended", () -> minimum(kubectl) == 2);
                second.await(
                        "two pods", () -> !second.saidOf("cart", "available").isEmpty());
                assertThat(term(kubectl)).isEqualTo("2");
                assertThat(writes(playground, "replica-b"))
                        .filteredOn(request -> request.verb().equals("patch"))
                        .hasSize(1);
                assertThat(playground.cluster().requests().entries())
                        .filteredOn(request -> request.userAgent().equals("replica-b"))
                        .extracting(RequestLog.Entry::verb)
                        .as("what a new leader needs is in its caches")
                        .doesNotContain("list");
            } finally {
                leader.close();
            }
        }
    }

    /** A journal or an output that hangs may keep a process from ending for longer than the Lease can be given back. */
    @Test
    void theLeaseIsGivenBackBeforeAnythingElseIsClosed() throws IOException {
        try (Playground playground =
                        Playground.start(folder, BEGINS, 10, "Dana", SimulationOptions.of(RolloutsVersion.V1_9_1));
                KubernetesClient kubectl = PlayedCluster.client(playground, "kubectl");
                KubernetesClient a = PlayedCluster.client(playground, "replica-a")) {
            Reconciler leader = PlayedCluster.start(playground, folder("a"), a, first);
            assertThat(holder(kubectl)).get().asString().isNotEmpty();
            List<Boolean> answered = new CopyOnWriteArrayList<>();
            playground.cluster().strikeWith((moment, call) -> {
                if (moment == FaultHook.Moment.BEFORE
                        && call.verb().equals("update")
                        && call.path().contains("/leases/")) {
                    answered.add(answers(leader.statusPort()));
                }
                return Fault.NONE;
            });

            leader.close();

            assertThat(holder(kubectl)).contains("");
            assertThat(answered.get(answered.size() - 1))
                    .as("status was answered still when the Lease was given back")
                    .isTrue();
        }
    }

    /** Each has a journal of its own, and the other one reports what is open. */
    @Test
    void whatWasNotSentIsGivenUpWhenAnotherReplicaReports() throws IOException, InterruptedException {
        Path state = Files.createDirectories(folder("a").resolve("state"));
        try (SafeJournal before = QuietJournal.open(state, Clock.fixed(BEGINS, ZoneOffset.UTC), Set.of())) {
            before.record(
                    JournalSamples.opened(JournalSamples.incident("i1", Optional.empty())),
                    List.of(JournalSamples.message("i1", "chat", AlertMessage.Moment.OPENED, BEGINS)));
        }
        try (Playground playground =
                        Playground.start(folder, BEGINS, 10, "Dana", SimulationOptions.of(RolloutsVersion.V1_9_1));
                KubernetesClient kubectl = PlayedCluster.client(playground, "kubectl");
                KubernetesClient a = PlayedCluster.client(playground, "replica-a")) {
            renewForReplicaB(kubectl);
            try (Reconciler follower = PlayedCluster.start(playground, folder("a"), a, first)) {
                assertThat(follower.camel().isStarted()).isTrue();
                first.await("it follows", () -> !first.said("follows").isEmpty());
                assertThat(WrittenRows.in(state).undelivered())
                        .as("replica-b may have died")
                        .hasSize(1);

                first.await("the other one is alive", () -> {
                    renewForReplicaB(kubectl);
                    return WrittenRows.in(state).undelivered().isEmpty();
                });
            }
            assertThat(WrittenRows.in(state).openIncidents()).isEmpty();
            assertThat(playground.slack().messages()).isEmpty();
        }
    }

    private static void renewForReplicaB(KubernetesClient kubectl) {
        Lease lease = new LeaseBuilder()
                .withNewMetadata()
                .withName("tidewatch-tidewatch")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity("replica-b")
                .withLeaseDurationSeconds(120)
                .withLeaseTransitions(3)
                .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                .endSpec()
                .build();
        kubectl.resource(lease).forceConflicts().serverSideApply();
    }

    private static boolean answers(int port) {
        try (Socket status = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return status.isConnected();
        } catch (IOException closed) {
            return false;
        }
    }

    private Path folder(String replica) throws IOException {
        return Files.createDirectories(folder.resolve(replica));
    }

    private static GenericKubernetesResource scaledObject(KubernetesClient kubectl) {
        return kubectl.genericKubernetesResources(PlayedCluster.kind("ScaledObject"))
                .inNamespace("shop")
                .withName("cart")
                .get();
    }

    private static Optional<String> holder(KubernetesClient kubectl) {
        return Optional.ofNullable(kubectl.leases()
                        .inNamespace("default")
                        .withName("tidewatch-tidewatch")
                        .get())
                .map(lease -> lease.getSpec().getHolderIdentity());
    }

    private static int minimum(KubernetesClient kubectl) {
        return scaledObject(kubectl).get("spec", "minReplicaCount");
    }

    private static String term(KubernetesClient kubectl) {
        return scaledObject(kubectl).getMetadata().getAnnotations().get("tidewatch.io/term");
    }

    private static List<RequestLog.Entry> writes(Playground playground, String agent) {
        return playground.cluster().requests().entries().stream()
                .filter(request -> request.userAgent().equals(agent))
                .filter(request ->
                        !request.dryRun() && List.of("patch", "create").contains(request.verb()))
                .filter(request ->
                        !request.path().contains("/leases") && !request.path().contains("reviews"))
                .toList();
    }

    private static final String SCHEDULE = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: cart-midnight, namespace: shop}
            spec:
              scaledObjectRef: {name: cart}
              timeZone: Asia/Seoul
              windows:
                - {name: midnight-peak, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 4}
              baseline: {minReplicas: 2}
            """;
}
