package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** What the API server rejects in an {@code autoscaling/v2} HorizontalPodAutoscaler. Pure. */
final class AutoscalerRules {

    private AutoscalerRules() {}

    /** @param scaleToZero whether the cluster has the feature gate HPAScaleToZero; off unless somebody turned it on */
    static List<ApiFailure.Cause> violations(ObjectNode object, boolean scaleToZero) {
        List<ApiFailure.Cause> causes = new ArrayList<>();
        int lowest = scaleToZero ? 0 : 1;
        int minimum = object.path("spec").path("minReplicas").asInt(1);
        int maximum = object.path("spec").path("maxReplicas").asInt(0);
        if (minimum < lowest) {
            causes.add(invalid("minReplicas", minimum, "must be greater than or equal to " + lowest));
        }
        if (maximum == 0) {
            causes.add(new ApiFailure.Cause(
                    "FieldValueRequired", "Required value: must be set and greater than 0", "spec.maxReplicas"));
        } else if (maximum < 0) {
            causes.add(invalid("maxReplicas", maximum, "must be greater than or equal to 1"));
        }
        if (maximum < minimum) {
            causes.add(invalid("maxReplicas", maximum, "must be greater than or equal to `minReplicas`"));
        }
        if (minimum == 0 && !hasObjectOrExternalMetric(object)) {
            causes.add(new ApiFailure.Cause(
                    "FieldValueForbidden",
                    "Forbidden: must specify at least one Object or External metric to support scaling to zero replicas",
                    "spec.metrics"));
        }
        return causes;
    }

    private static boolean hasObjectOrExternalMetric(ObjectNode object) {
        return StreamSupport.stream(object.path("spec").path("metrics").spliterator(), false)
                .map(metric -> metric.path("type").asText())
                .anyMatch(type -> type.equals("Object") || type.equals("External"));
    }

    private static ApiFailure.Cause invalid(String field, int value, String why) {
        return new ApiFailure.Cause("FieldValueInvalid", "Invalid value: " + value + ": " + why, "spec." + field);
    }
}
