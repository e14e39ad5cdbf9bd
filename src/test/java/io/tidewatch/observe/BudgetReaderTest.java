package io.tidewatch.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.cluster.BudgetView;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class BudgetReaderTest {

    private static final Map<String, String> LABELS = Map.of("app", "checkout", "tier", "web");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            selector: {matchLabels: {app: checkout}}                                              | true
            selector: {matchLabels: {app: cart}}                                                  | false
            selector: {matchLabels: {app: checkout, tier: db}}                                    | false
            selector: {matchExpressions: [{key: app, operator: In, values: [cart, checkout]}]}    | true
            selector: {matchExpressions: [{key: app, operator: NotIn, values: [cart, checkout]}]} | false
            selector: {matchExpressions: [{key: tier, operator: Exists}]}                         | true
            selector: {matchExpressions: [{key: tier, operator: DoesNotExist}]}                   | false
            selector: {matchExpressions: [{key: tier, operator: Resembles}]}                      | true
            selector: {}                                                                          | true
            maxUnavailable: 1                                                                     | false
            """)
    void selectsPodsAsTheApiServerDoes(String spec, boolean selects) {
        assertThat(budget("{metadata: {namespace: shop, name: web}, spec: {" + spec + "}}")
                        .selects(LABELS))
                .isEqualTo(selects);
    }

    @Test
    void howManyPodsMayGoIsKnownOnceItsControllerHasCounted() {
        assertThat(budget("{status: {disruptionsAllowed: 2}}").allowed()).isEqualTo(OptionalInt.of(2));
        assertThat(budget("{status: {}}").allowed()).isEmpty();
    }

    private static BudgetView budget(String yaml) {
        return ObjectReader.budget(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml));
    }
}
