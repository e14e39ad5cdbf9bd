package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks a body, and the object that results from it, before the object is stored. */
final class Validation {

    /** The rule of KEDA's CRD since 2.20. */
    private static final ApiFailure.Cause MINIMUM_ABOVE_MAXIMUM = new ApiFailure.Cause(
            "FieldValueInvalid",
            "Invalid value: minReplicaCount must be less than or equal to maxReplicaCount",
            "spec");

    private static final int MAXIMUM_WHERE_ABSENT = 100;

    private static final Pattern MICROSECONDS =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}(Z|[+-]\\d\\d:\\d\\d)");

    private Validation() {}

    /** An apply is typed by the schema before anything else: a field it does not declare is an error of the server. */
    static void checkApplied(ObjectKey key, ObjectNode config) {
        List<String> unknown =
                key.type().schema().map(schema -> schema.unknownFields(config)).orElse(List.of());
        if (!unknown.isEmpty()) {
            StringBuilder lines = new StringBuilder();
            unknown.forEach(field -> lines.append(unknown.size() > 1 ? "\n" : "")
                    .append('.')
                    .append(field)
                    .append(": field not declared in schema"));
            throw ApiFailure.untyped("failed to create typed patch object (" + key.namespace() + "/" + key.name() + "; "
                    + key.type().apiVersion() + ", Kind=" + key.type().kind() + "): "
                    + (unknown.size() > 1 ? "errors:" : "") + lines);
        }
    }

    /** Decoding: an Event's eventTime has six digits of fraction, no more and no fewer. */
    static void checkEventTime(ResourceType type, JsonNode body) {
        String time = body.path("eventTime").asText("");
        if (type.kind().equals("Event")
                && body.path("eventTime").isTextual()
                && !MICROSECONDS.matcher(time).matches()) {
            throw undecodable(
                    type, "parsing time \"" + time + "\" as \"2006-01-02T15:04:05.000000Z07:00\": cannot parse it");
        }
    }

    /** Under {@code fieldValidation=Strict} an undeclared field refuses a create or PUT with 400. */
    static void checkStrictBody(ResourceType type, ObjectNode body) {
        strictError(type, body).ifPresent(error -> {
            throw undecodable(type, error);
        });
    }

    private static ApiFailure undecodable(ResourceType type, String why) {
        return ApiFailure.badRequest(type.kind() + " in version \"" + type.version() + "\" cannot be handled as a "
                + type.kind() + ": " + why);
    }

    /** Under {@code fieldValidation=Strict} an undeclared field refuses a patch with 422. */
    static void checkStrictPatch(ObjectKey key, ObjectNode patched) {
        strictError(key.type(), patched).ifPresent(error -> {
            throw ApiFailure.invalid(
                    key.type(),
                    key.name(),
                    List.of(new ApiFailure.Cause("FieldValueInvalid", "Invalid value: " + error, "patch")));
        });
    }

    private static Optional<String> strictError(ResourceType type, ObjectNode object) {
        return type.schema()
                .map(schema -> schema.unknownFields(object))
                .filter(unknown -> !unknown.isEmpty())
                .map(unknown -> "strict decoding error: unknown field \"" + String.join("\", unknown field \"", unknown)
                        + "\"");
    }

    /** The warning about undeclared fields that are dropped, escaped for a {@code Warning} header. */
    static List<String> warnings(ResourceType type, JsonNode body) {
        return type.schema().map(schema -> schema.unknownFields(body)).orElse(List.of()).stream()
                .map(field -> "unknown field \\\"" + field + "\\\"")
                .toList();
    }

    /** The object without undeclared fields. */
    static ObjectNode pruned(ResourceType type, ObjectNode object) {
        return type.schema().map(schema -> schema.pruned(object)).orElse(object);
    }

    /** @param scaleToZero whether an HPA may have a minimum of 0 */
    static void check(ObjectKey key, ObjectNode object, boolean scaleToZero) {
        List<ApiFailure.Cause> causes =
                key.type().schema().map(schema -> schema.violations(object)).orElse(List.of());
        if (causes.isEmpty() && key.type().equals(ServedTypes.SCALED_OBJECTS) && isAboveMaximum(object.path("spec"))) {
            causes = List.of(MINIMUM_ABOVE_MAXIMUM);
        }
        if (key.type().kind().equals("HorizontalPodAutoscaler")) {
            causes = AutoscalerRules.violations(object, scaleToZero);
        }
        if (!causes.isEmpty()) {
            throw ApiFailure.invalid(key.type(), key.name(), causes);
        }
    }

    private static boolean isAboveMaximum(JsonNode spec) {
        return spec.has("minReplicaCount")
                && spec.path("minReplicaCount").asInt()
                        > spec.path("maxReplicaCount").asInt(MAXIMUM_WHERE_ABSENT);
    }
}
