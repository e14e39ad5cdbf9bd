package io.tidewatch.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.definition.read.CanonicalRollout;
import io.tidewatch.model.Commit;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.SourceDefinitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ManifestContentTest {

    private static final Path MANIFESTS = Path.of("../shared/manifests");

    @Test
    void realManifestsAreReadAsFabric8ReadsThem() throws IOException {
        assumeTrue(Files.isDirectory(MANIFESTS) || Files.isDirectory(Path.of("../../shared/manifests")));
        Path folder = Files.isDirectory(MANIFESTS) ? MANIFESTS : Path.of("../../shared/manifests");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String text = Files.readString(file);
                List<Map<String, Object>> contents =
                        read(text).manifests().stream().map(Manifest::content).toList();
                List<Map<String, Object>> canonical =
                        rollouts(text).stream().map(CanonicalRollout::of).toList();
                assertThat(contents).as("%s", file).isEqualTo(canonical).hasSize(1);
            }
        }
    }

    @Test
    void nullFieldsAreLeftOut() {
        Map<String, Object> content = only("""
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: {name: x}
                spec: {template: {metadata: {creationTimestamp: null, labels: {a: b}}}}
                """);
        assertThat(content.get("spec"))
                .isEqualTo(Map.of("template", Map.of("metadata", Map.of("labels", Map.of("a", "b")))));
    }

    @Test
    void scalarsMeanWhatKubectlTakesThemFor() {
        Map<String, Object> content = only("""
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: {name: x}
                spec: {strategy: {canary: {trafficRouting: {plugins: {a: yes, b: "yes", c: 22:30, d: 2026-12-24, e: 0x10, f: 010, g: 1_000, h: 9007199254740993,
                  i: 1.5, j: 1e3, k: Off, l: !!str 5, m: 18446744073709551615, q: 08, o: -7, p: "010"}}}}}
                """);
        assertThat(free(content).toString())
                .isEqualTo("{a=true, b=yes, c=22:30, d=2026-12-24, e=16, f=8, g=1000, h=9007199254740993, "
                        + "i=1.5, j=1000.0, k=false, l=5, m=18446744073709551615, q=8.0, o=-7, p=010}");
        assertThat(free(content).get("l")).isEqualTo("5");
    }

    /** As {@code kubectl patch --local} prints it; a template that means the letter must quote it. */
    @Test
    void aKeyIsReadAsAScalarTooSoAPlainNIsFalse() {
        Map<String, Object> content = only("""
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: {name: x}
                spec: {strategy: {canary: {trafficRouting: {plugins: {n: 08, y: 1, "n": 2}}}}}
                """);
        assertThat(free(content)).isEqualTo(Map.of("false", 8.0, "true", 1, "n", 2));
    }

    @Test
    void mergeKeysAndAliasesAreWrittenOut() {
        Map<String, Object> content = only("""
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: {name: x}
                spec:
                  strategy:
                    canary:
                      trafficRouting:
                        plugins:
                          one: &one {a: 1, b: 2}
                          two: {<<: *one, b: 3}
                          three: {<<: [{a: 9}, *one]}
                """);
        Map<?, ?> spec = free(content);
        assertThat(spec.get("two")).isEqualTo(Map.of("a", 1, "b", 3));
        assertThat(spec.get("three")).isEqualTo(Map.of("a", 9, "b", 2));
    }

    @Test
    @SuppressWarnings("unchecked")
    void contentCannotBeChanged() {
        Map<String, Object> content = only("""
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: {name: x}
                spec: {strategy: {canary: {trafficRouting: {plugins: {list: [{a: 1}]}}}}}
                """);
        List<Object> list = (List<Object>) free(content).get("list");
        assertThatThrownBy(() -> content.put("x", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> list.add(1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((Map<String, Object>) list.get(0)).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    /** The part of a Rollout in which every field is allowed. */
    private static Map<?, ?> free(Map<String, Object> content) {
        Object part = content;
        for (String name : List.of("spec", "strategy", "canary", "trafficRouting", "plugins")) {
            part = ((Map<?, ?>) part).get(name);
        }
        return (Map<?, ?>) part;
    }

    private static Map<String, Object> only(String text) {
        List<Manifest> manifests = read(text).manifests();
        assertThat(manifests).hasSize(1);
        return manifests.get(0).content();
    }

    private static SourceDefinitions read(String text) {
        Commit commit = new Commit("shop", "c1", "Dana", Instant.EPOCH, "a commit");
        Map<String, String> files = Map.of("a.yaml", text);
        return new DefinitionReader()
                .read(new Checkout(commit, new TreeMap<>(files), files.keySet()), Optional.empty(), PastTexts.NONE);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rollouts(String text) throws IOException {
        List<Map<String, Object>> rollouts = new ArrayList<>();
        ObjectMapper mapper = new ObjectMapper(new YAMLFactory());
        try (MappingIterator<Object> documents = mapper.readerFor(Object.class).readValues(text)) {
            documents.forEachRemaining(document -> rollouts.add((Map<String, Object>) document));
        }
        rollouts.removeIf(document -> !"Rollout".equals(document.get("kind")));
        return rollouts;
    }
}
