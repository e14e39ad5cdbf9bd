package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;

/** POST, PUT and PATCH, through whichever door the path names. */
final class WriteHandler {

    private static final String APPLY = "application/apply-patch+yaml";
    private static final String MERGE = "application/merge-patch+json";
    private static final String JSON = "application/json-patch+json";
    private static final String STRATEGIC = "application/strategic-merge-patch+json";

    private final ObjectWriter writer;

    WriteHandler(ObjectWriter writer) {
        this.writer = writer;
    }

    Answer create(ResourcePath path, ApiRequest request) {
        if (PodBinding.isAsked(path)) {
            ObjectNode binding = request.object();
            writer.patch(path.key(), Door.MAIN, pod -> PodBinding.onto(path.key(), pod, binding), request.writer());
            return PodBinding.done();
        }
        if (path.name().isPresent()) {
            throw ApiFailure.methodNotAllowed();
        }
        ObjectNode body = request.object();
        return Answer.of(writer.create(path, body, request.writer())).warning(Validation.warnings(path.type(), body));
    }

    Answer replace(ResourcePath path, ApiRequest request) {
        ObjectKey key = path.key();
        Door door = door(path);
        if (door == Door.SCALE) {
            ObjectNode scale = request.object();
            return scaled(key, writer.patch(key, door, object -> ScaleDoor.onto(key, object, scale), request.writer()));
        }
        ObjectNode body = request.object();
        return Answer.of(writer.replace(key, door, body, request.writer()))
                .warning(Validation.warnings(key.type(), body));
    }

    Answer patch(ResourcePath path, ApiRequest request) {
        ObjectKey key = path.key();
        Door door = door(path);
        if (request.contentType().equals(APPLY)) {
            ObjectNode config = request.object();
            return door == Door.SCALE
                    ? scaled(key, writer.apply(key, door, ScaleDoor.config(key.type(), config), request.writer()))
                    : Answer.of(writer.apply(key, door, config, request.writer()));
        }
        UnaryOperator<ObjectNode> patch = patch(key.type(), request);
        if (door == Door.SCALE) {
            UnaryOperator<ObjectNode> onScale =
                    object -> ScaleDoor.onto(key, object, patch.apply(ScaleDoor.view(key.type(), object)));
            return scaled(key, writer.patch(key, door, onScale, request.writer()));
        }
        Answer answer = Answer.of(writer.patch(key, door, patch, request.writer()));
        return request.contentType().equals(MERGE)
                ? answer.warning(Validation.warnings(key.type(), request.json()))
                : answer;
    }

    private static UnaryOperator<ObjectNode> patch(ResourceType type, ApiRequest request) {
        JsonNode patch = request.json();
        return switch (request.contentType()) {
            case MERGE -> object -> Patch.merge(object, patch);
            case JSON -> object -> Patch.json(object, patch);
            case STRATEGIC -> {
                if (type.has(ResourceType.Trait.CUSTOM)) {
                    throw ApiFailure.unsupportedMediaType(String.join(", ", JSON, MERGE, APPLY));
                }
                yield object -> Patch.strategic(object, patch, type.shape());
            }
            default -> throw ApiFailure.unsupportedMediaType(String.join(", ", JSON, MERGE, STRATEGIC, APPLY));
        };
    }

    private static Answer scaled(ObjectKey key, ObjectWriter.Written written) {
        return Answer.ok(ScaleDoor.view(key.type(), written.object()));
    }

    static Door door(ResourcePath path) {
        if (path.subresource().isEmpty()) {
            return Door.MAIN;
        }
        String name = path.subresource().get();
        if (name.equals("status") && path.type().has(ResourceType.Trait.STATUS)) {
            return Door.STATUS;
        }
        if (name.equals("scale") && path.type().scale().isPresent()) {
            return Door.SCALE;
        }
        throw ApiFailure.noSuchPath();
    }
}
