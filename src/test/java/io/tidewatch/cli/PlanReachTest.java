package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plan} with the permissions of deploy/rbac.yaml: a few namespaces, and no others. */
class PlanReachTest {

    private static final Pattern LIST = Pattern.compile("(?:/namespaces/([a-z-]+))?/([a-z]+)$");
    private static final Set<String> GRANTED = Set.of("shop", "pay", "keda", "argo-rollouts");

    private static final String SCALED_OBJECT = """
        {"apiVersion": "keda.sh/v1alpha1", "kind": "ScaledObject",
         "metadata": {"name": "checkout", "namespace": "shop", "uid": "1", "resourceVersion": "1"},
         "spec": {"scaleTargetRef": {"name": "checkout"}, "minReplicaCount": 5, "maxReplicaCount": 20}}""";

    @TempDir
    Path folder;

    private final Set<String> listed = new ConcurrentSkipListSet<>();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        Path kubeconfig = Files.writeString(
                folder.resolve("kubeconfig"), """
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
            users: [{name: u, user: {token: t0ken}}]
            contexts: [{name: x, context: {cluster: c, user: u}}]
            current-context: x
            """.formatted(server.getAddress().getPort()));
        System.setProperty("kubeconfig", kubeconfig.toString());
        Files.writeString(folder.resolve("night.yaml"), """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: night, namespace: shop}
            spec:
              scaledObjectRef: {name: checkout}
              timeZone: UTC
              baseline: {minReplicas: 5, maxReplicas: 20}
              windows: [{name: peak, start: "0 22 * * *", end: "0 2 * * *", minReplicas: 7}]
            """);
    }

    @AfterEach
    void end() {
        System.clearProperty("kubeconfig");
        server.stop(0);
    }

    @Test
    void aSourceThatNamesItsNamespacesIsPlannedWithPermissionsThereAlone() throws IOException {
        Typed plan = plan("sources: [{name: shop, url: 'file:///x', apply: none, namespaces: [shop, pay]}]");

        assertThat(plan.err()).isEmpty();
        assertThat(plan.out()).startsWith("shop/checkout  set the minimum 5 → 7: window peak opens");
        assertThat(plan.exitCode()).isEqualTo(1);
        assertThat(listed)
                .contains("shop scaledobjects", "pay scaledobjects", "pay pods", "keda deployments")
                .noneMatch(list -> list.startsWith("* ") || list.equals("shop deployments"));
    }

    @Test
    void aNamespaceThatMayNotBeListedIsNamed() throws IOException {
        Typed plan = plan("sources: [{name: shop, url: 'file:///x', apply: none, namespaces: [shop, bank]}]");

        assertThat(plan.exitCode()).isEqualTo(2);
        assertThat(plan.out()).isEmpty();
        assertThat(plan.err())
                .contains("ScaledObjects are not seen in bank: ")
                .endsWith("the ScaledObjects and Rollouts of the cluster are not seen, so nothing can be planned; use a"
                        + " kubeconfig whose user may list them in bank, shop, or give a dump with --cluster-state\n");
    }

    @Test
    void aSourceOfAllNamespacesNeedsAllOfThem() throws IOException {
        Typed plan = plan("sources: [{name: shop, url: 'file:///x', apply: none}]");

        assertThat(plan.exitCode()).isEqualTo(2);
        assertThat(plan.err()).contains("ScaledObjects are not seen: ", "may list them in all namespaces");
        assertThat(listed).allMatch(list -> list.startsWith("* "));
    }

    private Typed plan(String sources) throws IOException {
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve("sources.yaml"), sources + "\n");
        return Typed.of(
                "plan",
                "--definitions",
                folder.resolve("night.yaml").toString(),
                "--config",
                config.toString(),
                "--at",
                "2026-11-22T23:00:00Z");
    }

    private void answer(HttpExchange exchange) throws IOException {
        Matcher list = LIST.matcher(exchange.getRequestURI().getPath());
        String namespace = list.find() && list.group(1) != null ? list.group(1) : "*";
        listed.add(namespace + " " + list.group(2));
        boolean granted = GRANTED.contains(namespace);
        String items = namespace.equals("shop") && list.group(2).equals("scaledobjects") ? SCALED_OBJECT : "";
        byte[] body = (granted
                        ? "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"metadata\": {}, \"items\": [" + items + "]}"
                        : "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"code\": 403, \"message\": \"forbidden\"}")
                .getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(granted ? 200 : 403, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
