package io.tidewatch.cluster;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request to the API server asks, in the words of Kubernetes' authorization.
 *
 * @param verb for example {@code list} or {@code patch}; of a path that names no resource, the HTTP method in lower case
 * @param resource the plural of the kind, without the subresource; empty for a path that names none, as {@code /readyz}
 */
public record ApiRequest(String verb, String resource) {

    /** How many parts of a path come before the objects: with group and version, or with the version alone. A proxy may put others before. */
    private static final Map<String, Integer> SKIPPED = Map.of("apis", 3, "api", 2);

    private static final String NAMESPACES = "namespaces";

    /**
     * Reads method and path of a request.
     *
     * @param method of HTTP, in capitals
     */
    public static ApiRequest of(String method, URI uri) {
        List<String> path = ofObjects(uri.getPath());
        if (path.isEmpty()) {
            return new ApiRequest(method.toLowerCase(Locale.ROOT), "");
        }
        return new ApiRequest(verb(method, path.size() > 1, uri.getRawQuery()), path.get(0));
    }

    /** The plural, then the name, then the subresource, as far as they are there. */
    private static List<String> ofObjects(String path) {
        List<String> parts =
                Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
        Optional<String> root = parts.stream().filter(SKIPPED::containsKey).findFirst();
        int begin = root.map(name -> parts.indexOf(name) + SKIPPED.getOrDefault(name, 0))
                .orElse(parts.size());
        if (begin >= parts.size()) {
            return List.of();
        }
        boolean isNamespaced = parts.get(begin).equals(NAMESPACES) && begin + 2 < parts.size();
        return parts.subList(isNamespaced ? begin + 2 : begin, parts.size());
    }

    private static String verb(String method, boolean isNamed, @Nullable String query) {
        return switch (method) {
            case "GET" -> isWatch(query) ? "watch" : isNamed ? "get" : "list";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "DELETE" -> isNamed ? "delete" : "deletecollection";
            default -> method.toLowerCase(Locale.ROOT);
        };
    }

    private static boolean isWatch(@Nullable String query) {
        return query != null && Arrays.asList(query.split("&")).contains("watch=true");
    }
}
