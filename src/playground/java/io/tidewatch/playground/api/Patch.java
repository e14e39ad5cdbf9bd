package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.CompatibilityFlags;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.util.EnumSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The patches other than apply, as functions of an object. */
final class Patch {

    private Patch() {}

    /** RFC 7396. */
    static ObjectNode merge(ObjectNode object, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            throw ApiFailure.badRequest("error decoding patch: a merge patch is an object");
        }
        return (ObjectNode) merged(object, changes);
    }

    private static JsonNode merged(@Nullable JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch.deepCopy();
        }
        ObjectNode result = target instanceof ObjectNode map ? map.deepCopy() : JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> entry : patch.properties()) {
            if (entry.getValue().isNull()) {
                result.remove(entry.getKey());
            } else {
                result.set(entry.getKey(), merged(result.get(entry.getKey()), entry.getValue()));
            }
        }
        return result;
    }

    /** RFC 6902; an operation that does not fit, a failed {@code test} among them, refuses the whole patch with 422. */
    static ObjectNode json(ObjectNode object, JsonNode operations) {
        try {
            JsonNode result =
                    JsonPatch.apply(operations, object, EnumSet.of(CompatibilityFlags.FORBID_REMOVE_MISSING_OBJECT));
            if (result instanceof ObjectNode whole) {
                return whole;
            }
            throw ApiFailure.unprocessable("the patched document is not an object");
        } catch (JsonPatchException | IllegalArgumentException e) {
            throw ApiFailure.unprocessable(String.valueOf(e.getMessage()));
        }
    }

    /**
     * A merge patch that merges keyed lists by their keys; of the strategic directives {@code $patch: delete} on an item
     * is understood, others are refused.
     */
    static ObjectNode strategic(ObjectNode object, JsonNode patch, FieldShape shape) {
        return (ObjectNode) StrategicMerge.merged(object, patch, shape);
    }
}
