package io.tidewatch.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules as Prometheus understands them: each fires for its series, and none in a night in which all is well. */
@Tag("tools")
class AlertRulesTest {

    private static final Path SERIES = Path.of("src/test/resources/chart/rules.test.yaml");

    @TempDir
    private Path folder;

    @Test
    void eachRuleFiresForItsSeriesAndNoneWhileAllIsWell() throws IOException {
        Tool promtool = Tool.assumed("promtool");
        Files.writeString(
                folder.resolve("rules.yaml"),
                Chart.objects("everything", "PrometheusRule")
                        .get(0)
                        .path("spec")
                        .toString());
        Files.copy(SERIES, folder.resolve("series.yaml"));

        Tool.Ran checked = promtool.run(
                List.of("check", "rules", folder.resolve("rules.yaml").toString()));
        Tool.Ran tested = promtool.run(
                List.of("test", "rules", folder.resolve("series.yaml").toString()));

        assertThat(checked.code()).as(checked.said()).isZero();
        assertThat(tested.code()).as(tested.said()).isZero();
    }

    @Test
    void eachRuleHasBoth() {
        Set<String> firing = new TreeSet<>();
        Set<String> quiet = new TreeSet<>();
        Chart.documents(SERIES)
                .get(0)
                .path("tests")
                .forEach(test -> test.path("alert_rule_test")
                        .forEach(asked -> (asked.has("exp_alerts") ? firing : quiet)
                                .add(asked.path("alertname").asText())));

        assertThat(firing).isEqualTo(names()).isEqualTo(quiet);
    }

    /** Nothing leads there, and that is right. */
    @Test
    void anObserverHasNoRuleAboutItsLeader() {
        Tool.Ran ran = Tool.assumed("helm")
                .run(Chart.template(
                        "default",
                        "--set",
                        "observe=true,monitoring.prometheusRule.enabled=true,monitoring.prometheusRule.runbooks=x"));

        assertThat(ran.code()).as(ran.said()).isZero();
        assertThat(ran.output()).contains("TidewatchEdgeOverdue").doesNotContain("TidewatchNoLeader");
    }

    private static Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (JsonNode rule :
                Chart.objects("everything", "PrometheusRule").get(0).at("/spec/groups/0/rules")) {
            names.add(rule.path("alert").asText());
        }
        return names;
    }
}
