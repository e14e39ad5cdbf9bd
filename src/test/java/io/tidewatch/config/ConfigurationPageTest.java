package io.tidewatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Problem;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The reference says what the readers accept, both ways: keys, fields, defaults and examples. */
class ConfigurationPageTest {

    private static final String PAGE = text("docs/configuration.md");
    private static final String SOURCE = "sources: [{name: shop, url: 'https://git.example.com/a.git', ref: main%s}]";
    private static final Set<String> NEEDS_NO_DEFAULT = Set.of("none", "required", "all of it", "the JVM's", "all");

    /** What the page's examples refer to. */
    private final Map<String, String> environment =
            new HashMap<>(Map.of("SLACK_WEBHOOK", "https://hooks.slack.com/services/T/B/x"));

    @Test
    void everyKeyHasARowAndEveryRowIsAKey() {
        assertThat(rows("## application.properties").keySet())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(SettingsReader.KEYS.stream(), Stream.of("camel.…"))
                        .toList());
    }

    @Test
    void everyDefaultOfAKeyIsTheDefault() {
        Configuration without = configuration("");
        rows("## application.properties").forEach((key, otherwise) -> {
            if (SettingsReader.KEYS.contains(key) && !otherwise.equals("none")) {
                assertThat(configuration(key + " = " + otherwise.replace("`", "")))
                        .as(key)
                        .isEqualTo(without);
            }
        });
    }

    @Test
    void everyFieldOfASourceHasARowOrIsNamedAsNotThereYet() {
        Set<String> fields = rows("## sources.yaml").keySet();
        Set<String> later = new TreeSet<>(SourcesReader.FIELDS);
        later.removeAll(fields);

        assertThat(SourcesReader.FIELDS).containsAll(fields);
        assertThat(later).containsExactly("prune", "pruneLimit");
        assertThat(quoted(section("## Not yet"))).contains("prune: true", "pruneLimit");
        assertThat(section("## sources.yaml"))
                .contains("`{username, password}` for http(s)", "`{username, password}` at");
        assertThat(section("## sources.yaml")).contains("`{branch, at, timeZone, auth}`");
        assertThat(ReportsReader.FIELDS).containsExactlyInAnyOrder("branch", "at", "timeZone", "auth");
        assertThat(ReachReader.PROXY_AUTH).containsExactlyInAnyOrder("username", "password");
        assertThat(ReachReader.AUTH).containsExactlyInAnyOrder("username", "password", "sshKey", "knownHosts");
        assertThat(quoted(section("## Not yet"))).contains("sshKey", "knownHosts");
    }

    @Test
    void everyDefaultOfASourceIsTheDefault() {
        Object without = sources("");
        rows("## sources.yaml").forEach((field, otherwise) -> {
            if (otherwise.startsWith("`")) {
                assertThat(sources(", " + field + ": " + otherwise.replace("`", "")))
                        .as(field)
                        .isEqualTo(without);
            } else {
                assertThat(NEEDS_NO_DEFAULT).as(field).contains(otherwise);
            }
        });
    }

    @Test
    void everyFieldOfAlertsHasARowOrIsNamedAsNotThereYet() {
        String alerts = section("## alerts.yaml");
        assertThat(rows(alerts, "| field |").keySet()).isEqualTo(AlertsReader.FIELDS);
        assertThat(rows(alerts, "| field of a route |").keySet()).isEqualTo(AlertsReader.ROUTE_FIELDS);
        assertThat(rows(alerts, "| field of the digest |").keySet()).isEqualTo(AlertsReader.DIGEST_FIELDS);
        Set<String> receivers = rows(alerts, "| field of a receiver |").keySet();
        Set<String> later = new TreeSet<>(ReceiverReader.FIELDS);
        later.removeAll(receivers);
        assertThat(ReceiverReader.FIELDS).containsAll(receivers);
        assertThat(quoted(section("## Not yet"))).containsAll(later);
        String smtp = alerts.lines()
                .filter(line -> line.startsWith("| `smtp`"))
                .findFirst()
                .orElseThrow();
        assertThat(List.of(smtp.replaceFirst(".*`\\{(.*)}`.*", "$1").split(", ")))
                .containsExactlyInAnyOrderElementsOf(ReceiverReader.SMTP_FIELDS);
    }

    @Test
    void theExamplesAreRight() {
        ConfigurationResult read = read(examples());

        assertThat(read.problems()).extracting(Problem::message).isEmpty();
        assertThat(read).isInstanceOf(ConfigurationResult.Accepted.class);
    }

    /** Each value of the examples by itself, so that none is read by a way of its own. */
    @Test
    void aPlaceholderWorksInEveryValue() {
        ConfigurationResult written = read(examples());
        for (String file : List.of("sources.yaml", "alerts.yaml")) {
            Map<String, String> files = new LinkedHashMap<>(examples());
            files.put(file, referring(files.get(file)));

            assertThat(read(files)).as(file).isEqualTo(written);
        }
    }

    @Test
    void aPlaceholderWorksInEveryKey() {
        rows("## application.properties").forEach((key, otherwise) -> {
            if (SettingsReader.KEYS.contains(key) && !otherwise.equals("none")) {
                environment.put("VALUE", otherwise.replace("`", ""));
                assertThat(configuration(key + " = ${env:VALUE}")).as(key).isEqualTo(configuration(""));
            }
        });
    }

    /** A name may come from the environment, and two may turn out alike. */
    @Test
    void twoNamesThatTurnOutAlikeAreReportedAndMissingValuesOnce() {
        environment.put("A", "shop");
        String two = "sources:\n  - {name: shop, url: 'file:///a', ref: main}\n"
                + "  - {name: '${env:A}', url: 'file:///b', ref: main}\n";
        String missing = "receivers:\n  - {name: '${env:NOWHERE}', type: slack, webhookUrl: 'https://x.example.com'}\n";

        assertThat(read(Map.of("sources.yaml", two, "alerts.yaml", missing)).problems())
                .filteredOn(Problem::isError)
                .extracting(Problem::file, Problem::line, Problem::message)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "alerts.yaml", 2, "the environment has no variable NOWHERE"),
                        org.assertj.core.groups.Tuple.tuple(
                                "sources.yaml", 3, "the name shop is used above; write another name"));
    }

    private Configuration configuration(String properties) {
        ConfigurationResult read = read(Map.of("application.properties", properties));
        assertThat(read.problems()).as(properties).noneMatch(Problem::isError);
        return ((ConfigurationResult.Accepted) read).configuration();
    }

    private List<SourceConfig> sources(String field) {
        ConfigurationResult read = read(Map.of("sources.yaml", SOURCE.formatted(field)));
        assertThat(read.problems()).as(field).noneMatch(Problem::isError);
        return ((ConfigurationResult.Accepted) read).configuration().sources();
    }

    private ConfigurationResult read(Map<String, String> files) {
        return ConfigurationReader.read(files, environment, path -> Optional.of("of " + path));
    }

    private static Map<String, String> examples() {
        Map<String, String> examples = new LinkedHashMap<>();
        for (String file : List.of("sources.yaml", "alerts.yaml")) {
            examples.put(file, section("## " + file).replaceFirst("(?s).*?```yaml\n(.*?)```.*", "$1"));
        }
        return examples;
    }

    /** The same with each value taken from the environment; values that refer already stay as they are. */
    private String referring(String yaml) {
        Node top = new Yaml().compose(new StringReader(yaml));
        StringWriter text = new StringWriter();
        new Yaml().serialize(referring(top), text);
        return text.toString();
    }

    private Node referring(Node node) {
        if (node instanceof MappingNode mapping) {
            mapping.setValue(mapping.getValue().stream()
                    .map(one -> new NodeTuple(one.getKeyNode(), referring(one.getValueNode())))
                    .toList());
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().replaceAll(this::referring);
        } else if (node instanceof ScalarNode scalar && !scalar.getValue().contains("${")) {
            String name = "VALUE_" + environment.size();
            environment.put(name, scalar.getValue());
            return new ScalarNode(Tag.STR, "${env:" + name + "}", null, null, DumperOptions.ScalarStyle.DOUBLE_QUOTED);
        }
        return node;
    }

    /** First column, without its quotes → second column. */
    private static Map<String, String> rows(String heading) {
        return rows(section(heading), "");
    }

    private static Map<String, String> rows(String text, String header) {
        Map<String, String> rows = new LinkedHashMap<>();
        boolean inside = header.isEmpty();
        for (String line : text.lines().toList()) {
            inside = header.isEmpty() || (line.startsWith("|") && (inside || line.startsWith(header)));
            if (inside && line.startsWith("| `")) {
                String[] columns = line.split(" \\| ", 3);
                rows.put(columns[0].replaceAll("[|` ]", ""), columns[1].strip());
            }
        }
        return rows;
    }

    private static Set<String> quoted(String text) {
        return Pattern.compile("`([^`]+)`")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .map(word -> word.replace("`", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String section(String heading) {
        int begin = PAGE.indexOf(heading + "\n");
        assertThat(begin).as(heading).isNotNegative();
        int end = PAGE.indexOf("\n## ", begin + 1);
        return PAGE.substring(begin, end < 0 ? PAGE.length() : end);
    }

    private static String text(String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
