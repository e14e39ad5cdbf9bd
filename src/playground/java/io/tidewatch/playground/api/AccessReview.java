package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A permission that a client asks about: {@code patch} on {@code rollouts} with subresource {@code scale}, say.
 *
 * @param namespace empty for all namespaces
 * @param subresource empty for the object itself
 */
public record AccessReview(String verb, String group, String resource, String subresource, String namespace) {

    static final String PATH = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

    static AccessReview read(JsonNode body) {
        JsonNode attributes = body.path("spec").path("resourceAttributes");
        return new AccessReview(
                attributes.path("verb").asText(),
                attributes.path("group").asText(),
                attributes.path("resource").asText(),
                attributes.path("subresource").asText(),
                attributes.path("namespace").asText());
    }

    static ObjectNode answered(ObjectNode body, boolean allowed) {
        ObjectNode answer = body.deepCopy();
        answer.putObject("status").put("allowed", allowed);
        return answer;
    }
}
