package io.tidewatch.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Checkout;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Problem;
import io.tidewatch.model.SourceDefinitions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A repository reaches no further than its operator allows. */
class ScopeTest {

    private static final String TWO_NAMESPACES = """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: checkout, namespace: shop}
            spec:
              scaleTargetRef: {kind: Rollout, name: checkout}
              triggers: [{type: cpu, metadata: {value: "70"}}]
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: ledger, namespace: bank}
            spec:
              scaleTargetRef: {kind: Rollout, name: ledger}
              triggers: [{type: cpu, metadata: {value: "70"}}]
            """;

    @Test
    void whatLiesOutsideIsLeftOutAndSaid() {
        SourceDefinitions limited = new Scope(Set.of("shop")).limit(read());

        assertThat(limited.manifests())
                .extracting(manifest -> manifest.key().name())
                .containsExactly("checkout");
        assertThat(limited.problems())
                .filteredOn(problem -> problem.code().equals("outside-namespaces"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.line()).isEqualTo(8);
                    assertThat(problem.severity()).isEqualTo(Problem.Severity.WARNING);
                    assertThat(problem.message())
                            .isEqualTo(
                                    "object ScaledObject ledger is left out: this source may speak for shop, not for bank");
                });
    }

    @Test
    void noNamespacesMeanAll() {
        assertThat(Scope.ALL.limit(read()).manifests()).hasSize(2);
    }

    private static SourceDefinitions read() {
        TreeMap<String, String> files = new TreeMap<>(Map.of("a.yaml", TWO_NAMESPACES));
        Commit commit = new Commit("shop", "3f2c1ab9", "Dana", Instant.EPOCH, "");
        return new DefinitionReader()
                .read(new Checkout(commit, files, files.keySet()), Optional.empty(), PastTexts.NONE);
    }
}
