package io.tidewatch.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidewatch.config.Configuration;
import io.tidewatch.model.Target;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Queries a running reconciler at the configured address. */
record RunningReconciler(Configuration.Http http) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 200;

    /** @throws IllegalArgumentException if nothing answers there, or the answer is an error */
    JsonNode get(String path) {
        InetSocketAddress address = http.address();
        URI uri = URI.create("http://" + bracketed(address.getHostString()) + ":" + address.getPort() + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
        http.token().ifPresent(token -> request.header("Authorization", "Bearer " + token.get()));
        try {
            HttpResponse<String> answer = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .build()
                    .send(request.build(), HttpResponse.BodyHandlers.ofString());
            JsonNode body = JsonMapper.builder().build().readTree(answer.body());
            if (answer.statusCode() != OK) {
                throw new IllegalArgumentException(
                        uri + ": " + body.path("error").asText("answered " + answer.statusCode()));
            }
            return body;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    uri + ": no reconciler answers (is tidewatch run running, with this configuration?)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while querying " + uri, e);
        }
    }

    /** The targets in an answer to {@code /status}. */
    static List<Target> targets(JsonNode answer) {
        List<Target> targets = new ArrayList<>();
        answer.path("targets").forEach(row -> target(row).ifPresent(targets::add));
        return targets;
    }

    /** The target of a row of an answer. */
    static Optional<Target> target(JsonNode row) {
        String text = row.path("target").asText();
        int slash = text.indexOf('/');
        return slash > 0
                ? Optional.of(new Target(text.substring(0, slash), text.substring(slash + 1)))
                : Optional.empty();
    }

    /** The answer with only these rows. */
    static Map<String, Object> with(JsonNode answer, String rows, List<JsonNode> left) {
        JsonMapper mapper = JsonMapper.builder().build();
        Map<String, Object> document = mapper.convertValue(answer, new TypeReference<Map<String, Object>>() {});
        document.put(rows, mapper.convertValue(left, new TypeReference<List<Object>>() {}));
        return document;
    }

    /** A document with these rows. */
    static Map<String, Object> document(String rows, List<JsonNode> all) {
        return Map.of(rows, JsonMapper.builder().build().convertValue(all, new TypeReference<List<Object>>() {}));
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
