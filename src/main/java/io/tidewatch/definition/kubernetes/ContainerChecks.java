package io.tidewatch.definition.kubernetes;

import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.Nearest;
import io.tidewatch.yaml.Place;
import io.tidewatch.yaml.Quoted;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must fit together in a container. */
final class ContainerChecks {

    private static final List<String> PROBE = List.of("exec", "grpc", "httpGet", "tcpSocket");
    private static final List<String> HOOK = List.of("exec", "httpGet", "sleep", "tcpSocket");
    private static final Set<String> STANDARD = Set.of("cpu", "memory", "ephemeral-storage");
    private static final String HUGE = "hugepages-";
    private static final String OUT_OF_RANGE = "out-of-range";
    private static final String CONTRADICTION = "contradiction";

    private final Findings findings;

    ContainerChecks(Findings findings) {
        this.findings = findings;
    }

    void check(Place container) {
        At.items(container, "env").forEach(this::variable);
        At.field(container, "resources").ifPresent(this::resources);
        for (String name : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            At.field(container, name).ifPresent(probe -> {
                oneOf(probe, PROBE);
                if (!name.equals("readinessProbe")
                        && At.whole(probe, "successThreshold").orElse(1) > 1) {
                    findings.error(
                            probe.at("successThreshold"),
                            OUT_OF_RANGE,
                            "a " + name + " has a successThreshold of 1; Kubernetes rejects more");
                }
            });
        }
        for (String name : List.of("postStart", "preStop")) {
            At.field(container, "lifecycle", name).ifPresent(hook -> oneOf(hook, HOOK));
        }
    }

    private void oneOf(Place handler, List<String> kinds) {
        List<String> written = kinds.stream()
                .filter(kind -> At.field(handler, kind).isPresent())
                .toList();
        boolean hasNone =
                written.isEmpty() && handler.fields().stream().allMatch(field -> field.isNull() || isNoHandler(field));
        if (hasNone) {
            findings.error(
                    handler,
                    "missing-field",
                    "has none of " + String.join(", ", kinds) + ", and Kubernetes rejects that; write one of them");
        } else if (written.size() > 1) {
            findings.error(
                    handler.at(written.get(1)),
                    CONTRADICTION,
                    String.join(" and ", written) + " are written, and Kubernetes takes one; keep one of them");
        }
    }

    /** A number beside the handler. */
    private static boolean isNoHandler(Place field) {
        return field.fields().isEmpty() && At.value(field).isPresent();
    }

    private void variable(Place variable) {
        Optional<Place> from = At.field(variable, "valueFrom");
        if (from.isEmpty()) {
            return;
        }
        List<Place> sources =
                from.get().fields().stream().filter(source -> !source.isNull()).toList();
        if (At.text(variable, "value").filter(text -> !text.isEmpty()).isPresent()) {
            findings.error(
                    from.get(),
                    CONTRADICTION,
                    "value and valueFrom are both written, and Kubernetes takes one; keep one of them");
        } else if (sources.isEmpty()) {
            findings.error(
                    from.get(),
                    "missing-field",
                    "names no source; write one of configMapKeyRef, fieldRef, resourceFieldRef, secretKeyRef");
        } else if (sources.size() > 1) {
            findings.error(
                    sources.get(1),
                    CONTRADICTION,
                    sources.get(0).name() + " and " + sources.get(1).name()
                            + " are written, and Kubernetes takes one; keep one of them");
        }
    }

    private void resources(Place resources) {
        List<Place> limits = At.field(resources, "limits").map(Place::fields).orElse(List.of());
        List<Place> requests =
                At.field(resources, "requests").map(Place::fields).orElse(List.of());
        limits.forEach(this::amount);
        requests.forEach(this::amount);
        Map<String, Place> byName = new HashMap<>();
        limits.forEach(limit -> byName.putIfAbsent(limit.name(), limit));
        requests.forEach(
                request -> Optional.ofNullable(byName.get(request.name())).ifPresent(limit -> compare(request, limit)));
    }

    private void amount(Place place) {
        String name = place.name();
        if (!name.contains("/") && !STANDARD.contains(name) && !name.startsWith(HUGE)) {
            findings.error(
                    place,
                    "unknown-resource",
                    "Kubernetes knows no resource " + Quoted.cut(name) + " and rejects the object; "
                            + Nearest.to(name, STANDARD)
                                    .map(near -> "did you mean " + near + "?")
                                    .orElse("known are cpu, memory, ephemeral-storage and hugepages-SIZE"));
        }
        if (quantity(place).filter(found -> found.signum() < 0).isPresent()) {
            findings.error(place, OUT_OF_RANGE, written(place) + " is below 0; write 0 or more");
        }
    }

    /** Huge pages and resources of others cannot be promised twice, so both amounts are the same. */
    private void compare(Place request, Place limit) {
        Optional<BigDecimal> asked = quantity(request);
        Optional<BigDecimal> most = quantity(limit);
        if (asked.isEmpty() || most.isEmpty()) {
            return;
        }
        int order = asked.get().compareTo(most.get());
        boolean isExact = request.name().contains("/") || request.name().startsWith(HUGE);
        String limits = "the limit of " + Quoted.cut(request.name()) + ", which is " + written(limit);
        if (order > 0) {
            findings.error(
                    request,
                    OUT_OF_RANGE,
                    written(request) + " is above " + limits
                            + ", and Kubernetes rejects that; lower the request, or raise the limit");
        } else if (order < 0 && isExact) {
            findings.error(
                    request,
                    OUT_OF_RANGE,
                    written(request) + " is below " + limits
                            + ", and Kubernetes takes only the same amount in both; write " + written(limit));
        }
    }

    private static Optional<BigDecimal> quantity(Place place) {
        return At.value(place).flatMap(CanonicalQuantity::amount);
    }

    private static String written(Place place) {
        return Quoted.cut(At.value(place).map(Object::toString).orElse(""));
    }
}
