package io.tidewatch.cluster;

import java.util.Map;
import java.util.Optional;

/**
 * Which objects of a kind are asked for, by the API server's own selectors.
 *
 * @param label only objects that carry it
 * @param fields only objects with these values
 */
record Selection(Optional<String> label, Map<String, String> fields) {

    static final Selection ALL = new Selection(Optional.empty(), Map.of());

    static Selection labelled(String label) {
        return new Selection(Optional.of(label), Map.of());
    }

    static Selection where(Map<String, String> fields) {
        return new Selection(Optional.empty(), fields);
    }
}
