package io.tidewatch.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The chart, and its renderings that are kept as files. */
public final class Chart {

    static final Path FOLDER = Path.of("deploy/helm/tidewatch");
    static final List<String> RENDERINGS = List.of("default", "namespaced", "replicas", "everything");
    static final ObjectMapper JSON = new ObjectMapper();

    private static final Path KEPT = Path.of("src/test/resources/chart");

    private Chart() {}

    /** What was rendered from {@link #values}. */
    static Path kept(String rendering) {
        return KEPT.resolve(rendering + ".yaml");
    }

    static Path values(String rendering) {
        return KEPT.resolve(rendering + ".values.yaml");
    }

    /** The values of the version before, for the same rendering. */
    static Path valuesBefore(String rendering) {
        return KEPT.resolve("before").resolve(rendering + ".values.yaml");
    }

    static List<String> template(String rendering, String... more) {
        return template(values(rendering), more);
    }

    static List<String> template(Path values, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "template",
                "tidewatch",
                FOLDER.toString(),
                "--namespace",
                "tidewatch",
                "--kube-version",
                "1.34.0",
                "--values",
                values.toString()));
        arguments.addAll(List.of(more));
        return arguments;
    }

    /** The objects of a rendering that is kept. */
    public static List<JsonNode> objects(String rendering) {
        return documents(kept(rendering));
    }

    static List<JsonNode> documents(Path file) {
        try {
            List<JsonNode> documents = new ArrayList<>();
            for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(Files.readString(file))) {
                documents.add(JSON.valueToTree(document));
            }
            return documents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The objects of a kind. */
    static List<JsonNode> objects(String rendering, String kind) {
        return objects(rendering).stream()
                .filter(object -> object.at("/kind").asText().equals(kind))
                .toList();
    }
}
