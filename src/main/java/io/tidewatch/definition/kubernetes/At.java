package io.tidewatch.definition.kubernetes;

import io.tidewatch.yaml.Node;
import io.tidewatch.yaml.Place;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads a manifest whose types are checked elsewhere: what has another type than expected is absent here, and null is absent too. */
final class At {

    private At() {}

    /** The value at a path of field names. */
    static Optional<Place> field(Place from, String... path) {
        Optional<Place> at = Optional.of(from);
        for (String name : path) {
            at = at.flatMap(place -> place.field(name)).filter(place -> !place.isNull());
        }
        return at;
    }

    static List<Place> items(Place from, String... path) {
        return field(from, path).map(Place::items).orElse(List.of());
    }

    static Optional<String> text(Place from, String... path) {
        return field(from, path).flatMap(Place::text);
    }

    static OptionalLong whole(Place from, String... path) {
        Optional<Object> value = field(from, path).flatMap(At::value);
        return value.filter(found -> found instanceof Integer || found instanceof Long)
                .map(found -> OptionalLong.of(((Number) found).longValue()))
                .orElse(OptionalLong.empty());
    }

    /** A text, a number or a truth value. */
    static Optional<Object> value(Place place) {
        return place.node() instanceof Node.Scalar scalar ? Optional.ofNullable(scalar.value()) : Optional.empty();
    }
}
