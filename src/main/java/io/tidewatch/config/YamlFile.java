package io.tidewatch.config;

import io.tidewatch.config.ConfigurationProblems.Place;
import io.tidewatch.yaml.Node;
import io.tidewatch.yaml.NodeComposer;
import io.tidewatch.yaml.UnreadableText;
import io.tidewatch.yaml.YamlText;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the object at the top of a YAML file, as strictly as definitions are read. */
final class YamlFile {

    static final String SYNTAX = "yaml-syntax";

    private YamlFile() {}

    /** Empty where the file is empty, and where it cannot be read, which is reported. */
    static Optional<Section> top(
            String file, String text, Set<String> known, ConfigurationProblems problems, Placeholders placeholders) {
        try {
            List<NodeComposer.Document> documents = NodeComposer.documents(new YamlText.Part(1, text));
            if (documents.size() > 1) {
                int second = documents.get(1).root().line();
                problems.error(new Place(file, second, ""), SYNTAX, "the file has several documents; keep one of them");
            } else if (!documents.isEmpty()) {
                return top(documents.get(0), file, known, problems, placeholders);
            }
        } catch (UnreadableText e) {
            problems.error(new Place(file, e.line(), ""), SYNTAX, e.words());
        }
        return Optional.empty();
    }

    private static Optional<Section> top(
            NodeComposer.Document document,
            String file,
            Set<String> known,
            ConfigurationProblems problems,
            Placeholders placeholders) {
        for (NodeComposer.Duplicate twice : document.duplicates()) {
            problems.error(
                    new Place(file, twice.line(), twice.path()),
                    "duplicate-key",
                    twice.key() + " is written twice; the first is on line " + twice.firstLine());
        }
        Place top = new Place(file, document.root().line(), "");
        if (document.root() instanceof Node.Mapping mapping) {
            return Optional.of(new Section(mapping, top, known, problems, placeholders));
        }
        if (!Node.isNull(document.root())) {
            problems.error(
                    top,
                    "wrong-type",
                    "the file must be an object with "
                            + String.join(", ", known.stream().sorted().toList()));
        }
        return Optional.empty();
    }
}
