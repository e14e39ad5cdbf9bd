package io.tidewatch.observe;

import static io.tidewatch.observe.Fields.count;
import static io.tidewatch.observe.Fields.list;
import static io.tidewatch.observe.Fields.map;
import static io.tidewatch.observe.Fields.text;

import io.tidewatch.model.cluster.BudgetView;
import io.tidewatch.model.cluster.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads PodDisruptionBudgets. */
final class BudgetReader {

    private BudgetReader() {}

    static BudgetView budget(Map<String, Object> object) {
        Map<String, Object> spec = map(object, "spec");
        return new BudgetView(
                text(map(object, "metadata"), "namespace"),
                text(map(object, "metadata"), "name"),
                spec.get("selector") instanceof Map<?, ?>
                        ? Optional.of(new LabelSelector(selector(map(spec, "selector"))))
                        : Optional.empty(),
                count(map(object, "status"), "disruptionsAllowed"));
    }

    /** As kubectl takes it; without a requirement it selects every pod. */
    private static String selector(Map<String, Object> selector) {
        List<String> requirements = new ArrayList<>();
        new TreeMap<>(map(selector, "matchLabels")).forEach((key, value) -> requirements.add(key + "=" + value));
        list(selector, "matchExpressions").stream()
                .map(Fields::map)
                .map(BudgetReader::requirement)
                .forEach(requirements::add);
        return String.join(",", requirements);
    }

    private static String requirement(Map<String, Object> expression) {
        String key = text(expression, "key");
        String values =
                list(expression, "values").stream().map(String::valueOf).collect(Collectors.joining(",", "(", ")"));
        return switch (text(expression, "operator")) {
            case "In" -> key + " in " + values;
            case "NotIn" -> key + " notin " + values;
            case "Exists" -> key;
            case "DoesNotExist" -> "!" + key;
            default -> "=";
        };
    }
}
