package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;

/** Chooses the handler of a request. */
final class ApiRoutes {

    private final ReadHandler reads;
    private final ObjectWriter writer;
    private final WriteHandler writes;
    private final DeleteHandler deletes;
    private volatile Predicate<AccessReview> rights = review -> true;

    ApiRoutes(ObjectStore store, Clock clock) {
        Deletion deletion = new Deletion(store, clock);
        reads = new ReadHandler(store);
        writer = new ObjectWriter(store, deletion, clock);
        writes = new WriteHandler(writer);
        deletes = new DeleteHandler(store, deletion);
    }

    void allowScaleToZero() {
        writer.allowScaleToZero();
    }

    void grant(Predicate<AccessReview> granted) {
        rights = granted;
    }

    Answer answer(ApiRequest request) {
        if (request.method().equals("POST") && request.path().equals(AccessReview.PATH)) {
            ObjectNode body = request.object();
            return new Answer(201, AccessReview.answered(body, rights.test(AccessReview.read(body))));
        }
        Optional<ResourcePath> path = ResourcePath.parse(request.path());
        if (path.isEmpty()) {
            return Answer.ok(Discovery.answer(request.path()).orElseThrow(ApiFailure::noSuchPath));
        }
        return answer(path.get(), request);
    }

    private Answer answer(ResourcePath path, ApiRequest request) {
        boolean named = path.name().isPresent();
        return switch (request.method()) {
            case "GET" -> named ? reads.get(path) : reads.list(path, request.query());
            case "DELETE" -> named ? deletes.delete(path, request) : deletes.deleteAll(path, request);
            case "POST" -> writes.create(path, request);
            case "PUT" -> writes.replace(onObject(path), request);
            case "PATCH" -> writes.patch(onObject(path), request);
            default -> throw ApiFailure.methodNotAllowed();
        };
    }

    private static ResourcePath onObject(ResourcePath path) {
        if (path.name().isEmpty()) {
            throw ApiFailure.methodNotAllowed();
        }
        return path;
    }

    /** The verb as RBAC names it. */
    static String verb(ApiRequest request) {
        Optional<ResourcePath> path = ResourcePath.parse(request.path());
        boolean named = path.flatMap(ResourcePath::name).isPresent();
        return switch (request.method()) {
            case "GET" -> request.isWatch() ? "watch" : named || path.isEmpty() ? "get" : "list";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> named ? "delete" : "deletecollection";
            default -> request.method();
        };
    }
}
