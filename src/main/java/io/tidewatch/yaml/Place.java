package io.tidewatch.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A value and its place in the file.
 *
 * @param path as {@code spec.windows[0].start}; empty for the document itself
 * @param name the last key of the path; empty for the document itself and for items of a list
 * @param line of the key of an object or list, of the value of a scalar, for problems; 1-based
 */
public record Place(String path, String name, int line, Node node) {

    /** In characters; the longest path of a Kubernetes object in use has some hundred. */
    private static final int LONGEST_PATH = 500;

    public static Place root(Node node) {
        return new Place("", "", node.line(), node);
    }

    /** A field, present even if its value is null; absent also if this is no object. */
    public Optional<Place> field(String name) {
        if (!(node instanceof Node.Mapping mapping)) {
            return Optional.empty();
        }
        return mapping.entry(name).map(this::child);
    }

    public List<Place> fields() {
        return node instanceof Node.Mapping mapping
                ? mapping.entries().stream().map(this::child).toList()
                : List.of();
    }

    public List<Place> items() {
        if (!(node instanceof Node.Sequence sequence)) {
            return List.of();
        }
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            Node item = sequence.items().get(i);
            places.add(new Place(itemPath(path, i), "", item.line(), item));
        }
        return places;
    }

    /**
     * The place of a dotted path with indices. Where the document ends earlier, the line and value of the deepest place that
     * exists, under the whole path.
     */
    public Place at(String wholePath) {
        Place place = this;
        for (String step : wholePath.replace("[", ".[").split("\\.", -1)) {
            Optional<Place> next = step.startsWith("[") ? place.item(step) : place.field(step);
            if (next.isEmpty()) {
                return new Place(path.isEmpty() ? wholePath : path + "." + wholePath, "", place.line, place.node);
            }
            place = next.get();
        }
        return place;
    }

    /** The value where it is text; absent where it is a number, a boolean, null or no scalar. */
    public Optional<String> text() {
        return node instanceof Node.Scalar scalar && scalar.value() instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }

    public boolean isNull() {
        return Node.isNull(node);
    }

    /** The path of a field, bounded in length: long keys and long paths are cut. */
    public String pathOf(String name) {
        if (path.length() > LONGEST_PATH) {
            return path;
        }
        String key = Quoted.cut(name);
        if (key.contains(".")) {
            return path + "[\"" + key + "\"]";
        }
        return path.isEmpty() ? key : path + "." + key;
    }

    static String itemPath(String path, int index) {
        return path.length() > LONGEST_PATH ? path : path + "[" + index + "]";
    }

    private Optional<Place> item(String step) {
        int index = Integer.parseInt(step.substring(1, step.length() - 1));
        List<Place> items = items();
        return index < items.size() ? Optional.of(items.get(index)) : Optional.empty();
    }

    private Place child(Node.Entry entry) {
        boolean scalar = entry.value() instanceof Node.Scalar;
        return new Place(
                pathOf(entry.key()), entry.key(), scalar ? entry.value().line() : entry.line(), entry.value());
    }
}
