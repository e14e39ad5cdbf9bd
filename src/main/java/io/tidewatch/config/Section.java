package io.tidewatch.config;

import io.tidewatch.config.ConfigurationProblems.Place;
import io.tidewatch.model.definition.SecretText;
import io.tidewatch.yaml.Nearest;
import io.tidewatch.yaml.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An object in a YAML file, read field by field. A wrong field is reported and read as absent, so that one mistake hides no
 * other. Values stay as written: a tag {@code 1.10} is not the number 1.1.
 */
final class Section {

    private final Place place;
    private final Map<String, Node.Entry> entries = new LinkedHashMap<>();
    private final ConfigurationProblems problems;
    private final Placeholders placeholders;

    Section(
            Node.Mapping node,
            Place place,
            Set<String> known,
            ConfigurationProblems problems,
            Placeholders placeholders) {
        this.place = place;
        this.problems = problems;
        this.placeholders = placeholders;
        for (Node.Entry entry : node.entries()) {
            if (known.contains(entry.key())) {
                entries.put(entry.key(), entry);
            } else {
                problems.error(
                        new Place(place.file(), entry.line(), pathOf(entry.key())),
                        "unknown-field",
                        "unknown field; " + Nearest.field(entry.key(), sorted(known)));
            }
        }
    }

    /** The place of the field, or of the object if the field is absent. */
    Place at(String field) {
        Node.@Nullable Entry entry = entries.get(field);
        return new Place(place.file(), entry == null ? place.line() : entry.line(), pathOf(field));
    }

    Place place() {
        return place;
    }

    /** Whether the field has a value. */
    boolean has(String field) {
        return node(field).isPresent();
    }

    Optional<String> text(String field) {
        return node(field).flatMap(node -> scalar(node, at(field), "a text"));
    }

    Optional<String> required(String field, String expected) {
        if (!has(field)) {
            missing(field, expected);
        }
        Optional<String> text = text(field);
        if (text.isPresent() && text.get().isBlank()) {
            problems.error(at(field), "empty", field + " is empty; " + expected);
            return Optional.empty();
        }
        return text;
    }

    /** A required text; where it comes from a file, the file may change while Tidewatch runs. */
    Optional<SecretText> secret(String field, String expected) {
        return required(field, expected).map(now -> readAgain(field, now, text -> true));
    }

    /**
     * The value of a field that has been read. Where it comes from a file, the file may change while Tidewatch runs.
     *
     * @param usable what a later value must be
     */
    SecretText readAgain(String field, String now, Predicate<String> usable) {
        return node(field)
                .filter(Node.Scalar.class::isInstance)
                .map(node -> ((Node.Scalar) node).written())
                .map(written -> new Secret(at(field).path(), now, () -> placeholders.again(written), usable))
                .orElseGet(() -> Secret.of(now));
    }

    /** The text of a file that a field names; empty where it cannot be read. */
    Optional<String> file(String path) {
        return placeholders.file(path);
    }

    void missing(String field, String expected) {
        problems.error(at(field), "missing-field", field + " is missing; " + expected);
    }

    /** A text in a certain format. The message does not repeat the text, which may be a secret. */
    <T> Optional<T> parsed(String field, Function<String, Optional<T>> parser, String expected) {
        return text(field).flatMap(text -> {
            Optional<T> value = parser.apply(text);
            if (value.isEmpty()) {
                problems.error(at(field), "wrong-value", field + " must be " + expected);
            }
            return value;
        });
    }

    boolean flag(String field, boolean otherwise) {
        return parsed(field, Section::truth, "true or false").orElse(otherwise);
    }

    private static Optional<Boolean> truth(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        each(field, (node, here) -> scalar(node, here, "a text").ifPresent(texts::add));
        return texts;
    }

    /** A text of a list, and where it stands. */
    record PlacedText(String text, Place at) {}

    List<PlacedText> placedTexts(String field) {
        List<PlacedText> texts = new ArrayList<>();
        each(
                field,
                (node, here) -> scalar(node, here, "a text").ifPresent(text -> texts.add(new PlacedText(text, here))));
        return texts;
    }

    Optional<Section> section(String field, Set<String> known) {
        return node(field).flatMap(node -> section(node, at(field), known));
    }

    List<Section> sections(String field, Set<String> known) {
        List<Section> sections = new ArrayList<>();
        each(field, (node, here) -> section(node, here, known).ifPresent(sections::add));
        return sections;
    }

    private interface Item {
        void read(Node node, Place here);
    }

    private void each(String field, Item item) {
        Optional<Node> node = node(field);
        if (node.isEmpty()) {
            return;
        }
        if (!(node.get() instanceof Node.Sequence sequence)) {
            problems.error(at(field), "wrong-type", field + " must be a list");
            return;
        }
        int index = 0;
        for (Node value : sequence.items()) {
            item.read(value, new Place(place.file(), value.line(), pathOf(field) + "[" + index + "]"));
            index++;
        }
    }

    private Optional<Section> section(Node node, Place here, Set<String> known) {
        if (node instanceof Node.Mapping mapping) {
            return Optional.of(new Section(mapping, here, known, problems, placeholders));
        }
        problems.error(here, "wrong-type", here.path() + " must be an object with " + String.join(", ", sorted(known)));
        return Optional.empty();
    }

    private Optional<String> scalar(Node node, Place here, String expected) {
        if (node instanceof Node.Scalar scalar) {
            return placeholders.resolved(scalar.written(), here);
        }
        problems.error(here, "wrong-type", here.path() + " must be " + expected);
        return Optional.empty();
    }

    private Optional<Node> node(String field) {
        Node.@Nullable Entry entry = entries.get(field);
        return entry == null || Node.isNull(entry.value()) ? Optional.empty() : Optional.of(entry.value());
    }

    private String pathOf(String field) {
        return place.path().isEmpty() ? field : place.path() + "." + field;
    }

    /** Reports each name that an earlier section has. */
    static void distinct(List<Section> sections, ConfigurationProblems problems) {
        Set<String> seen = new HashSet<>();
        for (Section section : sections) {
            section.text("name")
                    .filter(name -> !seen.add(name))
                    .ifPresent(name -> problems.error(
                            section.at("name"),
                            "duplicate-name",
                            "the name " + name + " is used above; write another name"));
        }
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
