package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Checks a body before it is used: its kind, its path, and the version and uid that it was read with. */
final class Incoming {

    private Incoming() {}

    static void checkType(ResourceType type, JsonNode body) {
        String kind = body.path("kind").asText(type.kind());
        String apiVersion = body.path("apiVersion").asText(type.apiVersion());
        if (!kind.equals(type.kind()) || !apiVersion.equals(type.apiVersion())) {
            throw ApiFailure.badRequest(kind + " in version \"" + apiVersion + "\" cannot be handled as a "
                    + type.kind() + ": expected " + type.apiVersion());
        }
    }

    /** The namespace a new object goes to. */
    static String namespace(ResourcePath path, JsonNode body) {
        String ofPath = path.namespace().orElse("");
        String ofBody = Metadata.text(body, "namespace");
        if (!ofBody.isEmpty() && !ofBody.equals(ofPath) && path.type().has(ResourceType.Trait.NAMESPACED)) {
            throw namespaceMismatch();
        }
        return ofPath;
    }

    static void checkNames(ObjectKey key, JsonNode body) {
        String name = Metadata.name(body);
        if (!name.isEmpty() && !name.equals(key.name())) {
            throw ApiFailure.badRequest(
                    "the name of the object (" + name + ") does not match the name on the URL (" + key.name() + ")");
        }
        String namespace = Metadata.text(body, "namespace");
        if (!namespace.isEmpty() && !namespace.equals(key.namespace())) {
            throw namespaceMismatch();
        }
    }

    private static ApiFailure namespaceMismatch() {
        return ApiFailure.badRequest(
                "the namespace of the provided object does not match the namespace sent on the request");
    }

    /** A body that names the state it was read in must have read the current one: 409 for its version, 422 for its uid. */
    static void checkVersionAndUid(StoredObject stored, JsonNode body) {
        ObjectKey key = stored.key();
        String version = Metadata.resourceVersion(body);
        if (!version.isEmpty() && !version.equals(Metadata.resourceVersion(stored.json()))) {
            throw ApiFailure.stale(key.type(), key.name());
        }
        String uid = Metadata.uid(body);
        if (!uid.isEmpty() && !uid.equals(Metadata.uid(stored.json()))) {
            throw ApiFailure.invalid(
                    key.type(),
                    key.name(),
                    List.of(new ApiFailure.Cause(
                            "FieldValueInvalid",
                            "Invalid value: \"" + uid + "\": field is immutable",
                            "metadata.uid")));
        }
    }

    /** A PUT that names a uid replaces this object and no other, and creates none. */
    static void checkPutUid(ObjectKey key, Optional<StoredObject> current, JsonNode body) {
        String uid = Metadata.uid(body);
        String live = current.map(StoredObject::json).map(Metadata::uid).orElse("");
        if (!uid.isEmpty() && !uid.equals(live)) {
            throw ApiFailure.conflict(
                    key.type(),
                    key.name(),
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + live);
        }
    }

    static ApiFailure versionRequired(ObjectKey key) {
        return ApiFailure.invalid(
                key.type(),
                key.name(),
                List.of(new ApiFailure.Cause(
                        "FieldValueInvalid",
                        "Invalid value: 0: must be specified for an update",
                        "metadata.resourceVersion")));
    }

    static void checkApply(ObjectKey key, ObjectNode config, Writer writer) {
        if (!writer.explicit()) {
            throw ApiFailure.badRequest("PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: "
                    + "is required for apply patch");
        }
        if (!config.hasNonNull("apiVersion") || !config.hasNonNull("kind")) {
            throw ApiFailure.badRequest("Object 'Kind' or 'apiVersion' is missing in the applied configuration");
        }
        if (!config.path("apiVersion").asText().equals(key.type().apiVersion())) {
            throw ApiFailure.badRequest("Incorrect version specified in apply patch. Specified patch version: "
                    + config.path("apiVersion").asText() + ", expected: "
                    + key.type().apiVersion());
        }
        if (config.path("metadata").hasNonNull("managedFields")) {
            throw ApiFailure.badRequest("metadata.managedFields must be nil");
        }
        checkType(key.type(), config);
        checkNames(key, config);
    }

    /**
     * Whose the fields are before a write. A client may edit managedFields through the main door, and reset them with one
     * empty entry; leaving them out changes nothing.
     */
    static ManagedFields owners(ObjectNode current, ObjectNode proposed, Door door) {
        JsonNode given = proposed.path("metadata").path("managedFields");
        if (door == Door.MAIN && given.size() == 1 && given.path(0).isEmpty()) {
            return ManagedFields.NONE;
        }
        if (door == Door.MAIN && !given.isEmpty()) {
            return ManagedFields.read(given);
        }
        return ManagedFields.read(current.path("metadata").path("managedFields"));
    }
}
