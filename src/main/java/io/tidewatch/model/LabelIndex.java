package io.tidewatch.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds items by label, as a selector of Kubernetes does. It compares only the items with the rarest label of the selector.
 *
 * @param <T> the items with labels
 */
public final class LabelIndex<T> {

    private final Map<Label, List<Labelled<T>>> byLabel = new HashMap<>();
    private long compared;

    /** @param value of a label that is a text, as selectors ask for it */
    private record Label(String namespace, String key, Object value) {}

    private record Labelled<T>(Map<?, ?> labels, T what) {}

    /** @param labels as they are written; a value that is no text is never found */
    public void add(String namespace, Map<?, ?> labels, T what) {
        Labelled<T> labelled = new Labelled<>(labels, what);
        labels.forEach((key, value) -> byLabel.computeIfAbsent(
                        new Label(namespace, String.valueOf(key), value), label -> new ArrayList<>())
                .add(labelled));
    }

    /** The items with all of these labels, in the order of adding; none if no label is given. */
    public List<T> find(String namespace, Map<String, String> desired) {
        List<Labelled<T>> rarest = desired.entrySet().stream()
                .map(label -> byLabel.getOrDefault(
                        new Label(namespace, label.getKey(), label.getValue()), List.<Labelled<T>>of()))
                .min(Comparator.comparingInt(List::size))
                .orElse(List.of());
        compared += rarest.size();
        return rarest.stream()
                .filter(one -> one.labels().entrySet().containsAll(desired.entrySet()))
                .map(Labelled::what)
                .toList();
    }

    /** How many items were compared until now, as a measure of the work. */
    public long compared() {
        return compared;
    }
}
