package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Composes the messages of a watch. */
final class WatchMessages {

    private WatchMessages() {}

    static String added(StoredObject object) {
        return message("ADDED", object.json());
    }

    /** A change as a watch with this request sees it: an object that stops matching is deleted for it. */
    static Optional<String> of(StoreEvent event, WatchRequest request) {
        if (!request.isAbout(event.after().key())) {
            return Optional.empty();
        }
        boolean was = event.before()
                .filter(before -> request.selector().test(before.json()))
                .isPresent();
        boolean is = event.kind() != StoreEvent.Kind.DELETED
                && request.selector().test(event.after().json());
        if (was && is) {
            return Optional.of(message("MODIFIED", event.after().json()));
        }
        if (is) {
            return Optional.of(added(event.after()));
        }
        return was ? Optional.of(message("DELETED", lastMatching(event))) : Optional.empty();
    }

    private static JsonNode lastMatching(StoreEvent event) {
        ObjectNode last = event.before().orElseThrow().json().deepCopy();
        Metadata.set(last, "resourceVersion", Long.toString(event.revision()));
        return last;
    }

    static String bookmark(ResourceType type, long revision) {
        return message("BOOKMARK", bookmarked(type, revision));
    }

    static String initialEventsEnd(ResourceType type, long revision) {
        ObjectNode object = bookmarked(type, revision);
        Metadata.of(object).putObject("annotations").put("k8s.io/initial-events-end", "true");
        return message("BOOKMARK", object);
    }

    static String error(ApiFailure failure) {
        return message("ERROR", failure.status());
    }

    private static ObjectNode bookmarked(ResourceType type, long revision) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("kind", type.kind()).put("apiVersion", type.apiVersion());
        Metadata.of(object).put("resourceVersion", Long.toString(revision)).putNull("creationTimestamp");
        return object;
    }

    private static String message(String type, JsonNode object) {
        return "{\"type\":\"" + type + "\",\"object\":" + object + "}\n";
    }
}
