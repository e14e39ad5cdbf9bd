package io.tidewatch.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** The metrics of an HPA beside their targets. */
class MetricsReaderTest {

    @ParameterizedTest
    @CsvSource({
        "0.05, 0.05",
        "50m, 0.05",
        "1, 1",
        "1k, 1000",
        "2Ki, 2048",
        "1.5e3, 1500",
        "2E, 2e18",
        "-1, -1",
        "250u, 0.00025"
    })
    void aQuantityIsReadAsItsNumber(String text, double number) {
        assertThat(Quantities.read(Map.of("it", text), "it").orElseThrow())
                .isCloseTo(number, within(1e-9 * Math.abs(number)));
    }

    @ParameterizedTest
    @CsvSource({"much", "1kk", "''", "1e1000", "0x1"})
    void whatIsNoQuantityIsAbsent(String text) {
        assertThat(Quantities.read(Map.of("it", text), "it")).isEmpty();
    }

    @Test
    void theHighestMetricDecides() {
        String resource =
                "{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}}";
        String external =
                "{type: External, external: {metric: {name: a}, target: {type: AverageValue, averageValue: '10'}}}";
        String cpu = "{type: Resource, resource: {name: cpu, current: {averageUtilization: 42, averageValue: 100m}}}";
        String queue = "{type: External, external: {metric: {name: a}, current: {averageValue: 4500m}}}";

        assertThat(usage(List.of(resource, external), List.of(cpu, queue)).orElseThrow())
                .isEqualTo(0.7, within(1e-9));
        assertThat(usage(List.of(external), List.of(queue)).orElseThrow()).isEqualTo(0.45, within(1e-9));
    }

    /** An HPA with a metric that it cannot read does not scale down. */
    @Test
    void aMetricWithoutACurrentValueLeavesAllOfThemOpen() {
        String external = "{type: External, external: {target: {type: Value, value: '10'}}}";

        assertThat(usage(List.of(external), List.of())).isEmpty();
        assertThat(usage(List.of(external), List.of("{type: ''}"))).isEmpty();
        assertThat(usage(List.of(external), List.of("{type: External, external: {current: {value: some}}}")))
                .isEmpty();
        assertThat(usage(List.of(), List.of())).isEmpty();
    }

    private static OptionalDouble usage(List<String> targets, List<String> currents) {
        return MetricsReader.usage(Map.of("metrics", read(targets)), Map.of("currentMetrics", read(currents)));
    }

    private static List<Object> read(List<String> texts) {
        return texts.stream().map(text -> (Object) new Yaml().load(text)).toList();
    }
}
