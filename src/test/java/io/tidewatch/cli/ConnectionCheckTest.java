package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.journal.server.PostgresServer;
import io.tidewatch.playground.Playground;
import io.tidewatch.playground.SlackInbox;
import io.tidewatch.playground.sim.RolloutsVersion;
import io.tidewatch.playground.sim.SimulationOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run --check --connect} against real servers on loopback. */
class ConnectionCheckTest {

    @TempDir
    Path folder;

    private Playground playground;

    @BeforeEach
    void aPlaygroundWithACommit() throws IOException {
        playground = Playground.start(
                Files.createDirectory(folder.resolve("git")),
                Instant.parse("2026-11-22T12:00:00Z"),
                1,
                "Dana",
                SimulationOptions.of(RolloutsVersion.V1_9_1));
        playground.operator().commit("the shop", Map.of("readme.yaml", "a: b\n"));
        System.setProperty(
                "kubeconfig",
                Files.writeString(folder.resolve("kubeconfig"), playground.kubeconfig())
                        .toString());
        Files.createDirectory(folder.resolve("config"));
        file("application.properties", "tidewatch.state.directory = " + folder.resolve("state") + "\n");
        file("sources.yaml", "sources: [" + shop() + "]\n");
        file("alerts.yaml", "receivers: []\n");
    }

    @AfterEach
    void end() {
        System.clearProperty("kubeconfig");
        playground.close();
    }

    @Test
    void whatCanBeReachedIsATable() {
        Typed typed = Typed.of(
                "run",
                "--check",
                "--connect",
                "--config",
                folder.resolve("config").toString());

        assertThat(typed.out().lines())
                .anyMatch(line -> line.startsWith("PART") && line.endsWith("MESSAGE"))
                .anyMatch(line -> line.matches("state +\\S+/state +ok +\\S+ s +will be made in .*"))
                .anyMatch(line -> line.matches("cluster +kubernetes +ok +\\S+ s +connected to http://.*"))
                .anyMatch(line ->
                        line.matches("source +shop +ok +\\S+ s +main is at [0-9a-f]{7} \\(Dana\\), files: \\d+"));
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.err()).isEmpty();
        assertThat(folder.resolve("state")).doesNotExist();
    }

    /** Neither a refused connection nor a server that never answers keeps the others from their result. */
    @Test
    void theTroubleOfOneStaysItsOwn() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            file(
                    "sources.yaml",
                    "sources: [" + shop() + ", {name: silent, url: 'http://127.0.0.1:" + silent.getLocalPort()
                            + "/a.git', ref: main, namespaces: [a], deadline: 2s},"
                            + " {name: refused, url: 'http://127.0.0.1:1/a.git', ref: main, namespaces: [b]},"
                            + " {name: no-ref, url: '" + playground.operator().url()
                            + "', ref: nowhere, namespaces: [c]}]\n");

            JsonNode document = document(1);

            assertThat(trial(document, "source", "shop").path("result").asText())
                    .isEqualTo("ok");
            assertThat(trial(document, "source", "silent").path("message").asText())
                    .isEqualTo("no result within 2 s; it was given up");
            assertThat(trial(document, "source", "refused").path("message").asText())
                    .contains("127.0.0.1:1")
                    .contains("refused");
            assertThat(trial(document, "source", "no-ref").path("message").asText())
                    .contains("nowhere");
        }
    }

    @Test
    void whetherReportsMayBePushedIsAsked() throws IOException {
        file(
                "sources.yaml",
                "sources: [" + shop().replace("}", ", reports: {branch: tidewatch/reports}}")
                        + ", {name: refused, url: 'http://127.0.0.1:1/a.git', ref: main, namespaces: [b],"
                        + " reports: {branch: nights}}]\n");

        JsonNode document = document(1);

        assertThat(trial(document, "reports", "shop").path("message").asText())
                .isEqualTo("pushing is allowed; the branch tidewatch/reports will be begun");
        assertThat(trial(document, "reports", "refused").path("message").asText())
                .startsWith("cannot push to http://127.0.0.1:1/a.git")
                .contains("refused");
        assertThat(playground.operator().read("tidewatch/reports", "README.md")).isEmpty();
    }

    @Test
    void aMailServerIsLoggedInToAndSentNothing() throws IOException {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).setVerbose(false));
        server.start();
        try {
            server.setUser("tidewatch", "s3cret-pass");
            int port = server.getSmtp().getPort();
            file(
                    "alerts.yaml",
                    "receivers:\n" + mail("good", port, "startTls: false, password: s3cret-pass")
                            + mail("rejected", port, "startTls: false, password: wr0ng-pass")
                            + mail("encrypted", port, "startTls: true, password: s3cret-pass")
                            + "default: [good]\n");

            JsonNode document = document(1);

            assertThat(trial(document, "receiver", "good").path("message").asText())
                    .isEqualTo("127.0.0.1:" + port
                            + ": connected, not encrypted, logged in as tidewatch; no mail was sent");
            assertThat(trial(document, "receiver", "rejected").path("result").asText())
                    .isEqualTo("failed");
            assertThat(trial(document, "receiver", "encrypted").path("message").asText())
                    .startsWith("127.0.0.1:" + port + ": ")
                    .contains("STARTTLS");
            assertThat(document.toString()).doesNotContain("wr0ng-pass");
            assertThat(server.getReceivedMessages()).isEmpty();
        } finally {
            server.stop();
        }
    }

    @Test
    void aWebhookIsConnectedToAndSentNothing() throws IOException {
        try (SlackInbox inbox = SlackInbox.start()) {
            file(
                    "alerts.yaml",
                    "receivers: [{name: slack, type: slack, webhookUrl: '" + inbox.webhookUrl()
                            + "'}, {name: away, type: slack, webhookUrl: 'https://127.0.0.1:1/services/SECRET'}]\n"
                            + "default: [slack]\n");

            JsonNode document = document(1);

            assertThat(trial(document, "receiver", "slack").path("result").asText())
                    .isEqualTo("ok");
            assertThat(trial(document, "receiver", "away").path("message").asText())
                    .isEqualTo("127.0.0.1:1: Connection refused");
            assertThat(document.toString()).doesNotContain("SECRET");
            assertThat(inbox.messages()).isEmpty();
        }
    }

    @Test
    void aDatabaseIsLoggedInToAndNotChanged() throws IOException, SQLException {
        PostgresServer server = PostgresServer.shared();
        String instance = server.freshInstance();
        file("application.properties", database(instance, server, PostgresServer.PASSWORD));

        JsonNode document = document(0);

        assertThat(trial(document, "database", "postgresql").path("message").asText())
                .contains("schema " + instance)
                .endsWith(", the schema will be made");
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            assertThat(statement
                            .executeQuery("SELECT 1 FROM pg_namespace WHERE nspname = '" + instance + "'")
                            .next())
                    .isFalse();
        }

        file("application.properties", database(instance, server, "wr0ng-pass"));

        JsonNode rejected = document(1);

        assertThat(trial(rejected, "database", "postgresql").path("result").asText())
                .isEqualTo("failed");
        assertThat(rejected.toString()).doesNotContain("wr0ng-pass");
    }

    @Test
    void eachMissingPermissionIsNamed() throws IOException {
        playground
                .cluster()
                .grant(asked -> !(asked.resource().equals("scaledobjects")
                        && (asked.verb().equals("patch") || asked.verb().equals("watch"))));

        assertThat(document(1).path("trials"))
                .filteredOn(trial -> trial.path("part").asText().equals("permission"))
                .allMatch(trial -> trial.path("result").asText().equals("failed"))
                .map(trial -> trial.path("message").asText())
                .containsExactlyInAnyOrder(
                        "missing permission to watch scaledobjects.keda.sh in shop: cannot raise or check any minimum",
                        "missing permission to patch scaledobjects.keda.sh in shop: cannot raise or lower any minimum");
    }

    /** What only a schedule, what it scales, or the configuration asks for. */
    @Test
    void whatSchedulesAndTheElectionNeedIsAskedFor() throws IOException {
        Set<String> taken = Set.of(
                "patch rollouts",
                "list poddisruptionbudgets",
                "patch horizontalpodautoscalers",
                "watch deployments",
                "list statefulsets",
                "update leases");
        playground.cluster().grant(asked -> !taken.contains(asked.verb() + " " + asked.resource()));
        try (KubernetesClient kubectl = playground.cluster().client()) {
            kubectl.resource(scaledObject("cart", "Deployment")).create();
            kubectl.resource(scaledObject("unscheduled", "StatefulSet")).create();
        }
        playground.operator().commit("schedules", Map.of("schedules.yaml", SCHEDULES));
        file("sources.yaml", "sources: [" + shop().replace("}", ", apply: none}") + "]\n");

        assertThat(permissions(document(1)))
                .containsExactlyInAnyOrder(
                        "failed: missing permission to patch rollouts.argoproj.io in shop: cannot nudge or restart a"
                                + " Rollout, or extend its progress deadline",
                        "failed: missing permission to list poddisruptionbudgets.policy in shop: cannot tell before a"
                                + " restart whether a PodDisruptionBudget allows it",
                        "failed: missing permission to patch horizontalpodautoscalers.autoscaling in shop: cannot raise"
                                + " or lower the minimum of an HPA without KEDA",
                        "failed: missing permission to watch deployments.apps in shop: cannot tell whether the"
                                + " Deployment follows",
                        "failed: missing permission to watch deployments.apps in argo-rollouts, keda: cannot tell the"
                                + " versions of the controllers, and gives no advice on them",
                        "unknown: missing permission to update leases.coordination.k8s.io in default: cannot run in"
                                + " several replicas: no leader is elected");

        file(
                "application.properties",
                "tidewatch.leaderElection.enabled = true\ntidewatch.leaderElection.namespace = ops\n");
        assertThat(permissions(document(1)))
                .contains("failed: missing permission to update leases.coordination.k8s.io in ops: cannot run in"
                        + " several replicas: no leader is elected");

        file("application.properties", "tidewatch.leaderElection.enabled = false\n");
        assertThat(permissions(document(1))).noneMatch(line -> line.contains("leases"));
    }

    private static List<String> permissions(JsonNode document) {
        List<String> lines = new ArrayList<>();
        document.path("trials").forEach(trial -> {
            if (trial.path("part").asText().equals("permission")) {
                lines.add(trial.path("result").asText() + ": "
                        + trial.path("message").asText());
            }
        });
        return lines;
    }

    private static GenericKubernetesResource scaledObject(String name, String kind) {
        GenericKubernetesResource object = new GenericKubernetesResource();
        object.setApiVersion("keda.sh/v1alpha1");
        object.setKind("ScaledObject");
        object.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace("shop").build());
        object.setAdditionalProperty(
                "spec",
                Map.of(
                        "scaleTargetRef",
                        Map.of("apiVersion", "apps/v1", "kind", kind, "name", name),
                        "triggers",
                        List.of(Map.of("type", "metrics-api", "metadata", Map.of("targetValue", "10")))));
        return object;
    }

    private static final String SCHEDULES = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: cart-midnight, namespace: shop}
            spec:
              scaledObjectRef: {name: cart}
              timeZone: Asia/Seoul
              baseline: {minReplicas: 2, maxReplicas: 20}
              windows: [{name: midnight-peak, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 4}]
              remedies: [{type: RestartRollout, attempts: 1}]
            ---
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: web-midnight, namespace: shop}
            spec:
              hpaRef: {name: web}
              timeZone: Asia/Seoul
              baseline: {minReplicas: 2, maxReplicas: 20}
              windows: [{name: midnight-peak, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 4}]
            """;

    @Test
    void noClusterIsAFailureOfItsOwn() throws IOException {
        Files.writeString(folder.resolve("kubeconfig"), "apiVersion: v1\nkind: Config\n");

        JsonNode document = document(1);

        assertThat(trial(document, "cluster", "kubernetes").path("message").asText())
                .startsWith("no cluster is configured");
        assertThat(trial(document, "source", "shop").path("result").asText()).isEqualTo("ok");
    }

    private String shop() {
        return "{name: shop, url: '" + playground.operator().url() + "', ref: main, namespaces: [shop]}";
    }

    private static String mail(String name, int port, String more) {
        return "  - {name: " + name + ", type: email, from: a@example.com, to: [b@example.com],"
                + " smtp: {host: 127.0.0.1, port: " + port + ", username: tidewatch, " + more + "}}\n";
    }

    private String database(String instance, PostgresServer server, String password) {
        return "tidewatch.instance = " + instance + "\ntidewatch.state.directory = " + folder.resolve("state")
                + "\ntidewatch.state.jdbcUrl = " + server.url() + "\ntidewatch.state.username = " + PostgresServer.USER
                + "\ntidewatch.state.password = " + password + "\n";
    }

    private JsonNode document(int exitCode) throws IOException {
        Typed typed = Typed.of(
                "run",
                "--check",
                "--connect",
                "-o",
                "json",
                "--config",
                folder.resolve("config").toString());
        assertThat(typed.exitCode()).as(typed.out() + typed.err()).isEqualTo(exitCode);
        return JsonMapper.builder().build().readTree(typed.out());
    }

    private static JsonNode trial(JsonNode document, String part, String name) {
        for (JsonNode trial : document.path("trials")) {
            if (trial.path("part").asText().equals(part)
                    && trial.path("name").asText().equals(name)) {
                return trial;
            }
        }
        throw new AssertionError("no " + part + " " + name + " in " + document);
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve("config").resolve(name), text);
    }
}
