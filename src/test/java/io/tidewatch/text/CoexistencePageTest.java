package io.tidewatch.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.AutoscalerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The rule that is printed in a conflict and the one that the page shows are one rule. */
class CoexistencePageTest {

    private static final List<String> FIELDS = List.of(".spec.minReplicaCount", ".spec.maxReplicaCount");

    @Test
    void argoCd() throws IOException {
        Map<?, ?> page = onPage("ignoreDifferences");
        String rule = Coexistence.boundsRule("argocd-controller", AutoscalerKind.SCALED_OBJECT, FIELDS);
        String[] parts =
                rule.replaceFirst("^in the Argo CD Application write ", "").split(" and ", 2);

        assertThat(yaml(parts[0])).isEqualTo(Map.of("ignoreDifferences", page.get("ignoreDifferences")));
        assertThat(yaml(parts[1])).isEqualTo(page.get("syncPolicy"));
    }

    @Test
    void flux() throws IOException {
        String rule = Coexistence.boundsRule("kustomize-controller", AutoscalerKind.SCALED_OBJECT, FIELDS);

        assertThat(yaml(rule.replaceFirst(".*write spec\\.", ""))).isEqualTo(onPage("ignore"));
    }

    @Test
    void argoCdAndReplicas() throws IOException {
        Map<?, ?> page = onPage("ignoreDifferences", 1);
        String[] parts = replicasRule("argocd-controller")
                .replaceFirst("^in the Argo CD Application write ", "")
                .split(" and ", 2);

        assertThat(yaml(parts[0])).isEqualTo(Map.of("ignoreDifferences", page.get("ignoreDifferences")));
        assertThat(yaml(parts[1])).isEqualTo(page.get("syncPolicy"));
    }

    @Test
    void fluxAndReplicas() throws IOException {
        String rule = replicasRule("kustomize-controller");

        assertThat(yaml(rule.replaceFirst(".*write spec\\.", ""))).isEqualTo(onPage("ignore", 1));
    }

    /** A tool that still owns the field would delete it. */
    private static String replicasRule(String manager) {
        String rule = Coexistence.replicasRule(Optional.of(manager), "Rollout", "argoproj.io");
        assertThat(rule).endsWith(", then leave replicas out of the manifest in Git");
        return rule.replaceFirst(", then .*$", "");
    }

    private static Map<?, ?> onPage(String field) throws IOException {
        return onPage(field, 0);
    }

    /** The spec of an example that has this field. */
    private static Map<?, ?> onPage(String field, int before) throws IOException {
        return Pattern.compile("(?s)```yaml\n(.*?)```")
                .matcher(Files.readString(Path.of("docs/coexistence.md")))
                .results()
                .map(found -> yaml(found.group(1)).get("spec"))
                .filter(spec -> spec instanceof Map<?, ?> map && map.containsKey(field))
                .map(spec -> (Map<?, ?>) spec)
                .skip(before)
                .findFirst()
                .orElseThrow();
    }

    private static Map<?, ?> yaml(String text) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }
}
