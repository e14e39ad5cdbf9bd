package io.tidewatch.web;

import io.tidewatch.model.Target;
import io.tidewatch.view.Audience;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A request that may be answered.
 *
 * @param path as it was sent, still escaped
 * @param parameters of the query, by name; of several of one name the last
 * @param audience who asks
 * @param known the ETag of the answer that the client has
 * @param gzip whether the client reads compressed answers
 */
public record Request(
        String path, Map<String, String> parameters, Audience audience, Optional<String> known, boolean gzip) {

    /** Of a query. */
    private static final int MOST_PARAMETERS = 50;

    public Request {
        parameters = Map.copyOf(parameters);
    }

    static Map<String, String> parameters(Optional<String> query) {
        Map<String, String> parameters = new HashMap<>();
        query.stream()
                .flatMap(all -> Stream.of(all.split("&", MOST_PARAMETERS)))
                .forEach(one -> {
                    int equals = one.indexOf('=');
                    if (equals > 0) {
                        decoded(one.substring(equals + 1).replace("+", "%20"))
                                .ifPresent(value -> parameters.put(one.substring(0, equals), value));
                    }
                });
        return parameters;
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    /** The parts of the path behind a prefix, decoded; empty where an escape is broken. */
    Optional<List<String>> below(String prefix) {
        String rest = path.length() > prefix.length() ? path.substring(prefix.length()) : "";
        List<Optional<String>> parts = Stream.of(rest.split("/", -1))
                .filter(part -> !part.isEmpty())
                .map(part -> decoded(part.replace("+", "%2B")))
                .toList();
        return parts.stream().allMatch(Optional::isPresent)
                ? Optional.of(parts.stream().flatMap(Optional::stream).toList())
                : Optional.empty();
    }

    /** Nothing where an escape is broken. */
    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    static Optional<Target> target(String text) {
        int slash = text.indexOf('/');
        return slash > 0 && slash < text.length() - 1
                ? Optional.of(new Target(text.substring(0, slash), text.substring(slash + 1)))
                : Optional.empty();
    }

    /** An instant with an offset or Z; a space stands for the plus sign that a query cannot hold. */
    static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text.replace(' ', '+')).toInstant());
        } catch (DateTimeException notAnInstant) {
            return Optional.empty();
        }
    }
}
