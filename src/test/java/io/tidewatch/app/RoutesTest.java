package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The routes are the table of contents: they can be read, and each stage is a step of its own. */
class RoutesTest {

    private static final int STEPS_AT_MOST = 8;
    private static final List<String> STAGES = List.of("observe", "diagnose", "plan", "apply", "report");

    @Test
    void everyRouteHasAnIdOfItsOwnAndSaysInASentenceWhatItIs() throws IOException {
        Set<String> ids = new HashSet<>();
        for (Map<String, Object> route : routes()) {
            assertThat(route).containsKeys("id", "description");
            assertThat(ids.add((String) route.get("id")))
                    .as("%s", route.get("id"))
                    .isTrue();
            assertThat((String) route.get("description")).endsWith(".");
        }
        assertThat(ids).isNotEmpty();
    }

    @Test
    void noRouteIsLongerThanAPage() throws IOException {
        for (Map<String, Object> route : routes()) {
            assertThat(steps(route)).as("%s", route.get("id")).hasSizeLessThanOrEqualTo(STEPS_AT_MOST);
        }
    }

    @Test
    void aPassGoesThroughTheStagesInFlowOrder() throws IOException {
        List<String> called = steps(route("pass")).stream()
                .filter(step -> step.containsKey("to"))
                .map(step -> String.valueOf(step.get("to")))
                .toList();

        assertThat(called)
                .containsExactlyElementsOf(Stream.concat(STAGES.stream(), Stream.of("pass-reported"))
                        .map(stage -> "direct:" + stage)
                        .toList());
    }

    @Test
    void eachStageIsAStepOfItsOwn() throws IOException {
        for (String stage : STAGES) {
            assertThat(beans(route(stage))).as(stage).contains(stage).doesNotContainAnyElementsOf(others(stage));
        }
    }

    @Test
    void triggersOnlyRequestAPass() throws IOException {
        Map<String, String> triggers = Map.of(
                "request-pass", "seda:pass-requested",
                "cluster-change", "direct:request-pass",
                "resync", "direct:request-pass");
        for (Map.Entry<String, String> trigger : triggers.entrySet()) {
            assertThat(beans(route(trigger.getKey()))).as(trigger.getKey()).isEmpty();
            assertThat(steps(route(trigger.getKey())))
                    .filteredOn(step -> step.containsKey("to"))
                    .singleElement()
                    .satisfies(
                            step -> assertThat(String.valueOf(step.get("to"))).startsWith(trigger.getValue()));
        }
    }

    @Test
    void aQueueIsSentToFromOnePlaceSoThatItsSizeStandsInOnePlace() throws IOException {
        List<String> queues = new ArrayList<>();
        for (Map<String, Object> route : routes()) {
            queuesSentTo(route, queues);
        }

        assertThat(queues).isNotEmpty().doesNotHaveDuplicates();
    }

    /** Camel stops the consumers of queues one after the other, and waits for the end of each one's poll: by default a second. */
    @Test
    void aStopWaitsForNoLongPollOfAQueue() throws IOException {
        List<Map<?, ?>> consumers = new ArrayList<>();
        for (Map<String, Object> route : routes()) {
            Map<?, ?> from = (Map<?, ?>) route.get("from");
            if (String.valueOf(from.get("uri")).startsWith("seda:")) {
                consumers.add(from);
            }
        }

        assertThat(consumers)
                .isNotEmpty()
                .allSatisfy(from -> assertThat(from.get("parameters"))
                        .asInstanceOf(InstanceOfAssertFactories.MAP)
                        .containsEntry("pollTimeout", 200));
    }

    private static void queuesSentTo(Object node, List<String> found) {
        if (node instanceof Map<?, ?> map) {
            if (map.get("to") instanceof String uri && uri.startsWith("seda:")) {
                found.add(uri.replaceFirst("\\?.*", ""));
            }
            map.values().forEach(value -> queuesSentTo(value, found));
        } else if (node instanceof List<?> list) {
            list.forEach(item -> queuesSentTo(item, found));
        }
    }

    private static List<String> others(String stage) {
        return STAGES.stream().filter(other -> !other.equals(stage)).toList();
    }

    private static Map<String, Object> route(String id) throws IOException {
        return routes().stream()
                .filter(route -> id.equals(route.get("id")))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> steps(Map<String, Object> route) {
        Map<String, Object> from = (Map<String, Object>) route.get("from");
        return (List<Map<String, Object>>) from.get("steps");
    }

    /** The beans that a route calls, however deep. */
    private static List<String> beans(Object node) {
        List<String> found = new ArrayList<>();
        if (node instanceof Map<?, ?> map) {
            if (map.get("bean") instanceof Map<?, ?> bean) {
                found.add(String.valueOf(bean.get("ref")));
            }
            map.values().forEach(value -> found.addAll(beans(value)));
        } else if (node instanceof List<?> list) {
            list.forEach(item -> found.addAll(beans(item)));
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> routes() throws IOException {
        List<Map<String, Object>> routes = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.sorted().toList()) {
                List<Map<String, Object>> entries = new Yaml().load(Files.readString(file));
                entries.stream()
                        .filter(entry -> entry.containsKey("route"))
                        .forEach(entry -> routes.add((Map<String, Object>) entry.get("route")));
            }
        }
        return routes;
    }
}
