package io.tidewatch.definition.kubernetes;

import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What must fit together in the spec of a HorizontalPodAutoscaler of autoscaling/v2. */
final class HpaChecks {

    /** The field that a metric of each type has. */
    private static final Map<String, String> SOURCES = Map.of(
            "ContainerResource", "containerResource",
            "External", "external",
            "Object", "object",
            "Pods", "pods",
            "Resource", "resource");

    private static final Set<String> WITHOUT_PODS = Set.of("External", "Object");
    private static final String VALUE = "value";
    private static final String AVERAGE = "averageValue";
    private static final String UTILIZATION = "averageUtilization";

    private final Findings findings;

    HpaChecks(Findings findings) {
        this.findings = findings;
    }

    void check(Place spec) {
        bounds(spec);
        target(spec);
        List<Place> metrics = At.items(spec, "metrics");
        boolean isWithoutPods = metrics.stream()
                .anyMatch(metric ->
                        At.text(metric, "type").filter(WITHOUT_PODS::contains).isPresent());
        if (At.whole(spec, "minReplicas").equals(OptionalLong.of(0)) && !isWithoutPods) {
            findings.error(
                    spec.at("minReplicas"),
                    "never-zero",
                    "0 needs a metric of type External or Object, and Kubernetes rejects it without one; write 1 or more,"
                            + " or add such a metric");
        }
        metrics.forEach(this::metric);
    }

    private void bounds(Place spec) {
        OptionalLong max = At.whole(spec, "maxReplicas");
        long min = At.whole(spec, "minReplicas").orElse(1);
        if (max.isPresent() && max.getAsLong() >= 1 && min > max.getAsLong()) {
            findings.error(
                    spec.at("minReplicas"),
                    "min-above-max",
                    "minReplicas " + min + " is above maxReplicas " + max.getAsLong()
                            + ", and Kubernetes rejects that; lower the one or raise the other");
        }
    }

    /** Only a ReplicationController is of the group without a name. */
    private void target(Place spec) {
        Optional<String> kind = At.text(spec, "scaleTargetRef", "kind");
        String version = At.text(spec, "scaleTargetRef", "apiVersion").orElse("");
        if (kind.isPresent() && !kind.get().equals("ReplicationController") && !version.contains("/")) {
            findings.error(
                    spec.at("scaleTargetRef.apiVersion"),
                    "wrong-target",
                    (version.isEmpty() ? "missing, so the" : "no group, so the")
                            + " HPA looks for a " + kind.get()
                            + " where there is none and scales nothing; write the apiVersion of what it scales, as apps/v1");
        }
    }

    private void metric(Place metric) {
        Optional<String> field = At.text(metric, "type").flatMap(type -> Optional.ofNullable(SOURCES.get(type)));
        if (field.isEmpty()) {
            return;
        }
        for (String other : SOURCES.values().stream().sorted().toList()) {
            if (!other.equals(field.get())) {
                At.field(metric, other)
                        .ifPresent(
                                place -> findings.error(
                                        place,
                                        "contradiction",
                                        "a metric of type "
                                                + At.text(metric, "type").orElse("") + " has the field " + field.get()
                                                + " alone, and Kubernetes rejects another; leave it out, or write another type"));
            }
        }
        Optional<Place> source = At.field(metric, field.get());
        if (source.isEmpty()) {
            findings.error(
                    metric.line(),
                    metric.pathOf(field.get()),
                    "missing-field",
                    "missing; a metric of type " + At.text(metric, "type").orElse("")
                            + " has this field, and Kubernetes" + " rejects it without");
        }
        source.flatMap(fields -> At.field(fields, "target")).ifPresent(target -> target(field.get(), target));
    }

    private void target(String source, Place target) {
        for (String amount : List.of(VALUE, AVERAGE)) {
            At.field(target, amount)
                    .filter(place -> At.value(place)
                            .flatMap(CanonicalQuantity::amount)
                            .filter(found -> found.signum() <= 0)
                            .isPresent())
                    .ifPresent(place -> findings.error(place, "out-of-range", "not above 0; write a larger amount"));
        }
        switch (source) {
            case "pods" -> oneOf(target, false, AVERAGE);
            case "object" -> oneOf(target, false, VALUE, AVERAGE);
            case "external" -> oneOf(target, true, VALUE, AVERAGE);
            default -> oneOf(target, true, UTILIZATION, AVERAGE);
        }
    }

    private void oneOf(Place target, boolean alone, String... names) {
        List<Place> written = List.of(names).stream()
                .flatMap(name -> At.field(target, name).stream())
                .toList();
        if (written.isEmpty()) {
            findings.error(
                    target.line(),
                    target.pathOf(names[0]),
                    "missing-field",
                    "missing; write " + String.join(" or ", names) + ", which this metric is compared with");
        } else if (alone && written.size() > 1) {
            findings.error(
                    written.get(1),
                    "contradiction",
                    String.join(" and ", names) + " are both written, and Kubernetes takes one; keep one of them");
        }
    }
}
