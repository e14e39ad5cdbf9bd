package io.tidewatch.config;

import io.tidewatch.config.Findings.Place;
import java.io.StringReader;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/** The object at the top of a YAML file. */
final class YamlFile {

    static final String SYNTAX = "yaml-syntax";

    private YamlFile() {}

    /** Empty where the file says nothing, or cannot be read; the latter is said. */
    static Optional<Section> top(
            String file, String text, Set<String> known, Findings findings, Placeholders placeholders) {
        try {
            Node node = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (node == null || Tag.NULL.equals(node.getTag())) {
                return Optional.empty();
            }
            Place top = new Place(file, node.getStartMark().getLine() + 1, "");
            if (node instanceof MappingNode mapping) {
                return Optional.of(new Section(mapping, top, known, findings, placeholders));
            }
            findings.error(
                    top,
                    "wrong-type",
                    "the file must be an object with "
                            + String.join(", ", known.stream().sorted().toList()));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            findings.error(new Place(file, line, ""), SYNTAX, "this is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            findings.error(new Place(file, 1, ""), SYNTAX, "this is not YAML: " + firstLine(e));
        }
        return Optional.empty();
    }

    private static String firstLine(YAMLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
