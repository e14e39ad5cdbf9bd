package io.tidewatch.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The plain values of a document: maps, lists and scalars, all unmodifiable. A null field is left out, for a server-side
 * apply of {@code creationTimestamp: null} fails with "field not declared in schema".
 */
public final class Content {

    private final Findings findings;

    public Content(Findings findings) {
        this.findings = findings;
    }

    public Map<String, Object> of(Place object) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Place field : object.fields()) {
            if (!field.isNull()) {
                map.put(field.name(), value(field));
            }
        }
        return Collections.unmodifiableMap(map);
    }

    private Object value(Place place) {
        if (place.node() instanceof Node.Mapping) {
            return of(place);
        }
        if (place.node() instanceof Node.Sequence) {
            List<Object> items = new ArrayList<>();
            for (Place item : place.items()) {
                if (item.isNull()) {
                    findings.error(
                            item, "empty-item", "a list item without a value; delete the dash or write the value");
                } else {
                    items.add(value(item));
                }
            }
            return Collections.unmodifiableList(items);
        }
        Object value = ((Node.Scalar) place.node()).value();
        if (value instanceof Double number && !Double.isFinite(number)) {
            findings.error(
                    place, "wrong-type", "the API server takes no infinite or undefined number; write a finite one");
        }
        return value == null ? "" : value;
    }
}
