package io.tidewatch.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.definition.check.Scope;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.FurtherKind;
import io.tidewatch.model.definition.SourceDefinitions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A commit that changes what Kubernetes never changes. */
class ImmutableFieldsTest {

    private static final String SET = """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: db, namespace: shop}
            spec:
              serviceName: db
              podManagementPolicy: OrderedReady
              minReadySeconds: 5
              selector: {matchLabels: {app: db}}
              template:
                metadata: {labels: {app: db, tier: back}}
                spec: {containers: [{name: db, image: "db:1"}]}
              volumeClaimTemplates:
                - {metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}
            """;

    private final DefinitionReader reader =
            new DefinitionReader(new Scope(Set.of(), Optional.empty(), EnumSet.allOf(FurtherKind.class)));

    @ParameterizedTest(name = "{0} → {1}: {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            {app: db}}                          | {tier: back}}    | spec.selector
            storage: 1Gi                        | storage: 2Gi     | spec.volumeClaimTemplates
            storage: 1Gi                        | storage: 1024Mi  | -
            serviceName: db                     | serviceName: web | spec.serviceName
            podManagementPolicy: OrderedReady   | podManagementPolicy: Parallel | spec.podManagementPolicy
            '  podManagementPolicy: OrderedReady' | '  replicas: 3'  | -
            minReadySeconds: 5                  | minReadySeconds: 6 | -
            db:1                                | db:2             | -
            name: db, namespace                 | name: other, namespace | -
            """)
    void aChangeIsAWarningOfItsCommit(String before, String after, String path) {
        SourceDefinitions first = read("c1", SET, Optional.empty());
        SourceDefinitions second = read("c2", SET.replace(before, after), Optional.of(first));
        SourceDefinitions third = read("c3", SET.replace(before, after) + "# more\n", Optional.of(second));

        assertThat(first.problems()).isEmpty();
        assertThat(second.problems()).extracting(Problem::path).isEqualTo(path == null ? List.of() : List.of(path));
        assertThat(third.problems()).as("the commit after it changes nothing").isEmpty();
    }

    @Test
    void theWarningSaysWhatToDo() {
        SourceDefinitions first = read("c1", SET, Optional.empty());

        assertThat(read("c2", SET.replace("storage: 1Gi", "storage: 2Gi"), Optional.of(first))
                        .problems())
                .containsExactly(
                        new Problem(
                                "db.yaml",
                                1,
                                "spec.volumeClaimTemplates",
                                Problem.Severity.WARNING,
                                "never-changes",
                                "changed since the commit before, and Kubernetes rejects that for a StatefulSet that is there; put it"
                                        + " back, or delete StatefulSet shop/db and its pods with it, so that it is made anew"));
    }

    private SourceDefinitions read(String id, String text, Optional<SourceDefinitions> previous) {
        TreeMap<String, String> files = new TreeMap<>(Map.of("db.yaml", text));
        Commit commit = new Commit("shop", id, "Dana", Instant.EPOCH, "a commit");
        return reader.read(new Checkout(commit, files, files.keySet()), previous, PastTexts.NONE);
    }
}
