package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A structural schema: which fields a custom resource may have, of which type, and which it must have. Kept as a text
 * resource that says of each leaf one line; {@code metadata} is outside it.
 */
final class Schema {

    private static final String ITEM = "[]";
    private static final Set<String> OUTSIDE = Set.of("apiVersion", "kind", "metadata");

    /** What a value's schema says about it. */
    private static final class Node {

        private final Map<String, Node> fields = new LinkedHashMap<>();
        private final Set<String> required = new LinkedHashSet<>();
        private String type = "object";
    }

    private final Node root = new Node();

    private Schema() {}

    static Schema parse(String text) {
        Schema schema = new Schema();
        text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(line -> schema.declare(line.split(" ", 2)));
        return schema;
    }

    /** Reads the schema that lies beside this class. */
    static Schema resource(String name) {
        try (InputStream in = Objects.requireNonNull(Schema.class.getResourceAsStream(name), name)) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void declare(String[] pathAndType) {
        Node node = root;
        for (String step : pathAndType[0].split("\\.", -1)) {
            String name = step.replace("!", "");
            if (step.endsWith("!")) {
                node.required.add(name);
            }
            if (name.equals(ITEM)) {
                node.type = "array";
            }
            node = node.fields.computeIfAbsent(name, any -> new Node());
        }
        node.type = pathAndType[1];
    }

    /** The declared paths of undeclared fields, as {@code spec.triggers[0].kind}. */
    List<String> unknownFields(JsonNode object) {
        List<String> unknown = new ArrayList<>();
        walk(object, root, "", (value, node, at) -> {
            if (node.type.equals("object") && value.isObject()) {
                value.fieldNames().forEachRemaining(name -> {
                    if (!isDeclared(node, name)) {
                        unknown.add(joined(at, name));
                    }
                });
            }
        });
        return unknown;
    }

    /** The object without its undeclared fields, as a CRD prunes them. */
    ObjectNode pruned(ObjectNode object) {
        ObjectNode kept = object.deepCopy();
        walk(kept, root, "", (value, node, at) -> {
            if (node.type.equals("object") && value instanceof ObjectNode map) {
                List<String> names = new ArrayList<>();
                map.fieldNames().forEachRemaining(names::add);
                names.removeIf(name -> isDeclared(node, name));
                map.remove(names);
            }
        });
        return kept;
    }

    /** Wrong types and missing fields, in the API server's words. */
    List<ApiFailure.Cause> violations(JsonNode object) {
        List<ApiFailure.Cause> causes = new ArrayList<>();
        walk(object, root, "", (value, node, at) -> {
            typeOf(value)
                    .filter(found -> !fits(found, node.type))
                    .ifPresent(found -> causes.add(wrongType(at, node, found)));
            if (value.isObject()) {
                node.required.stream()
                        .filter(name -> !value.has(name))
                        .forEach(name -> causes.add(
                                new ApiFailure.Cause("FieldValueRequired", "Required value", joined(at, name))));
            }
        });
        return causes;
    }

    private interface Visit {
        void at(JsonNode value, Node node, String path);
    }

    private static void walk(JsonNode value, Node node, String at, Visit visit) {
        visit.at(value, node, at);
        if (value.isArray() && node.fields.containsKey(ITEM)) {
            for (int i = 0; i < value.size(); i++) {
                walk(value.get(i), node.fields.getOrDefault(ITEM, node), at + "[" + i + "]", visit);
            }
        } else if (value.isObject()) {
            node.fields.forEach((name, field) -> {
                JsonNode child = value.get(name);
                if (child != null) {
                    walk(child, field, joined(at, name), visit);
                }
            });
        }
    }

    private boolean isDeclared(Node node, String name) {
        return node.fields.containsKey(name) || (node == root && OUTSIDE.contains(name));
    }

    private static String joined(String at, String name) {
        return at.isEmpty() ? name : at + "." + name;
    }

    private static ApiFailure.Cause wrongType(String at, Node node, String found) {
        return new ApiFailure.Cause(
                "FieldValueTypeInvalid",
                "Invalid value: \"" + found + "\": " + at + " in body must be of type " + node.type + ": \"" + found
                        + "\"",
                at);
    }

    private static boolean fits(String found, String declared) {
        return declared.equals("open")
                || declared.equals(found)
                || (declared.equals("number") && found.equals("integer"));
    }

    private static Optional<String> typeOf(JsonNode value) {
        if (value.isIntegralNumber()) {
            return Optional.of("integer");
        }
        return value.isMissingNode()
                ? Optional.empty()
                : Optional.of(value.getNodeType().name().toLowerCase(Locale.ROOT));
    }
}
