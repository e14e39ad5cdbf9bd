package io.tidewatch.observe;

import static io.tidewatch.observe.Fields.list;
import static io.tidewatch.observe.Fields.map;
import static io.tidewatch.observe.Fields.text;

import io.tidewatch.model.cluster.PodNeeds;
import io.tidewatch.model.cluster.PodNeeds.ContainerNeeds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads from a pod template what its pods ask for. */
final class PodNeedsReader {

    private PodNeedsReader() {}

    /** @param spec of a pod template */
    static PodNeeds read(Map<String, Object> spec) {
        String priorityClass = text(spec, "priorityClassName");
        return new PodNeeds(
                containers(spec, "containers"),
                containers(spec, "initContainers"),
                Quantities.all(map(spec, "overhead")),
                spec.get("activeDeadlineSeconds") != null,
                priorityClass.isEmpty() ? Optional.empty() : Optional.of(priorityClass),
                Stream.of("podAffinity", "podAntiAffinity")
                        .map(kind -> map(spec, "affinity", kind))
                        .anyMatch(PodNeedsReader::isCrossNamespace),
                incomputable(spec));
    }

    private static List<ContainerNeeds> containers(Map<String, Object> spec, String key) {
        return list(spec, key).stream()
                .map(Fields::map)
                .map(container -> new ContainerNeeds(
                        text(container, "name"),
                        text(container, "restartPolicy").equals("Always"),
                        Quantities.all(map(container, "resources", "requests")),
                        Quantities.all(map(container, "resources", "limits"))))
                .toList();
    }

    private static Optional<String> incomputable(Map<String, Object> spec) {
        if (!map(spec, "resources").isEmpty()) {
            return Optional.of("its pods have resources of the whole pod, which are not computed");
        }
        if (!text(spec, "runtimeClassName").isEmpty() && map(spec, "overhead").isEmpty()) {
            return Optional.of("the overhead of RuntimeClass " + text(spec, "runtimeClassName") + " is not known");
        }
        return Stream.of("containers", "initContainers")
                        .flatMap(key -> list(spec, key).stream())
                        .map(Fields::map)
                        .allMatch(container -> isReadable(map(container, "resources", "requests"))
                                && isReadable(map(container, "resources", "limits")))
                ? Optional.empty()
                : Optional.of("a request or limit of its pods cannot be read");
    }

    private static boolean isReadable(Map<String, Object> amounts) {
        return Quantities.all(amounts).size() == amounts.size();
    }

    private static boolean isCrossNamespace(Map<String, Object> affinity) {
        Stream<Map<String, Object>> required = list(affinity, "requiredDuringSchedulingIgnoredDuringExecution").stream()
                .map(Fields::map);
        Stream<Map<String, Object>> preferred =
                list(affinity, "preferredDuringSchedulingIgnoredDuringExecution").stream()
                        .map(Fields::map)
                        .map(weighted -> map(weighted, "podAffinityTerm"));
        return Stream.concat(required, preferred)
                .anyMatch(term -> !list(term, "namespaces").isEmpty() || term.get("namespaceSelector") != null);
    }
}
