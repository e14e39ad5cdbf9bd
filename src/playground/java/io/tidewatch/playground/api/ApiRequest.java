package io.tidewatch.playground.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.Locale;
import java.util.Optional;

/**
 * A request as it came over the wire.
 *
 * @param method GET, POST, PUT, PATCH or DELETE
 * @param path without the query
 * @param contentType of the body, lower case and without parameters; empty without a body
 */
record ApiRequest(
        String method,
        String path,
        Query query,
        String contentType,
        String body,
        Optional<String> userAgent,
        boolean websocket) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static ApiRequest of(RecordedRequest recorded) {
        String[] parts = recorded.getPath().split("\\?", 2);
        return new ApiRequest(
                recorded.getMethod(),
                parts[0],
                Query.parse(parts.length == 2 ? parts[1] : ""),
                header(recorded, "Content-Type")
                        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                        .orElse(""),
                Optional.ofNullable(recorded.getUtf8Body()).orElse(""),
                header(recorded, "User-Agent"),
                header(recorded, "Upgrade")
                        .filter("websocket"::equalsIgnoreCase)
                        .isPresent());
    }

    private static Optional<String> header(RecordedRequest recorded, String name) {
        return Optional.ofNullable(recorded.getHeader(name));
    }

    boolean isWatch() {
        return method.equals("GET") && query.isTrue("watch");
    }

    Writer writer() {
        return Writer.of(query, userAgent);
    }

    /** The body as JSON; YAML is read as well, for that is what an apply may send. */
    JsonNode json() {
        String text = body.strip();
        try {
            JsonNode read = text.startsWith("{") || text.startsWith("[")
                    ? JSON.readTree(text)
                    : Serialization.unmarshal(text, JsonNode.class);
            if (read != null && read.isContainerNode()) {
                return read;
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw ApiFailure.badRequest("error decoding the body: " + e.getMessage());
        }
        throw ApiFailure.badRequest("error decoding the body: it is not an object");
    }

    ObjectNode object() {
        if (json() instanceof ObjectNode object) {
            return object;
        }
        throw ApiFailure.badRequest("error decoding the body: it is not an object");
    }
}
