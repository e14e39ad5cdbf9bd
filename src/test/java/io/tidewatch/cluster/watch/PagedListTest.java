package io.tidewatch.cluster.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.cluster.Kinds;
import io.tidewatch.playground.api.PlaygroundApiServer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A list of many objects comes in pages, so that memory never holds all of them whole. */
class PagedListTest {

    private static final int PODS = 450;

    @Test
    void allPagesAreReadAndTheWatchBeginsAtTheirVersion() {
        try (PlaygroundApiServer server = PlaygroundApiServer.start(Clock.systemUTC());
                KubernetesClient client = server.client()) {
            for (int number = 0; number < PODS; number++) {
                server.restore("/api/v1/namespaces/shop/pods/p-" + number, pod("p-" + number));
            }
            List<Integer> pages = new ArrayList<>();
            Set<String> names = new HashSet<>();

            String version = WatchRequests.of(client, Kinds.POD, "shop", Selection.ALL)
                    .list(page -> {
                        pages.add(page.size());
                        page.stream()
                                .map(GenericKubernetesResource::getMetadata)
                                .forEach(meta -> names.add(meta.getName()));
                    });

            assertThat(pages).containsExactly(100, 100, 100, 100, 50);
            assertThat(names).hasSize(PODS);
            assertThat(Long.parseLong(version)).isGreaterThanOrEqualTo(PODS);
        }
    }

    @Test
    void asManyAsAreAskedForComeInOnePage() {
        try (PlaygroundApiServer server = PlaygroundApiServer.start(Clock.systemUTC());
                KubernetesClient client = server.client()) {
            for (int number = 0; number < 5; number++) {
                server.restore("/api/v1/namespaces/shop/pods/p-" + number, pod("p-" + number));
            }
            List<Integer> pages = new ArrayList<>();

            WatchRequests.of(client, Kinds.POD, "shop", Selection.ALL.atMost(3)).list(page -> pages.add(page.size()));

            assertThat(pages).containsExactly(3);
        }
    }

    private static ObjectNode pod(String name) {
        ObjectNode pod = JsonNodeFactory.instance.objectNode();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        pod.putObject("metadata").put("namespace", "shop").put("name", name);
        return pod;
    }
}
