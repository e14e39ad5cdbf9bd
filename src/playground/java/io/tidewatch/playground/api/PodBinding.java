package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Handles the subresource by which a scheduler assigns a pod to a node, once. */
final class PodBinding {

    private PodBinding() {}

    static boolean isAsked(ResourcePath path) {
        return path.type().kind().equals("Pod")
                && path.subresource().filter("binding"::equals).isPresent();
    }

    static ObjectNode onto(ObjectKey key, ObjectNode pod, ObjectNode binding) {
        String bound = pod.path("spec").path("nodeName").asText("");
        if (!bound.isEmpty()) {
            throw ApiFailure.conflict(
                    key.type(), key.name(), "pod " + key.name() + " is already assigned to node \"" + bound + "\"");
        }
        ObjectNode assigned = pod.deepCopy();
        assigned.withObject("/spec").set("nodeName", binding.path("target").path("name"));
        return assigned;
    }

    static Answer done() {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Success").put("code", 201);
        return new Answer(201, status);
    }
}
