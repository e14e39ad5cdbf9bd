package io.tidewatch.definition.kubernetes;

import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.Place;
import io.tidewatch.yaml.Quoted;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The selector of a workload must select the pods of its own template. */
final class SelectorChecks {

    private static final String SELECTOR = "selector";

    private final Findings findings;

    SelectorChecks(Findings findings) {
        this.findings = findings;
    }

    void check(Place spec) {
        Optional<Place> selector = At.field(spec, SELECTOR);
        if (selector.isEmpty()) {
            return;
        }
        List<Place> labels =
                At.field(selector.get(), "matchLabels").map(Place::fields).orElse(List.of());
        List<Place> expressions = At.items(selector.get(), "matchExpressions");
        if (labels.isEmpty() && expressions.isEmpty()) {
            findings.error(
                    selector.get(),
                    "wrong-value",
                    "empty, and Kubernetes rejects that; write matchLabels with labels of the pod template");
            return;
        }
        Map<String, String> ofPods = new TreeMap<>();
        Place template = spec.at("template.metadata.labels");
        At.field(spec, "template", "metadata", "labels").map(Place::fields).orElse(List.of()).stream()
                .filter(label -> label.text().isPresent())
                .forEach(label -> ofPods.put(label.name(), label.text().orElse("")));
        labels.stream()
                .filter(label -> label.text().isPresent())
                .filter(label -> !label.text().equals(Optional.ofNullable(ofPods.get(label.name()))))
                .forEach(label ->
                        mismatch(template, label.name() + "=" + label.text().orElse("")));
        expressions.forEach(expression -> expression(expression, template, ofPods));
    }

    private void expression(Place expression, Place template, Map<String, String> ofPods) {
        Optional<String> key = At.text(expression, "key");
        String operator = At.text(expression, "operator").orElse("");
        List<String> values = At.items(expression, "values").stream()
                .flatMap(value -> value.text().stream())
                .toList();
        boolean needsValues = operator.equals("In") || operator.equals("NotIn");
        boolean takesNone = operator.equals("Exists") || operator.equals("DoesNotExist");
        if ((needsValues && values.isEmpty()) || (takesNone && !values.isEmpty())) {
            findings.error(
                    expression.at("values"),
                    "wrong-value",
                    operator + (takesNone ? " takes no values; leave them out" : " needs values; write at least one"));
            return;
        }
        Optional<String> value = key.map(ofPods::get);
        boolean isSelected = switch (operator) {
            case "In" -> value.filter(values::contains).isPresent();
            case "NotIn" -> value.filter(values::contains).isEmpty();
            case "Exists" -> value.isPresent();
            case "DoesNotExist" -> value.isEmpty();
            default -> true;
        };
        if (!isSelected && key.isPresent()) {
            mismatch(
                    template,
                    key.get() + " " + operator + (values.isEmpty() ? "" : " (" + String.join(", ", values) + ")"));
        }
    }

    private void mismatch(Place template, String wanted) {
        findings.error(
                template,
                "selector-mismatch",
                "spec.selector asks for " + Quoted.cut(wanted)
                        + ", and the labels of the pod template do not fit, so Kubernetes rejects the object; write the"
                        + " same labels in both");
    }
}
