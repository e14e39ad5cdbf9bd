package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Predicate;

/** DELETE of one object and of a collection. */
final class DeleteHandler {

    private final ObjectStore store;
    private final Deletion deletion;

    DeleteHandler(ObjectStore store, Deletion deletion) {
        this.store = store;
        this.deletion = deletion;
    }

    Answer delete(ResourcePath path, ApiRequest request) {
        if (WriteHandler.door(path) != Door.MAIN) {
            throw ApiFailure.methodNotAllowed();
        }
        ObjectKey key = path.key();
        JsonNode options = options(request);
        StoredObject object = store.get(key).orElseThrow(() -> ApiFailure.notFound(key.type(), key.name()));
        checkPreconditions(object, options.path("preconditions"));
        if (isDryRun(request, options)) {
            return Answer.ok(gone(object));
        }
        StoredObject end = deletion.delete(object, propagation(request, options));
        return Answer.ok(Metadata.isBeingDeleted(end.json()) ? end.json() : gone(end));
    }

    Answer deleteAll(ResourcePath path, ApiRequest request) {
        JsonNode options = options(request);
        Predicate<JsonNode> selector = Selection.of(path.type(), request.query());
        ObjectStore.Listing listing = store.list(path.type(), path.namespace().orElse(""));
        for (StoredObject object : listing.objects()) {
            if (selector.test(object.json()) && !isDryRun(request, options)) {
                deletion.delete(object, propagation(request, options));
            }
        }
        return Answer.ok(success());
    }

    private static JsonNode options(ApiRequest request) {
        return request.body().isBlank() ? JsonNodeFactory.instance.objectNode() : request.json();
    }

    private static boolean isDryRun(ApiRequest request, JsonNode options) {
        return request.query().isDryRun()
                || options.path("dryRun").path(0).asText().equals("All");
    }

    private static Deletion.Propagation propagation(ApiRequest request, JsonNode options) {
        String policy = options.path("propagationPolicy")
                .asText(request.query().get("propagationPolicy").orElse(""));
        boolean orphan =
                policy.equals("Orphan") || options.path("orphanDependents").asBoolean(false);
        return orphan ? Deletion.Propagation.ORPHAN : Deletion.Propagation.BACKGROUND;
    }

    private static void checkPreconditions(StoredObject object, JsonNode preconditions) {
        check(object, "UID", preconditions.path("uid").asText(""), Metadata.uid(object.json()));
        check(
                object,
                "ResourceVersion",
                preconditions.path("resourceVersion").asText(""),
                Metadata.resourceVersion(object.json()));
    }

    private static void check(StoredObject object, String what, String desired, String found) {
        if (!desired.isEmpty() && !desired.equals(found)) {
            throw ApiFailure.conflict(
                    object.key().type(),
                    object.key().name(),
                    "Precondition failed: " + what + " in precondition: " + desired + ", " + what + " in object meta: "
                            + found);
        }
    }

    private static ObjectNode success() {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        return status.put("status", "Success");
    }

    private static ObjectNode gone(StoredObject object) {
        ObjectNode status = success();
        ResourceType type = object.key().type();
        ObjectNode details =
                status.putObject("details").put("name", object.key().name());
        if (!type.group().isEmpty()) {
            details.put("group", type.group());
        }
        details.put("kind", type.plural()).put("uid", Metadata.uid(object.json()));
        return status;
    }
}
