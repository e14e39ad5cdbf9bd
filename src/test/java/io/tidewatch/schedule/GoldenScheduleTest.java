package io.tidewatch.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.Edge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Each file under schedule/ is one fact, written by hand: what is given, the edges that must come of it, and what counts
 * at some instants. An edge reads {@code at, window or "baseline", minimum from -> to}; then, where they say something,
 * {@code max from -> to} and {@code acts at}.
 */
class GoldenScheduleTest {

    private static final Path FOLDER = Path.of("src/test/resources/schedule");

    static Stream<String> facts() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(".yaml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("facts")
    void edgesAreAsWritten(String file) throws IOException {
        Map<String, Object> fact = read(file);
        List<Edge> edges = Edges.between(
                given(fact),
                OffsetDateTime.parse(Written.text(fact, "from")).toInstant(),
                OffsetDateTime.parse(Written.text(fact, "to")).toInstant());
        ZoneId zone = zone(fact);
        assertThat(edges.stream().map(e -> text(e, zone)).toList())
                .containsExactlyElementsOf(((List<?>) fact.get("edges"))
                        .stream().map(Object::toString).toList());
    }

    @ParameterizedTest
    @MethodSource("facts")
    void instantsAreAsWritten(String file) throws IOException {
        Map<String, Object> fact = read(file);
        Definitions given = given(fact);
        Written.map(fact, "counts")
                .forEach((at, expected) -> assertThat(text(given, OffsetDateTime.parse(at)))
                        .as("%s at %s", file, at)
                        .isEqualTo(expected.toString()));
    }

    private static String text(Edge edge, ZoneId zone) {
        StringBuilder text = new StringBuilder(
                        edge.at().atZone(zone).toOffsetDateTime().toString())
                .append(", ")
                .append(edge.window().orElse("baseline"))
                .append(", ")
                .append(min(edge.change().before().bounds()))
                .append(" -> ")
                .append(min(edge.change().after().bounds()));
        if (!edge.change()
                .before()
                .bounds()
                .map(Bounds::max)
                .equals(edge.change().after().bounds().map(Bounds::max))) {
            text.append(", max ")
                    .append(max(edge.change().before().bounds()))
                    .append(" -> ")
                    .append(max(edge.change().after().bounds()));
        }
        if (!edge.at().equals(edge.actsAt())) {
            text.append(", acts ").append(edge.actsAt().atZone(zone).toOffsetDateTime());
        }
        return text.toString();
    }

    private static String text(Definitions given, OffsetDateTime at) {
        Map<Target, DesiredBounds> all = DesiredStates.at(given, at.toInstant()).desired();
        StringBuilder text = new StringBuilder();
        all.forEach((target, desired) -> text.append(all.size() > 1 ? target + " " : "")
                .append(desired.window()
                        .map(w -> w.name() + (w.leading() ? " leading" : ""))
                        .orElse("baseline"))
                .append(' ')
                .append(desired.bounds().min())
                .append("..")
                .append(desired.bounds().max())
                .append("; "));
        return text.length() == 0 ? "nothing" : text.substring(0, text.length() - 2);
    }

    private static String min(Optional<Bounds> bounds) {
        return bounds.map(b -> Integer.toString(b.min())).orElse("unknown");
    }

    private static String max(Optional<Bounds> bounds) {
        return bounds.map(b -> Integer.toString(b.max())).orElse("unknown");
    }

    private static ZoneId zone(Map<String, Object> fact) {
        return Written.list(fact, "given").stream()
                .filter(d -> d.get("kind").equals("ScaleSchedule"))
                .map(d -> ZoneId.of(Written.text(Written.map(d, "spec"), "timeZone")))
                .findFirst()
                .orElseThrow();
    }

    private static Definitions given(Map<String, Object> fact) {
        return Written.definitions(Written.list(fact, "given"));
    }

    private static Map<String, Object> read(String file) throws IOException {
        // Dates stay text: YAML 1.1 would make instants of them.
        Resolver resolver = new Resolver() {
            @Override
            public void addImplicitResolver(
                    org.yaml.snakeyaml.nodes.Tag tag, java.util.regex.Pattern regexp, String first, int limit) {
                if (!tag.equals(org.yaml.snakeyaml.nodes.Tag.TIMESTAMP)) {
                    super.addImplicitResolver(tag, regexp, first, limit);
                }
            }
        };
        LoaderOptions options = new LoaderOptions();
        DumperOptions dumper = new DumperOptions();
        Yaml yaml = new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options, resolver);
        return yaml.load(Files.readString(FOLDER.resolve(file)));
    }
}
