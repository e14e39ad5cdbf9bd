package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What a stored object must satisfy: types of the numbers that autoscaling turns on, and KEDA's own rule since 2.20. */
final class Validation {

    private static final List<String> INTEGERS = List.of(
            "spec.replicas",
            "spec.minReplicas",
            "spec.maxReplicas",
            "spec.minReplicaCount",
            "spec.maxReplicaCount",
            "spec.idleReplicaCount",
            "spec.pollingInterval",
            "spec.cooldownPeriod",
            "spec.progressDeadlineSeconds");

    private Validation() {}

    static void check(ObjectKey key, ObjectNode object) {
        List<ApiFailure.Cause> causes = new ArrayList<>();
        for (String field : INTEGERS) {
            JsonNode value = object.at("/" + field.replace('.', '/'));
            if (!value.isMissingNode() && !value.isNull() && !value.isIntegralNumber()) {
                causes.add(wrongType(field, value));
            }
        }
        if (causes.isEmpty() && key.type().equals(ServedTypes.SCALED_OBJECTS)) {
            checkBounds(object.path("spec"), causes);
        }
        if (!causes.isEmpty()) {
            throw ApiFailure.invalid(key.type(), key.name(), causes);
        }
    }

    private static ApiFailure.Cause wrongType(String field, JsonNode value) {
        String found = value.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
        return new ApiFailure.Cause(
                "FieldValueTypeInvalid",
                "Invalid value: \"" + found + "\": " + field + " in body must be of type integer: \"" + found + "\"",
                field);
    }

    private static void checkBounds(JsonNode spec, List<ApiFailure.Cause> causes) {
        int minimum = spec.path("minReplicaCount").asInt(0);
        int maximum = spec.path("maxReplicaCount").asInt(100);
        if (minimum > maximum) {
            causes.add(new ApiFailure.Cause(
                    "FieldValueInvalid",
                    "Invalid value: minReplicaCount " + minimum + " must be less than or equal to maxReplicaCount "
                            + maximum,
                    "spec"));
        }
    }
}
