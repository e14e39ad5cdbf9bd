package io.tidewatch.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.metrics.Build;
import io.tidewatch.metrics.Metrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each query of the rules and of the dashboard against docs/metrics.txt: a renamed metric or label breaks no alert unnoticed. */
class QueriesTest {

    /** What Prometheus and the ServiceMonitor add. */
    private static final Set<String> OF_THE_SCRAPE = Set.of("job", "namespace");

    private static final Pattern LABEL = Pattern.compile("\\{\\{\\s*\\$labels\\.(\\w+)");
    private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");

    /** @param said what is shown beside the result, with names of labels in it */
    private record Asked(String where, String text, Pattern label, String said) {}

    private final Map<String, Set<String>> known = metrics();

    @Test
    void eachMetricAndLabelIsInTheFile() {
        List<Asked> all = asked();

        assertThat(all).hasSizeGreaterThan(30);
        for (Asked asked : all) {
            Query query = Query.of(asked.text());
            assertThat(query.selectors()).as(asked.where()).isNotEmpty();
            Set<String> labels = new TreeSet<>(OF_THE_SCRAPE);
            for (Query.Selector selector : query.selectors()) {
                assertThat(known).as(asked.where()).containsKey(selector.metric());
                labels.addAll(known.get(selector.metric()));
                assertThat(selector.labels())
                        .as("%s, %s", asked.where(), selector.metric())
                        .contains("job")
                        .isSubsetOf(union(known.get(selector.metric()), OF_THE_SCRAPE));
            }
            assertThat(query.kept()).as(asked.where()).isSubsetOf(labels);
            assertThat(asked.label()
                            .matcher(asked.said())
                            .results()
                            .map(found -> found.group(1))
                            .toList())
                    .as(asked.where())
                    .isSubsetOf(query.kept());
        }
    }

    /** Counters begin at 0 with every word that there can be. */
    @Test
    void eachWordThatIsComparedWithIsOneThatIsCounted() {
        String scrape =
                new String(new Metrics(Build.of("0", "0"), List.of("chat"), false).scrape(), StandardCharsets.UTF_8);
        Set<String> compared = new TreeSet<>();
        for (Asked asked : asked()) {
            for (Query.Selector selector : Query.of(asked.text()).selectors()) {
                for (String matcher : selector.matchers()) {
                    String label = matcher.substring(0, matcher.indexOf('='));
                    String value = matcher.substring(matcher.indexOf('=') + 1);
                    if (!OF_THE_SCRAPE.contains(label)) {
                        assertThat(scrape.lines())
                                .as("%s: %s", selector.metric(), matcher)
                                .anyMatch(line -> line.startsWith(selector.metric() + "{")
                                        && line.contains(label + "=\"" + value + "\""));
                        compared.add(matcher);
                    }
                }
            }
        }
        assertThat(compared)
                .contains("verdict=late", "verdict=failed", "verdict=superseded", "outcome=conflicted", "direction=up");
    }

    @Test
    void eachMetricOfTheFileIsOnTheDashboardOrInARule() {
        Set<String> used = new TreeSet<>();
        asked().forEach(asked ->
                Query.of(asked.text()).selectors().forEach(selector -> used.add(family(selector.metric()))));
        Set<String> families = new TreeSet<>();
        known.keySet().forEach(metric -> families.add(family(metric)));
        families.removeAll(used);

        assertThat(families).as("is for rules of other people").containsExactly("tidewatch_window_open");
    }

    @Test
    void eachRuleLinksToAHeadingWithARunbook() throws IOException {
        String page = Files.readString(Path.of("docs/operations.md"));
        for (JsonNode rule : rules()) {
            String name = rule.path("alert").asText();
            assertThat(rule.at("/annotations/runbook_url").asText())
                    .isEqualTo("https://docs.example.com/tidewatch/operations.html#" + name.toLowerCase(Locale.ROOT));
            assertThat(page).contains("\n### " + name + "\n");
            assertThat(rule.at("/annotations/summary").asText()).isNotEmpty();
            assertThat(rule.at("/annotations/description").asText()).endsWith(".");
            assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning", "none");
        }
    }

    private static List<Asked> asked() {
        List<Asked> all = new ArrayList<>();
        for (JsonNode rule : rules()) {
            all.add(new Asked(
                    rule.path("alert").asText(),
                    rule.path("expr").asText(),
                    LABEL,
                    rule.path("annotations").toString()));
        }
        for (JsonNode panel : dashboard().path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                all.add(new Asked(
                        panel.path("title").asText(),
                        target.path("expr").asText(),
                        LEGEND,
                        target.path("legendFormat").asText()));
            }
        }
        return all;
    }

    private static JsonNode rules() {
        return Chart.objects("everything", "PrometheusRule").get(0).at("/spec/groups/0/rules");
    }

    private static JsonNode dashboard() {
        String text = Chart.objects("everything", "ConfigMap").stream()
                .map(map -> map.path("data").path("tidewatch.json").asText())
                .filter(json -> !json.isEmpty())
                .findFirst()
                .orElseThrow();
        try {
            return Chart.JSON.readTree(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The series of docs/metrics.txt with their labels. */
    private static Map<String, Set<String>> metrics() {
        Map<String, Set<String>> metrics = new TreeMap<>();
        metrics.put("up", Set.of());
        try {
            for (String line : Files.readAllLines(Path.of("docs/metrics.txt"))) {
                if (!line.startsWith(" ")) {
                    String[] words = line.split(" ");
                    Set<String> labels = words.length > 2 ? Set.of(words[2].split(",")) : Set.of();
                    if (words[1].equals("histogram")) {
                        metrics.put(words[0] + "_bucket", union(labels, Set.of("le")));
                        metrics.put(words[0] + "_count", labels);
                        metrics.put(words[0] + "_sum", labels);
                    } else {
                        metrics.put(words[0], labels);
                    }
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return metrics;
    }

    private static String family(String metric) {
        return metric.replaceFirst("_(bucket|count|sum)$", "");
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }
}
