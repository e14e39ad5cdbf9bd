package io.tidewatch.definition.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.FurtherKind;
import io.tidewatch.yaml.Findings;
import io.tidewatch.yaml.NodeComposer;
import io.tidewatch.yaml.Place;
import io.tidewatch.yaml.UnreadableText;
import io.tidewatch.yaml.YamlText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Random manifests against a plain reading of the rules. The cases by hand stand in src/test/resources/definitions. */
class KubernetesChecksTest {

    private static final int ROUNDS = 400;
    private final Random random = new Random(20261130);

    /** Of two ports, variables or mounts with one key the second is a problem, and no other item is. */
    @Test
    void exactlyTheItemsWhoseKeyWasThereBefore() throws UnreadableText {
        for (int round = 0; round < ROUNDS; round++) {
            List<String> ports = new ArrayList<>();
            List<String> variables = new ArrayList<>();
            Set<String> keys = new HashSet<>();
            int repeated = 0;
            for (int i = 0; i < random.nextInt(8); i++) {
                int port = 8080 + random.nextInt(3);
                String protocol = List.of("", "TCP", "UDP").get(random.nextInt(3));
                ports.add("{containerPort: " + port + (protocol.isEmpty() ? "" : ", protocol: " + protocol) + "}");
                repeated += keys.add(port + (protocol.isEmpty() ? "TCP" : protocol)) ? 0 : 1;
            }
            for (int i = 0; i < random.nextInt(8); i++) {
                String name = "V" + random.nextInt(4);
                variables.add("{name: " + name + ", value: \"" + i + "\"}");
                repeated += keys.add(name) ? 0 : 1;
            }
            String container = "{name: app, image: a, ports: " + ports + ", env: " + variables + "}";

            assertThat(codes(deployment("{matchLabels: {a: b}}", Map.of("a", "b"), container)))
                    .as(container)
                    .hasSize(repeated)
                    .allMatch("duplicate-item"::equals);
        }
    }

    /** A selector of each operator over labels of the template. */
    @Test
    void aSelectorIsAProblemExactlyWhereItDoesNotSelectTheTemplate() throws UnreadableText {
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, String> labels = new TreeMap<>();
            for (String key : List.of("a", "b", "c")) {
                if (random.nextBoolean()) {
                    labels.put(key, "v" + random.nextInt(3));
                }
            }
            String key = List.of("a", "b", "c").get(random.nextInt(3));
            List<String> values = List.of("v" + random.nextInt(3), "v0");
            String operator = List.of("In", "NotIn", "Exists", "DoesNotExist").get(random.nextInt(4));
            boolean takesValues = operator.endsWith("In");
            String selector = "{matchExpressions: [{key: " + key + ", operator: " + operator
                    + (takesValues ? ", values: " + values : "") + "}]}";
            boolean isIn = labels.containsKey(key) && values.contains(labels.get(key));
            boolean isSelected =
                    takesValues ? isIn == operator.equals("In") : labels.containsKey(key) == operator.equals("Exists");

            assertThat(codes(deployment(selector, labels, "{name: app, image: a}")))
                    .as("%s of %s", selector, labels)
                    .isEqualTo(isSelected ? List.of() : List.of("selector-mismatch"));
        }
    }

    /** Amounts of memory in bytes, written with different units. */
    @Test
    void aRequestIsAProblemExactlyWhereItIsAboveItsLimit() throws UnreadableText {
        for (int round = 0; round < ROUNDS; round++) {
            long request = random.nextInt(4) + 1L;
            long limit = random.nextInt(4) + 1L;
            String container = "{name: app, image: a, resources: {requests: {memory: " + written(request)
                    + "}, limits: {memory: " + written(limit) + "}}}";

            assertThat(codes(deployment("{matchLabels: {a: b}}", Map.of("a", "b"), container)))
                    .as(container)
                    .isEqualTo(request > limit ? List.of("out-of-range") : List.of());
        }
    }

    /** So many Gi. */
    private String written(long gibi) {
        return switch (random.nextInt(4)) {
            case 0 -> gibi + "Gi";
            case 1 -> gibi * 1024 + "Mi";
            case 2 -> String.valueOf(gibi * 1024 * 1024 * 1024);
            default -> gibi * 1024 * 1024 + "Ki";
        };
    }

    private static String deployment(String selector, Map<String, String> labels, String container) {
        String written = labels.entrySet().stream()
                .map(label -> label.getKey() + ": " + label.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
        return "spec: {selector: " + selector + ", template: {metadata: {labels: " + written + "}, spec: {containers: ["
                + container + "]}}}";
    }

    private static List<String> codes(String text) throws UnreadableText {
        Findings findings = new Findings("a.yaml");
        Place document = Place.root(
                NodeComposer.documents(YamlText.parts(text).get(0)).get(0).root());
        KubernetesChecks.check(FurtherKind.DEPLOYMENT, document, findings);
        return findings.found().errors().stream().map(Problem::code).toList();
    }
}
