package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Prepares a proposed state for the store: metadata that the server sets, the separation of the status from the rest, and
 * {@code metadata.generation}. Pure.
 */
final class WriteRules {

    private static final List<String> SERVER_METADATA =
            List.of("name", "namespace", "uid", "creationTimestamp", "deletionTimestamp", "generation");

    private WriteRules() {}

    /** A new object as it is stored, without resourceVersion and managedFields. */
    static ObjectNode created(ObjectKey key, ObjectNode proposed, String uid, String now) {
        ResourceType type = key.type();
        ObjectNode object = Validation.pruned(type, proposed.deepCopy());
        Defaults.fillIn(type, object);
        object.put("apiVersion", type.apiVersion()).put("kind", type.kind());
        if (type.has(ResourceType.Trait.STATUS) && type.has(ResourceType.Trait.NAMESPACED)) {
            object.remove("status");
        }
        if (type.kind().equals("Pod")) {
            object.putObject("status").put("phase", "Pending");
        }
        ObjectNode metadata = Metadata.of(object);
        metadata.remove(List.of("resourceVersion", "managedFields", "deletionTimestamp", "selfLink", "generation"));
        metadata.put("name", key.name()).put("uid", uid).put("creationTimestamp", now);
        if (type.has(ResourceType.Trait.NAMESPACED)) {
            metadata.put("namespace", key.namespace());
        }
        if (type.has(ResourceType.Trait.GENERATION)) {
            metadata.put("generation", 1);
        }
        return object;
    }

    /** What a changed object becomes through the given door, with resourceVersion and managedFields as they were. */
    static ObjectNode updated(ResourceType type, Door door, ObjectNode current, ObjectNode proposed) {
        ObjectNode object = door == Door.STATUS
                ? statusOnly(type, current, proposed)
                : Validation.pruned(type, proposed.deepCopy());
        Defaults.fillIn(type, object);
        object.put("apiVersion", type.apiVersion()).put("kind", type.kind());
        if (door == Door.MAIN && type.has(ResourceType.Trait.STATUS)) {
            take("status", current, object);
        }
        SERVER_METADATA.forEach(field -> Metadata.copy(field, current, object));
        Metadata.copy("resourceVersion", current, object);
        Metadata.copy("managedFields", current, object);
        if (type.has(ResourceType.Trait.GENERATION) && !sameDesire(type, current, object)) {
            Metadata.of(object)
                    .put(
                            "generation",
                            current.path("metadata").path("generation").asLong() + 1);
        }
        return object;
    }

    /** The status door of a built-in kind lets annotations through besides, that of a custom resource does not. */
    private static ObjectNode statusOnly(ResourceType type, ObjectNode current, ObjectNode proposed) {
        ObjectNode object = current.deepCopy();
        take("status", proposed, object);
        if (!type.has(ResourceType.Trait.CUSTOM)) {
            Metadata.copy("annotations", proposed, object);
        }
        return object;
    }

    private static void take(String field, JsonNode from, ObjectNode to) {
        JsonNode value = from.get(field);
        if (value == null) {
            to.remove(field);
        } else {
            to.set(field, value.deepCopy());
        }
    }

    /** Of a custom resource everything but metadata and status is desire, of a built-in kind the spec. */
    private static boolean sameDesire(ResourceType type, ObjectNode current, ObjectNode object) {
        if (!type.has(ResourceType.Trait.CUSTOM)) {
            return current.path("spec").equals(object.path("spec"));
        }
        Set<String> fields = new HashSet<>();
        current.fieldNames().forEachRemaining(fields::add);
        object.fieldNames().forEachRemaining(fields::add);
        fields.removeAll(List.of("metadata", "status"));
        return fields.stream().allMatch(field -> current.path(field).equals(object.path(field)));
    }

    /** Of an applied configuration, what the door lets the applier own. */
    static ObjectNode admissible(ResourceType type, Door door, ObjectNode config) {
        ObjectNode admitted = config.deepCopy();
        if (door == Door.MAIN && type.has(ResourceType.Trait.STATUS)) {
            admitted.remove("status");
        }
        if (door == Door.STATUS) {
            List<String> others = new ArrayList<>();
            admitted.fieldNames().forEachRemaining(others::add);
            others.remove("status");
            admitted.remove(others);
        }
        return admitted;
    }

    static boolean sameApartFromOwnership(ObjectNode one, ObjectNode other) {
        return withoutOwnership(one).equals(withoutOwnership(other));
    }

    static ObjectNode withoutOwnership(ObjectNode object) {
        ObjectNode bare = object.objectNode();
        object.properties().forEach(entry -> bare.set(entry.getKey(), entry.getValue()));
        if (object.get("metadata") instanceof ObjectNode metadata) {
            ObjectNode less = object.objectNode();
            metadata.properties().forEach(entry -> less.set(entry.getKey(), entry.getValue()));
            less.remove("managedFields");
            bare.set("metadata", less);
        }
        return bare;
    }
}
