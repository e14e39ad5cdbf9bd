package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Creates the objects that a fresh cluster has before the first request. */
final class Bootstrap {

    private final ObjectStore store;
    private final Clock clock;

    Bootstrap(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    void createNamespaces(List<String> names) {
        for (String name : names) {
            ObjectKey key = new ObjectKey(ServedTypes.NAMESPACES, "", name);
            ObjectNode proposed = JsonNodeFactory.instance.objectNode();
            proposed.putObject("status").put("phase", "Active");
            store.put(
                    key,
                    Optional.empty(),
                    WriteRules.created(key, proposed, UUID.randomUUID().toString(), Timestamps.seconds(clock)));
        }
    }
}
