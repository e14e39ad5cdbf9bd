package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Fills in the defaults of a schema: of workloads and HPAs; the Rollout CRD gives a container's port its protocol. */
final class Defaults {

    private Defaults() {}

    static void fillIn(ResourceType type, ObjectNode object) {
        if (type.group().equals("apps") || type.group().equals("autoscaling")) {
            WorkloadDefaults.fillIn(type.kind(), object);
        }
        if (type.equals(ServedTypes.ROLLOUTS)) {
            for (String list : List.of("containers", "initContainers")) {
                for (JsonNode container : object.at("/spec/template/spec/" + list)) {
                    container.path("ports").forEach(Defaults::protocol);
                }
            }
        }
    }

    private static void protocol(JsonNode port) {
        if (port instanceof ObjectNode open && !open.has("protocol")) {
            open.put("protocol", "TCP");
        }
    }
}
