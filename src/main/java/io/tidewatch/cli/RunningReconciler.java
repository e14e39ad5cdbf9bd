package io.tidewatch.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidewatch.config.Configuration;
import io.tidewatch.model.Target;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Queries a running reconciler at the configured address. With the old client of the JDK: the new one reads the certificates of all
 * authorities first, which takes longer than the answer.
 */
record RunningReconciler(Configuration.Http http) {

    /** To connect, and for each part of the answer, in milliseconds. */
    private static final int PATIENCE = 10_000;

    private static final int OK = 200;
    private static final int FIRST_ERROR = 400;

    /** @throws IllegalArgumentException if nothing answers there, or the answer is an error */
    JsonNode get(String path) {
        InetSocketAddress address = http.address();
        URI uri = URI.create("http://" + bracketed(address.getHostString()) + ":" + address.getPort() + path);
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(PATIENCE);
            connection.setReadTimeout(PATIENCE);
            connection.setInstanceFollowRedirects(false);
            http.token().ifPresent(token -> connection.setRequestProperty("Authorization", "Bearer " + token.get()));
            int status = connection.getResponseCode();
            JsonNode body = JsonMapper.builder().build().readTree(text(connection, status));
            if (status != OK) {
                throw new IllegalArgumentException(
                        uri + ": " + body.path("error").asText("answered " + status));
            }
            return body;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    uri + ": no reconciler answers (is tidewatch run running, with this configuration?)", e);
        }
    }

    private static String text(HttpURLConnection connection, int status) throws IOException {
        try (InputStream body = status < FIRST_ERROR ? connection.getInputStream() : connection.getErrorStream()) {
            return body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
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
