package io.tidewatch.playground.api;

import static io.tidewatch.playground.api.RandomObjects.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a watch hears first, for every revision it may ask from. */
class WatchHubTest {

    private static final int KEPT = 3;
    private static final ResourceType MAPS =
            ServedTypes.find("", "v1", "configmaps").orElseThrow();

    private final WatchHub hub = new WatchHub(KEPT);
    private final ObjectStore store = hub.store();

    @AfterEach
    void close() {
        hub.close();
    }

    private StoredObject put(String name, String tier) {
        ObjectKey key = new ObjectKey(MAPS, "shop", name);
        ObjectNode object = (ObjectNode) json("{'metadata':{'name':'" + name + "','labels':{'tier':'" + tier + "'}}}");
        return store.put(key, store.get(key), object).orElseThrow();
    }

    private Optional<List<String>> heard(Map<String, String> parameters) {
        ResourcePath path =
                ResourcePath.parse("/api/v1/namespaces/shop/configmaps").orElseThrow();
        return hub.beginning(WatchRequest.of(path, new Query(parameters)))
                .map(messages -> messages.stream().map(WatchHubTest::said).toList());
    }

    private static String said(String message) {
        var event = json(message);
        return event.path("type").asText() + " "
                + event.path("object").path("metadata").path("name").asText() + " "
                + Metadata.resourceVersion(event.path("object"));
    }

    @Test
    void withoutARevisionItHearsWhatThereIs() {
        put("b", "x");
        put("a", "x");

        assertThat(heard(Map.of())).contains(List.of("ADDED a 3", "ADDED b 2"));
        assertThat(heard(Map.of("resourceVersion", "0"))).contains(List.of("ADDED a 3", "ADDED b 2"));
    }

    @Test
    void fromARevisionItHearsWhatCameAfter() {
        put("a", "x");
        put("a", "y");
        assertThat(store.remove(put("a", "z"))).isPresent();

        assertThat(heard(Map.of("resourceVersion", "2")))
                .contains(List.of("MODIFIED a 3", "MODIFIED a 4", "DELETED a 5"));
        assertThat(heard(Map.of("resourceVersion", "5"))).contains(List.of());
    }

    @Test
    void whatIsForgottenIsGoneAndWhatIsJustKeptIsNot() {
        for (int i = 0; i < 5; i++) {
            put("a", "x" + i);
        }

        assertThat(heard(Map.of("resourceVersion", "2"))).isEmpty();
        assertThat(heard(Map.of("resourceVersion", "3")))
                .contains(List.of("MODIFIED a 4", "MODIFIED a 5", "MODIFIED a 6"));
    }

    @Test
    void whatStopsMatchingIsDeletedAndWhatBeginsToMatchIsAdded() {
        put("a", "x");
        put("a", "y");
        put("a", "x");

        assertThat(heard(Map.of("resourceVersion", "2", "labelSelector", "tier=x")))
                .contains(List.of("DELETED a 3", "ADDED a 4"));
    }

    @Test
    void initialEventsEndWithABookmark() {
        put("a", "x");

        assertThat(heard(Map.of("sendInitialEvents", "true"))).contains(List.of("ADDED a 2", "BOOKMARK  2"));
    }

    @Test
    void aStateThatIsNoLongerStoredCannotBeReplaced() {
        StoredObject old = put("a", "x");
        put("a", "y");

        assertThat(store.put(old.key(), Optional.of(old), old.json().deepCopy()))
                .isEmpty();
        assertThat(store.put(old.key(), Optional.empty(), old.json().deepCopy()))
                .isEmpty();
        assertThat(store.remove(old)).isEmpty();
    }
}
