package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** An error answer with the HTTP code and the {@code Status} body of kube-apiserver, with the messages of kube-apiserver. */
final class ApiFailure extends RuntimeException {

    /** One entry of {@code details.causes}. */
    record Cause(String reason, String message, String field) {}

    private final int code;
    private final transient ObjectNode status;

    private ApiFailure(int code, String reason, String message, ObjectNode details) {
        super(message, null, false, false);
        this.code = code;
        status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure").put("message", message).put("reason", reason);
        if (!details.isEmpty()) {
            status.set("details", details);
        }
        status.put("code", code);
    }

    int code() {
        return code;
    }

    ObjectNode status() {
        return status.deepCopy();
    }

    static ApiFailure notFound(ResourceType type, String name) {
        return new ApiFailure(404, "NotFound", type.quoted(name) + " not found", details(type, name));
    }

    static ApiFailure noSuchPath() {
        return new ApiFailure(404, "NotFound", "the server could not find the requested resource", none());
    }

    static ApiFailure alreadyExists(ResourceType type, String name) {
        return new ApiFailure(409, "AlreadyExists", type.quoted(name) + " already exists", details(type, name));
    }

    static ApiFailure conflict(ResourceType type, String name, String why) {
        return new ApiFailure(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + type.quoted(name) + ": " + why,
                details(type, name));
    }

    static ApiFailure stale(ResourceType type, String name) {
        return conflict(
                type,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    static ApiFailure applyConflict(String message, List<Cause> causes) {
        return new ApiFailure(409, "Conflict", message, withCauses(none(), causes));
    }

    static ApiFailure invalid(ResourceType type, String name, List<Cause> causes) {
        StringBuilder message = new StringBuilder(type.qualifiedKind())
                .append(" \"")
                .append(name)
                .append("\" is invalid: ");
        message.append(causes.size() == 1 ? "" : "[");
        for (int i = 0; i < causes.size(); i++) {
            Cause cause = causes.get(i);
            message.append(i == 0 ? "" : ", ")
                    .append(cause.field())
                    .append(": ")
                    .append(cause.message());
        }
        message.append(causes.size() == 1 ? "" : "]");
        ObjectNode details = none().put("name", name);
        if (!type.group().isEmpty()) {
            details.put("group", type.group());
        }
        details.put("kind", type.kind());
        return new ApiFailure(422, "Invalid", message.toString(), withCauses(details, causes));
    }

    static ApiFailure badRequest(String message) {
        return new ApiFailure(400, "BadRequest", message, none());
    }

    static ApiFailure unprocessable(String cause) {
        return new ApiFailure(
                422,
                "Invalid",
                "the server rejected our request due to an error in our request",
                withCauses(none(), List.of(new Cause("UnexpectedServerResponse", cause, ""))));
    }

    static ApiFailure unsupportedMediaType(String contentType) {
        return new ApiFailure(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: " + contentType,
                none());
    }

    static ApiFailure methodNotAllowed() {
        return new ApiFailure(
                405, "MethodNotAllowed", "the server does not allow this method on the requested resource", none());
    }

    static ApiFailure expired(String message) {
        return new ApiFailure(410, "Expired", message, none());
    }

    static ApiFailure internal(String message) {
        return new ApiFailure(500, "InternalError", "Internal error occurred: " + message, none());
    }

    /** What the API server answers when a handler returns a bare error: 500, no reason. */
    static ApiFailure untyped(String message) {
        return new ApiFailure(500, "", message, none());
    }

    /** An answer without a cause of ours, as a test orders it. */
    static ApiFailure injected(int code, String reason, String message) {
        return new ApiFailure(code, reason, message, none());
    }

    private static ObjectNode none() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode details(ResourceType type, String name) {
        ObjectNode details = none().put("name", name);
        if (!type.group().isEmpty()) {
            details.put("group", type.group());
        }
        return details.put("kind", type.plural());
    }

    private static ObjectNode withCauses(ObjectNode details, List<Cause> causes) {
        ArrayNode list = details.putArray("causes");
        for (Cause cause : causes) {
            ObjectNode entry = list.addObject().put("reason", cause.reason()).put("message", cause.message());
            if (!cause.field().isEmpty()) {
                entry.put("field", cause.field());
            }
        }
        return details;
    }
}
