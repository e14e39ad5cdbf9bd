package io.tidewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.cluster.Survey.Right;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What is asked for, what the page says and what the manifest grants are the same. */
class RightsPageTest {

    private static final String MANIFEST = "deploy/rbac.yaml";

    private static final List<Right> ALL = Stream.concat(
                    Permissions.needed(true, true).stream(),
                    Stream.of(
                                    Permissions.ofFurtherKinds(),
                                    Permissions.ofRemedies(),
                                    Permissions.ofRestarts(),
                                    Permissions.ofHpas(),
                                    Permissions.ofDeployments(),
                                    Permissions.ofStatefulSets(),
                                    Permissions.ofControllers(),
                                    Permissions.ofElection())
                            .flatMap(List::stream))
            .toList();

    @Test
    void thePageHasARowForEachPermissionInTheirOrder() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("docs/rights.md")).stream()
                .filter(line -> line.startsWith("| "))
                .filter(line -> Stream.of("| group", "| role", "| ---", "| `").noneMatch(line::startsWith))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(ALL.stream()
                        .map(right -> "| " + (right.group().isEmpty() ? "core" : right.group()) + " | "
                                + right.resource() + " | " + right.verb() + " | " + right.need() + " |")
                        .toList());
    }

    @Test
    void theManifestGrantsExactlyThese() throws IOException {
        Set<String> minimums = words(Permissions.needed(true, false));
        Set<String> applies = words(Permissions.needed(true, true));
        applies.removeAll(minimums);
        applies.addAll(words(Permissions.ofFurtherKinds()));
        minimums.addAll(words(Permissions.ofHpas()));
        minimums.addAll(words(Permissions.ofDeployments()));
        minimums.addAll(words(Permissions.ofStatefulSets()));
        minimums.addAll(words(Permissions.ofRestarts()));
        assertThat(granted(MANIFEST, "tidewatch")).isEqualTo(minimums);
        assertThat(granted("deploy/rbac-cluster-wide.yaml", "tidewatch")).isEqualTo(minimums);
        assertThat(granted("deploy/rbac-apply.yaml", "tidewatch-apply")).isEqualTo(applies);
        assertThat(granted("deploy/rbac-remedies.yaml", "tidewatch-remedies"))
                .isEqualTo(words(Permissions.ofRemedies()));
        assertThat(granted(MANIFEST, "tidewatch-controllers")).isEqualTo(words(Permissions.ofControllers()));
        assertThat(granted(MANIFEST, "tidewatch-leader")).isEqualTo(words(Permissions.ofElection()));
    }

    /** Whoever may change Rollouts may run anything: nobody gets that without asking for it, and nothing in all namespaces. */
    @Test
    void theManifestBindsMinimumsAloneAndNamespaceByNamespace() throws IOException {
        List<String> bound = new ArrayList<>();
        for (Map<?, ?> object : documents(MANIFEST)) {
            if (String.valueOf(object.get("kind")).endsWith("RoleBinding")) {
                bound.add(object.get("kind") + " " + ((Map<?, ?>) object.get("roleRef")).get("name") + " in "
                        + ((Map<?, ?>) object.get("metadata")).get("namespace"));
            }
        }
        assertThat(bound)
                .containsExactly(
                        "RoleBinding tidewatch in shop",
                        "RoleBinding tidewatch-controllers in argo-rollouts",
                        "RoleBinding tidewatch-controllers in keda",
                        "RoleBinding tidewatch-leader in tidewatch");
    }

    private static List<Map<?, ?>> documents(String file) throws IOException {
        List<Map<?, ?>> documents = new ArrayList<>();
        try (Reader text = Files.newBufferedReader(Path.of(file))) {
            for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text)) {
                documents.add((Map<?, ?>) document);
            }
        }
        return documents;
    }

    private static Set<String> words(List<Right> rights) {
        return rights.stream()
                .map(right -> right.verb() + " " + right.group() + "/" + right.resource())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> granted(String file, String role) throws IOException {
        Set<String> granted = new TreeSet<>();
        for (Map<?, ?> object : documents(file)) {
            if (Set.of("ClusterRole", "Role").contains(object.get("kind"))
                    && ((Map<?, ?>) object.get("metadata")).get("name").equals(role)) {
                list(object, "rules").forEach(rule -> granted.addAll(words((Map<?, ?>) rule)));
            }
        }
        return granted;
    }

    private static List<String> words(Map<?, ?> rule) {
        List<String> words = new ArrayList<>();
        for (Object group : list(rule, "apiGroups")) {
            for (Object resource : list(rule, "resources")) {
                list(rule, "verbs").forEach(verb -> words.add(verb + " " + group + "/" + resource));
            }
        }
        return words;
    }

    private static List<?> list(Map<?, ?> map, String key) {
        return (List<?>) map.get(key);
    }
}
