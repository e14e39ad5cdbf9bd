package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.config.Configuration;
import io.tidewatch.loop.RunMode;
import io.tidewatch.loop.Timeline;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.playground.api.PlaygroundApiServer;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What the routes name is there when the application starts as it does in production. */
class BoundRoutesTest {

    @TempDir
    static Path folder;

    private static PlaygroundApiServer cluster;
    private static KubernetesClient client;
    private static Reconciler running;

    /** A call of a bean, as written in a route. */
    private record Call(String file, String ref, String method) {}

    @BeforeAll
    static void start() {
        cluster = PlaygroundApiServer.start(Clock.systemUTC());
        client = cluster.client();
        running = Reconciler.start(
                new Configuration(
                        "tidewatch",
                        folder.resolve("state"),
                        Duration.ofDays(90),
                        Duration.ofMinutes(5),
                        20,
                        8,
                        Set.of("argo-rollouts", "keda"),
                        new Configuration.Http(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.empty()),
                        List.of(),
                        Alerting.NOBODY,
                        Map.of()),
                client,
                Timeline.real(),
                Path.of("."),
                RunMode.ACT,
                line -> {});
    }

    @AfterAll
    static void stop() {
        running.close();
        client.close();
        cluster.close();
    }

    @Test
    void everyBeanThatARouteCallsIsBoundAndHasTheMethod() throws IOException {
        List<Call> calls = calls();
        assertThat(calls).hasSizeGreaterThan(15);
        for (Call call : calls) {
            Object bean = running.camel().getRegistry().lookupByName(call.ref());
            assertThat(bean).as("%s: bean %s", call.file(), call.ref()).isNotNull();
            assertThat(Arrays.stream(bean.getClass().getMethods()).map(Method::getName))
                    .as("%s: method of bean %s", call.file(), call.ref())
                    .contains(call.method());
        }
    }

    @Test
    void everyStrategyThatARouteNamesIsBound() throws IOException {
        Set<String> named = new TreeSet<>();
        for (Path file : files()) {
            collect(new Yaml().load(Files.readString(file)), "aggregationStrategy", named);
        }

        assertThat(named)
                .allSatisfy(name -> assertThat(
                                running.camel().getRegistry().lookupByName(name.replaceFirst("^#(bean:)?", "")))
                        .as(name)
                        .isNotNull());
    }

    @Test
    void everyRouteThatIsSentToIsThere() throws IOException {
        CamelContext camel = running.camel();
        Set<String> consumed = camel.getRoutes().stream()
                .map(Route::getEndpoint)
                .map(endpoint -> withoutOptions(endpoint.getEndpointUri()).replace("://", ":"))
                .collect(Collectors.toSet());
        Set<String> sentTo = new TreeSet<>();
        for (Path file : files()) {
            collect(new Yaml().load(Files.readString(file)), "to", sentTo);
        }

        assertThat(sentTo.stream()
                        .map(BoundRoutesTest::withoutOptions)
                        .filter(uri -> uri.startsWith("direct:") || uri.startsWith("seda:")))
                .isNotEmpty()
                .isSubsetOf(consumed);
    }

    @Test
    void everyTypeOfReceiverHasItsRoute() {
        assertThat(List.of("slack", "email"))
                .allSatisfy(type ->
                        assertThat(running.camel().getRoute(type)).as(type).isNotNull());
    }

    private static String withoutOptions(String uri) {
        int options = uri.indexOf('?');
        return options < 0 ? uri : uri.substring(0, options);
    }

    private static List<Call> calls() throws IOException {
        List<Call> calls = new ArrayList<>();
        for (Path file : files()) {
            calls(file.getFileName().toString(), new Yaml().load(Files.readString(file)), calls);
        }
        return calls;
    }

    private static void calls(String file, Object node, List<Call> calls) {
        if (node instanceof Map<?, ?> map) {
            if (map.get("bean") instanceof Map<?, ?> bean) {
                String method = String.valueOf(bean.get("method"));
                int arguments = method.indexOf('(');
                calls.add(new Call(
                        file,
                        String.valueOf(bean.get("ref")),
                        arguments < 0 ? method : method.substring(0, arguments)));
            }
            map.values().forEach(value -> calls(file, value, calls));
        } else if (node instanceof List<?> list) {
            list.forEach(item -> calls(file, item, calls));
        }
    }

    private static void collect(Object node, String key, Set<String> found) {
        if (node instanceof Map<?, ?> map) {
            if (map.get(key) instanceof String value) {
                found.add(value);
            }
            map.values().forEach(value -> collect(value, key, found));
        } else if (node instanceof List<?> list) {
            list.forEach(item -> collect(item, key, found));
        }
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.sorted().toList();
        }
    }
}
