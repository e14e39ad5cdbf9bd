package io.tidewatch.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Predicate;

/** The label selector and the field selector of a request, combined. */
final class Selection {

    private Selection() {}

    static Predicate<JsonNode> of(ResourceType type, Query query) {
        Predicate<JsonNode> labels =
                query.get("labelSelector").map(LabelSelector::parse).orElse(object -> true);
        Predicate<JsonNode> fields = query.get("fieldSelector")
                .map(text -> FieldSelector.parse(type, text))
                .orElse(object -> true);
        return labels.and(fields);
    }
}
