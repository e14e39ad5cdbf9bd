package io.tidewatch.cluster;

import java.util.Map;
import java.util.Optional;

/**
 * Which objects of a kind are asked for, by the API server's own selectors.
 *
 * @param label only objects that carry it
 * @param fields only objects with these values
 * @param without none with these
 */
record Selection(Optional<String> label, Map<String, String> fields, Map<String, String> without) {

    static final Selection ALL = new Selection(Optional.empty(), Map.of(), Map.of());

    static Selection labelled(String label) {
        return new Selection(Optional.of(label), Map.of(), Map.of());
    }

    static Selection where(Map<String, String> fields, Map<String, String> without) {
        return new Selection(Optional.empty(), fields, without);
    }
}
