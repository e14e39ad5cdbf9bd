package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidewatch.wire.ForwardProxy;
import io.tidewatch.wire.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways into a cluster that kubectl knows, against a TLS server with a CA of its own; a long-running client keeps in. */
class ClusterTest {

    private static final String[] PROPERTIES = {
        "kubeconfig",
        "kubernetes.master",
        "https.proxy",
        "no.proxy",
        "kubernetes.auth.serviceAccount.token",
        "kubernetes.certs.ca.file",
        "KUBERNETES_SERVICE_HOST",
        "KUBERNETES_SERVICE_PORT",
        "kubenamespace",
        "kubernetes.auth.tryKubeConfig"
    };

    @TempDir
    static Path shared;

    private static Identity api;
    private static Identity dana;

    @TempDir
    Path folder;

    @BeforeAll
    static void identities() {
        api = Identity.make(shared, "kube-apiserver", "ip:127.0.0.1");
        dana = Identity.make(shared, "dana", "dns:dana");
    }

    /** A client that is refused over TLS tried once more without, and sent the token along. */
    @Test
    void noTokenGoesOverAPlainConnectionThatNobodyConfigured() throws IOException {
        try (PlainServer server = PlainServer.start()) {
            kubeconfig("https://127.0.0.1:1", "token: SUPERSECRETTOKEN");
            System.setProperty("kubernetes.master", "127.0.0.1:" + server.port());

            assertThatThrownBy(() -> Cluster.request(KubernetesClient::getKubernetesVersion))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("KUBERNETES_MASTER is \"127.0.0.1:" + server.port()
                            + "\" without a scheme; write https://127.0.0.1:" + server.port());

            System.clearProperty("kubernetes.master");
            kubeconfig("127.0.0.1:" + server.port(), "token: SUPERSECRETTOKEN");

            assertThatThrownBy(() -> Cluster.request(KubernetesClient::getKubernetesVersion))
                    .hasMessageContaining("without a scheme; write https://");
            assertThat(server.received()).isEmpty();
        }
    }

    @Test
    void aPlainConnectionThatIsWrittenIsUsed() throws IOException {
        try (PlainServer server = PlainServer.start()) {
            kubeconfig("http://127.0.0.1:" + server.port(), "token: t0ken");

            assertThatThrownBy(() -> Cluster.request(KubernetesClient::getKubernetesVersion))
                    .hasMessageStartingWith("http://127.0.0.1:" + server.port());
            assertThat(server.received()).contains("Bearer t0ken");
        }
    }

    /** When every list was rejected, the plan was empty: nothing to do, exit code 0. */
    @Test
    void aPlanThatSeesNoTargetFails() throws IOException {
        Path schedule = Files.writeString(folder.resolve("night.yaml"), """
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: night, namespace: shop}
                spec:
                  scaledObjectRef: {name: checkout}
                  timeZone: UTC
                  windows: [{name: peak, start: "0 22 * * *", end: "0 2 * * *", minReplicas: 7}]
                """);
        try (PlainServer server = PlainServer.start()) {
            kubeconfig("http://127.0.0.1:" + server.port(), "token: t0ken");

            Typed plan = Typed.of("plan", "--definitions", schedule.toString(), "--apply", "none");

            assertThat(plan.exitCode()).isEqualTo(2);
            assertThat(plan.out()).isEmpty();
            assertThat(plan.err())
                    .contains("ScaledObjects are not seen: ")
                    .endsWith("tidewatch: the ScaledObjects and Rollouts of the cluster are not seen, so nothing can be"
                            + " planned; use a kubeconfig whose user may list them in all namespaces, or give a dump with"
                            + " --cluster-state\n");
        }
    }

    private void kubeconfig(String server, String user) throws IOException {
        Path file = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s"}}]
                users: [{name: u, user: {%s}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(server, user));
        System.setProperty("kubeconfig", file.toString());
    }

    @AfterEach
    void forget() {
        for (String property : PROPERTIES) {
            System.clearProperty(property);
        }
    }

    @Test
    void aTokenAndACustomCa() throws IOException {
        try (TlsApiServer server = TlsApiServer.start(api, Optional.empty())) {
            server.know("t0ken");
            kubeconfig(server, "token: t0ken", ca());

            try (KubernetesClient client = Cluster.client()) {
                assertThat(client.getKubernetesVersion().getGitVersion()).isEqualTo("v1.36.2");
            }
        }
    }

    @Test
    void anUnknownCaIsReportedInOneLine() throws IOException {
        try (TlsApiServer server = TlsApiServer.start(api, Optional.empty())) {
            kubeconfig(server, "token: t0ken", "");

            assertThatThrownBy(() -> Cluster.request(KubernetesClient::getKubernetesVersion))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(server.url())
                    .hasMessageContaining("unable to find valid certification path");
        }
    }

    @Test
    void aClientCertificate() throws IOException {
        try (TlsApiServer server = TlsApiServer.start(api, Optional.of(dana))) {
            certified(server, dana, dana.key());

            try (KubernetesClient client = Cluster.client()) {
                assertThat(client.getKubernetesVersion().getGitVersion()).isEqualTo("v1.36.2");
            }
        }
    }

    /** As k3s and kubeadm with ecdsa write them. */
    @Test
    void aClientCertificateOfAnEllipticCurve() throws IOException, InterruptedException {
        Identity kim = Identity.ec(folder, "kim", "dns:kim");
        Path pkcs8 = Files.writeString(folder.resolve("kim.key"), kim.key());
        Process openssl = new ProcessBuilder("openssl", "ec", "-in", pkcs8.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String sec1 = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(openssl.waitFor()).isZero();
        assertThat(sec1).startsWith("-----BEGIN EC PRIVATE KEY-----");
        try (TlsApiServer server = TlsApiServer.start(api, Optional.of(kim))) {
            certified(server, kim, sec1);

            try (KubernetesClient client = Cluster.client()) {
                assertThat(client.getKubernetesVersion().getGitVersion()).isEqualTo("v1.36.2");
            }
        }
    }

    /** As openssl and cert-manager write them. */
    @Test
    void aClientKeyOfAnEllipticCurveInPkcs8() throws IOException {
        Identity kim = Identity.ec(folder, "kim", "dns:kim");
        assertThat(kim.key()).startsWith("-----BEGIN PRIVATE KEY-----");
        try (TlsApiServer server = TlsApiServer.start(api, Optional.of(kim))) {
            certified(server, kim, kim.key());

            try (KubernetesClient client = Cluster.client()) {
                assertThat(client.getKubernetesVersion().getGitVersion()).isEqualTo("v1.36.2");
            }

            Path key = Files.writeString(folder.resolve("kim-key.pem"), kim.key());
            kubeconfig(server, "client-certificate: " + kim.certificate() + ", client-key: " + key, ca());
            try (KubernetesClient client = Cluster.client()) {
                assertThat(client.getKubernetesVersion().getGitVersion()).isEqualTo("v1.36.2");
            }
        }
    }

    @Test
    void aServerWithoutASchemeIsReportedInOneLineBeforeAnyRequest() throws IOException {
        Path file = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "127.0.0.1:6443"}}]
                users: [{name: dana, user: {token: t0ken}}]
                contexts: [{name: night, context: {cluster: c, user: dana}}]
                current-context: night
                """);
        System.setProperty("kubeconfig", file.toString());

        Typed hold = Typed.of("hold", "checkout", "-n", "shop", "--for", "1h", "--reason", "x");

        assertThat(hold.exitCode()).isEqualTo(2);
        assertThat(hold.err())
                .isEqualTo("tidewatch: kubeconfig " + file + ": the server of cluster c is \"127.0.0.1:6443\" without a"
                        + " scheme; write https://127.0.0.1:6443\n");
    }

    @Test
    void aFileThatIsNoKubeconfigIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("kubeconfig"), "this: [is\n not yaml");
        System.setProperty("kubeconfig", file.toString());

        assertThatThrownBy(Cluster::client).hasMessageStartingWith("kubeconfig " + file + " cannot be read: ");
    }

    @Test
    void aTokenFileThatIsReplacedWhileWeRun() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "one");
        try (TlsApiServer server = TlsApiServer.start(api, Optional.empty())) {
            server.know("one");
            kubeconfig(server, "tokenFile: " + token, ca());

            try (KubernetesClient client = Cluster.client()) {
                assertThat(client.getKubernetesVersion()).isNotNull();
                Files.writeString(token, "two");
                server.know("two");
                assertThat(client.getKubernetesVersion().getGitVersion()).isEqualTo("v1.36.2");
            }
        }
    }

    @Test
    void anExecPluginRunsAgainWhenItsTokenHasExpired() throws IOException {
        Path token = Files.writeString(folder.resolve("now"), "one");
        Path plugin = Files.writeString(folder.resolve("plugin"), """
                #!/bin/sh
                echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"'$(cat %s)'"}}'
                """.formatted(token));
        Files.setPosixFilePermissions(plugin, PosixFilePermissions.fromString("rwx------"));
        try (TlsApiServer server = TlsApiServer.start(api, Optional.empty())) {
            server.know("one");
            kubeconfig(
                    server,
                    "exec: {apiVersion: client.authentication.k8s.io/v1, command: " + plugin
                            + ", interactiveMode: Never}",
                    ca());

            try (KubernetesClient client = Cluster.client()) {
                assertThat(client.getKubernetesVersion()).isNotNull();
                Files.writeString(token, "two");
                server.know("two");
                assertThat(client.getKubernetesVersion().getGitVersion()).isEqualTo("v1.36.2");
            }
        }
    }

    @Test
    void aServiceAccountWhoseTokenIsRotated() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "one");
        try (TlsApiServer server = TlsApiServer.start(api, Optional.empty())) {
            server.know("one");
            System.setProperty("kubeconfig", folder.resolve("none").toString());
            System.setProperty("kubernetes.auth.tryKubeConfig", "false");
            System.setProperty("kubernetes.auth.serviceAccount.token", token.toString());
            System.setProperty("kubernetes.certs.ca.file", api.certificate().toString());
            System.setProperty("KUBERNETES_SERVICE_HOST", "127.0.0.1");
            System.setProperty("KUBERNETES_SERVICE_PORT", Integer.toString(server.port()));

            try (KubernetesClient client = Cluster.client()) {
                assertThat(client.getMasterUrl().toString()).startsWith(server.url());
                assertThat(client.getKubernetesVersion()).isNotNull();
                Files.writeString(token, "two");
                server.know("two");
                assertThat(client.getKubernetesVersion().getGitVersion()).isEqualTo("v1.36.2");
            }
        }
    }

    @Test
    void anHttpsProxy() throws IOException {
        try (TlsApiServer server = TlsApiServer.start(api, Optional.empty());
                ForwardProxy proxy = ForwardProxy.start("")) {
            server.know("t0ken");
            kubeconfig(server, "token: t0ken", ca());
            System.setProperty("https.proxy", "http://127.0.0.1:" + proxy.port());
            System.setProperty("no.proxy", "nowhere.example.com");

            try (KubernetesClient client = Cluster.client()) {
                assertThat(client.getKubernetesVersion().getGitVersion()).isEqualTo("v1.36.2");
            }
            assertThat(proxy.asked()).containsOnly("CONNECT 127.0.0.1:" + server.port() + " HTTP/1.1");
        }
    }

    @Test
    void aWrongTokenIsReportedWithTheServersMessage() throws IOException {
        try (TlsApiServer server = TlsApiServer.start(api, Optional.empty())) {
            server.know("t0ken");
            kubeconfig(server, "token: wr0ng", ca());

            assertThatThrownBy(() -> Cluster.request(KubernetesClient::getKubernetesVersion))
                    .hasMessage(server.url() + "/: Unauthorized")
                    .hasMessageNotContaining("wr0ng")
                    .hasCauseInstanceOf(KubernetesClientException.class);
        }
    }

    @Test
    void aMissingClusterIsReported() {
        System.setProperty("kubeconfig", folder.resolve("none").toString());

        assertThatThrownBy(Cluster::client)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no cluster is configured");
    }

    private void kubeconfig(TlsApiServer server, String user, String ca) throws IOException {
        Path file = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s"%s}}]
                users: [{name: dana, user: {%s}}]
                contexts: [{name: c, context: {cluster: c, user: dana}}]
                current-context: c
                """.formatted(server.url(), ca, user));
        System.setProperty("kubeconfig", file.toString());
    }

    private void certified(TlsApiServer server, Identity client, String key) throws IOException {
        kubeconfig(
                server,
                "client-certificate-data: " + base64(Files.readString(client.certificate())) + ", client-key-data: "
                        + base64(key),
                ca());
    }

    private static String ca() throws IOException {
        return ", certificate-authority-data: " + base64(Files.readString(api.certificate()));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
