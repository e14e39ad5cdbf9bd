package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SplittableRandom;

/** Small objects of every shape: nested maps, an atomic map, an atomic list, a keyed list, a set. */
final class RandomObjects {

    static final FieldShape SHAPE = FieldShape.of(
            List.of("spec.selector{}", "spec.containers[name]", "spec.containers[name].ports[port]", "spec.set[=]"));

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final SplittableRandom random;

    RandomObjects(long seed) {
        random = new SplittableRandom(seed);
    }

    ObjectNode next() {
        ObjectNode object = JSON.objectNode();
        ObjectNode spec = object.putObject("spec");
        for (String field : List.of("min", "max", "paused")) {
            if (random.nextBoolean()) {
                spec.put(field, random.nextInt(3));
            }
        }
        if (random.nextBoolean()) {
            spec.set("advanced", map("restore", "policy"));
        }
        if (random.nextInt(4) == 0) {
            spec.set("selector", map("app", "tier"));
        }
        if (random.nextInt(4) == 0) {
            spec.set("list", JSON.arrayNode().add(random.nextInt(3)));
        }
        if (random.nextInt(3) == 0) {
            spec.set("containers", containers());
        }
        if (random.nextInt(3) == 0) {
            ArrayNode set = spec.putArray("set");
            List.of("x", "y", "z").stream().filter(any -> random.nextBoolean()).forEach(set::add);
            if (set.isEmpty()) {
                set.add("x");
            }
        }
        if (spec.isEmpty()) {
            spec.put("min", 1);
        }
        return object;
    }

    private ObjectNode map(String... names) {
        ObjectNode map = JSON.objectNode();
        for (String name : names) {
            if (random.nextBoolean()) {
                map.put(name, random.nextInt(3));
            }
        }
        if (map.isEmpty()) {
            map.put(names[0], random.nextInt(3));
        }
        return map;
    }

    private ArrayNode containers() {
        ArrayNode containers = JSON.arrayNode();
        for (String name : List.of("app", "proxy")) {
            if (random.nextBoolean()) {
                ObjectNode container = containers.addObject().put("name", name).put("image", random.nextInt(3));
                if (random.nextBoolean()) {
                    container
                            .putArray("ports")
                            .addObject()
                            .put("port", random.nextInt(2))
                            .put("title", random.nextInt(2));
                }
            }
        }
        if (containers.isEmpty()) {
            containers.addObject().put("name", "app").put("image", 1);
        }
        return containers;
    }

    String oneOf(String... names) {
        return names[random.nextInt(names.length)];
    }

    int upTo(int bound) {
        return random.nextInt(bound);
    }

    static JsonNode json(String text) {
        try {
            return new com.fasterxml.jackson.databind.ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
