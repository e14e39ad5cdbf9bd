package io.tidewatch.cluster.watch;

import java.util.Map;
import java.util.Optional;

/**
 * Which objects of a kind are requested, by the API server's own selectors.
 *
 * @param label only objects whose labels fit this selector: {@code key} or {@code key in (a,b)}
 * @param fields only objects with these values
 * @param without no objects with these values
 * @param limit how many objects a list has at most; 0: all
 */
record Selection(Optional<String> label, Map<String, String> fields, Map<String, String> without, long limit) {

    static final Selection ALL = new Selection(Optional.empty(), Map.of(), Map.of(), 0);

    static Selection labelled(String label) {
        return new Selection(Optional.of(label), Map.of(), Map.of(), 0);
    }

    static Selection where(Map<String, String> fields, Map<String, String> without) {
        return new Selection(Optional.empty(), fields, without, 0);
    }

    /** The same, of which a list has no more than so many. What changes later arrives all the same. */
    Selection atMost(long objects) {
        return new Selection(label, fields, without, objects);
    }
}
