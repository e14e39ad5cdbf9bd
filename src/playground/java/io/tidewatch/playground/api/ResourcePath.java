package io.tidewatch.playground.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The resource of a request: a kind and, as far as the path names them, a namespace, an object and a subresource.
 *
 * @param namespace empty for a kind without namespaces and for a list across all of them
 */
record ResourcePath(
        ResourceType type, Optional<String> namespace, Optional<String> name, Optional<String> subresource) {

    private static final List<String> NAMESPACE_DOORS = List.of("status", "finalize");

    /** Empty when the path leads to no served kind. */
    static Optional<ResourcePath> parse(String path) {
        List<String> steps =
                List.of(path.replaceFirst("^/", "").replaceFirst("/$", "").split("/", -1));
        if (steps.size() >= 3 && steps.get(0).equals("api")) {
            return of("", steps.get(1), steps.subList(2, steps.size()));
        }
        if (steps.size() >= 4 && steps.get(0).equals("apis")) {
            return of(steps.get(1), steps.get(2), steps.subList(3, steps.size()));
        }
        return Optional.empty();
    }

    private static Optional<ResourcePath> of(String group, String version, List<String> steps) {
        boolean namespaced = steps.size() >= 3
                && steps.get(0).equals("namespaces")
                && !(steps.size() == 3 && NAMESPACE_DOORS.contains(steps.get(2)));
        List<String> rest = namespaced ? steps.subList(2, steps.size()) : steps;
        if (rest.size() > 3) {
            return Optional.empty();
        }
        return ServedTypes.find(group, version, rest.get(0))
                .filter(type -> !namespaced || type.has(ResourceType.Trait.NAMESPACED))
                .map(type -> new ResourcePath(
                        type, namespaced ? step(steps, 1) : Optional.empty(), step(rest, 1), step(rest, 2)));
    }

    private static Optional<String> step(List<String> steps, int index) {
        return index < steps.size()
                ? Optional.of(URLDecoder.decode(steps.get(index), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    ObjectKey key() {
        return new ObjectKey(type, namespace.orElse(""), name.orElseThrow());
    }
}
