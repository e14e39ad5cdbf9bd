package io.tidewatch.observe;

import static io.tidewatch.observe.Fields.list;
import static io.tidewatch.observe.Fields.map;
import static io.tidewatch.observe.Fields.text;

import io.tidewatch.model.cluster.LimitRangeView;
import io.tidewatch.model.cluster.LimitRangeView.Defaults;
import io.tidewatch.model.cluster.ResourceQuotaView;
import io.tidewatch.model.cluster.ResourceQuotaView.Scope;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads ResourceQuotas and LimitRanges. */
final class QuotaReader {

    private QuotaReader() {}

    static ResourceQuotaView quota(Map<String, Object> object) {
        Map<String, Object> spec = map(object, "spec");
        Map<String, BigDecimal> hard = Quantities.all(map(object, "status", "hard"));
        Map<String, BigDecimal> used = Quantities.all(map(object, "status", "used"));
        Set<String> unreadable = new TreeSet<>(map(spec, "hard").keySet());
        unreadable.removeIf(resource -> hard.containsKey(resource) && used.containsKey(resource));
        return new ResourceQuotaView(
                text(map(object, "metadata"), "namespace"),
                text(map(object, "metadata"), "name"),
                hard,
                used,
                Stream.concat(
                                list(spec, "scopes").stream()
                                        .map(name -> new Scope(String.valueOf(name), "Exists", List.of())),
                                list(map(spec, "scopeSelector"), "matchExpressions").stream()
                                        .map(Fields::map)
                                        .map(QuotaReader::scope))
                        .toList(),
                unreadable);
    }

    private static Scope scope(Map<String, Object> expression) {
        return new Scope(
                text(expression, "scopeName"),
                text(expression, "operator"),
                list(expression, "values").stream().map(String::valueOf).toList());
    }

    static LimitRangeView limitRange(Map<String, Object> object) {
        return new LimitRangeView(
                text(map(object, "metadata"), "namespace"),
                text(map(object, "metadata"), "name"),
                list(map(object, "spec"), "limits").stream()
                        .map(Fields::map)
                        .filter(item -> text(item, "type").equals("Container"))
                        .map(item -> new Defaults(
                                Quantities.all(map(item, "defaultRequest")), Quantities.all(map(item, "default"))))
                        .toList());
    }
}
