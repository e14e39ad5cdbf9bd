package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.StringJoiner;

/** {@code /scale}: an object seen as an {@code autoscaling/v1 Scale}, and a changed Scale laid back onto it. Pure. */
final class ScaleDoor {

    private ScaleDoor() {}

    static ObjectNode view(ResourceType type, ObjectNode object) {
        ResourceType.ScalePaths paths = type.scale().orElseThrow(ApiFailure::noSuchPath);
        ObjectNode scale = JsonNodeFactory.instance.objectNode();
        scale.put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        ObjectNode metadata = scale.putObject("metadata");
        for (String field : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            metadata.put(field, Metadata.text(object, field));
        }
        scale.putObject("spec").put("replicas", object.at(paths.replicas()).asInt(0));
        ObjectNode status = scale.putObject("status");
        status.put("replicas", object.at(paths.statusReplicas()).asInt(0));
        String selector = selector(object.at(paths.selector()));
        if (!selector.isEmpty()) {
            status.put("selector", selector);
        }
        return scale;
    }

    /** The object with the replicas, and if it names one the resourceVersion, of a Scale. */
    static ObjectNode onto(ObjectKey key, ObjectNode object, JsonNode scale) {
        JsonNode replicas = scale.path("spec").path("replicas");
        if ((!replicas.isMissingNode() && !replicas.isIntegralNumber()) || replicas.asInt(0) < 0) {
            throw ApiFailure.invalid(
                    key.type(),
                    key.name(),
                    List.of(new ApiFailure.Cause(
                            "FieldValueInvalid",
                            "Invalid value: " + replicas + ": must be a whole number greater than or equal to 0",
                            "spec.replicas")));
        }
        ObjectNode changed = object.deepCopy();
        changed.withObjectProperty("spec").put("replicas", replicas.asInt(0));
        String version = Metadata.resourceVersion(scale);
        if (!version.isEmpty()) {
            Metadata.set(changed, "resourceVersion", version);
        }
        return changed;
    }

    /** An applied Scale as a configuration of the parent. */
    static ObjectNode config(ResourceType type, JsonNode scale) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.put("apiVersion", type.apiVersion()).put("kind", type.kind());
        ObjectNode metadata = config.putObject("metadata");
        for (String field : List.of("name", "uid", "resourceVersion")) {
            if (!Metadata.text(scale, field).isEmpty()) {
                metadata.put(field, Metadata.text(scale, field));
            }
        }
        JsonNode replicas = scale.path("spec").get("replicas");
        if (replicas != null) {
            config.putObject("spec").set("replicas", replicas.deepCopy());
        }
        return config;
    }

    /** A Rollout keeps its selector as text, a built-in kind as labels and expressions. */
    private static String selector(JsonNode selector) {
        if (selector.isTextual()) {
            return selector.asText();
        }
        StringJoiner labels = new StringJoiner(",");
        selector.path("matchLabels")
                .properties()
                .forEach(label ->
                        labels.add(label.getKey() + "=" + label.getValue().asText()));
        return labels.toString();
    }
}
