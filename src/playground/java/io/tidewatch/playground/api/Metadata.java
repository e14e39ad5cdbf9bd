package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The fields of {@code metadata} that the server itself reads and writes. */
final class Metadata {

    private Metadata() {}

    static ObjectNode of(ObjectNode object) {
        return object.withObjectProperty("metadata");
    }

    /** Empty where the field is absent. */
    static String text(JsonNode object, String field) {
        return object.path("metadata").path(field).asText("");
    }

    static String name(JsonNode object) {
        return text(object, "name");
    }

    static String uid(JsonNode object) {
        return text(object, "uid");
    }

    static String resourceVersion(JsonNode object) {
        return text(object, "resourceVersion");
    }

    static boolean isBeingDeleted(JsonNode object) {
        return object.path("metadata").hasNonNull("deletionTimestamp");
    }

    static boolean hasFinalizers(JsonNode object) {
        return !object.path("metadata").path("finalizers").isEmpty();
    }

    static void set(ObjectNode object, String field, String value) {
        of(object).put(field, value);
    }

    /** Gives a field the value it has in another object, or removes it. */
    static void copy(String field, JsonNode from, ObjectNode to) {
        JsonNode value = from.path("metadata").get(field);
        if (value == null) {
            of(to).remove(field);
        } else {
            of(to).set(field, value.deepCopy());
        }
    }
}
