package io.tidewatch.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which objects a list shows, and in which pages. */
class ListsContractTest extends ClusterContract {

    @BeforeAll
    static void fourMaps() {
        for (String name : List.of("a", "b", "c", "d")) {
            api.create(
                            in(CONFIG_MAPS),
                            "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'map-" + name
                                    + "','labels':{'suite':'lists','tier':'" + name + "'}}}")
                    .ok();
        }
        api.create(in(CONFIG_MAPS), configMap("unlabelled", "{}")).ok();
    }

    private static List<String> selected(String parameter, String selector) {
        return names(
                api.get(in(CONFIG_MAPS) + "?" + parameter + "=" + URLEncoder.encode(selector, StandardCharsets.UTF_8))
                        .ok());
    }

    private static List<String> names(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.path("items")
                .forEach(item -> names.add(item.path("metadata").path("name").asText()));
        names.remove("kube-root-ca.crt");
        return names;
    }

    @Test
    void labelSelectors() {
        assertThat(selected("labelSelector", "tier=a")).containsExactly("map-a");
        assertThat(selected("labelSelector", "tier in (a, c)")).containsExactly("map-a", "map-c");
        assertThat(selected("labelSelector", "suite=lists,tier notin (a,b)")).containsExactly("map-c", "map-d");
        assertThat(selected("labelSelector", "suite,tier!=d")).containsExactly("map-a", "map-b", "map-c");
        assertThat(selected("labelSelector", "!suite")).containsExactly("unlabelled");
    }

    @Test
    void fieldSelectorByName() {
        assertThat(selected("fieldSelector", "metadata.name=map-b")).containsExactly("map-b");
        assertThat(selected("fieldSelector", "metadata.name=map-b,metadata.namespace=elsewhere"))
                .isEmpty();
    }

    @Test
    void malformedSelectorIsRejected() {
        api.get(in(CONFIG_MAPS) + "?labelSelector=" + URLEncoder.encode("tier in (a", StandardCharsets.UTF_8))
                .refused(400);
    }

    @Test
    void pagesFollowEachOtherUntilNoneIsLeft() {
        JsonNode first =
                api.get(in(CONFIG_MAPS) + "?labelSelector=suite&limit=3").ok();
        String next = first.path("metadata").path("continue").asText();
        JsonNode second = api.get(in(CONFIG_MAPS) + "?labelSelector=suite&limit=3&continue="
                        + URLEncoder.encode(next, StandardCharsets.UTF_8))
                .ok();

        assertThat(names(first)).containsExactly("map-a", "map-b", "map-c");
        assertThat(names(second)).containsExactly("map-d");
        assertThat(second.path("metadata").path("continue").asText()).isEmpty();
        assertThat(version(first)).isEqualTo(version(second));
    }
}
