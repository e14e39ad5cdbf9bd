package io.tidewatch.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes a CustomResourceDefinition of a JSON schema. What a structural schema may not say is left out: unknown fields
 * are then pruned instead of refused, and a list whose items are texts or objects takes anything.
 */
final class CustomResources {

    /** Words that mean the same in both; nested in oneOf, anyOf and not only those without a type may stand. */
    private static final Set<String> KEPT = Set.of(
            "description",
            "type",
            "required",
            "enum",
            "pattern",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "minProperties");

    private final JsonNode schema;

    CustomResources(JsonNode schema) {
        this.schema = schema;
    }

    ObjectNode definition(String plural, List<String[]> columns) {
        String kind = schema.get("title").asText();
        ObjectNode definition = JsonNodeFactory.instance.objectNode();
        definition.put("apiVersion", "apiextensions.k8s.io/v1").put("kind", "CustomResourceDefinition");
        definition.putObject("metadata").put("name", plural + ".tidewatch.io");
        ObjectNode spec = definition.putObject("spec").put("group", "tidewatch.io");
        spec.putObject("names")
                .put("kind", kind)
                .put("listKind", kind + "List")
                .put("plural", plural)
                .put("singular", kind.toLowerCase(java.util.Locale.ROOT));
        spec.put("scope", "Namespaced");
        ObjectNode version = spec.putArray("versions").addObject();
        version.put("name", "v1alpha1").put("served", true).put("storage", true);
        ArrayNode printed = version.putArray("additionalPrinterColumns");
        columns.forEach(
                c -> printed.addObject().put("name", c[0]).put("type", c[1]).put("jsonPath", c[2]));
        ObjectNode root = version.putObject("schema").putObject("openAPIV3Schema");
        root.set("description", schema.get("description"));
        root.put("type", "object").set("required", array("spec"));
        ObjectNode properties = root.putObject("properties");
        for (String text : List.of("apiVersion", "kind")) {
            properties.putObject(text).put("type", "string");
        }
        properties.putObject("metadata").put("type", "object");
        properties.set("spec", structural(schema.at("/properties/spec")));
        return definition;
    }

    private ObjectNode structural(JsonNode written) {
        JsonNode from = resolved(written);
        ObjectNode to = JsonNodeFactory.instance.objectNode();
        if (from.has("anyOf")) {
            return to.put("x-kubernetes-preserve-unknown-fields", true);
        }
        copy(from, to);
        if (written.has("description")) {
            to.set("description", written.get("description"));
        }
        if (from.path("type").isArray()) {
            to.remove("type");
            to.put("x-kubernetes-int-or-string", true);
        } else if (!from.has("type") && from.has("enum")) {
            to.put("type", "string");
        }
        with(from, "items", items -> to.set("items", structural(items)));
        with(from, "properties", properties -> {
            ObjectNode all = to.putObject("properties");
            properties.fields().forEachRemaining(p -> all.set(p.getKey(), structural(p.getValue())));
        });
        if (from.path("additionalProperties").isObject()) {
            to.set("additionalProperties", structural(from.get("additionalProperties")));
        }
        with(from, "oneOf", branches -> to.set("oneOf", branches));
        return to;
    }

    private static void copy(JsonNode from, ObjectNode to) {
        from.fields().forEachRemaining(field -> {
            if (KEPT.contains(field.getKey())) {
                to.set(field.getKey(), field.getValue());
            }
        });
    }

    private JsonNode resolved(JsonNode written) {
        return written.has("$ref") ? schema.at(written.get("$ref").asText().substring(1)) : written;
    }

    private static void with(JsonNode node, String field, Consumer<JsonNode> then) {
        if (node.has(field)) {
            then.accept(node.get(field));
        }
    }

    private static ArrayNode array(String only) {
        return JsonNodeFactory.instance.arrayNode().add(only);
    }
}
