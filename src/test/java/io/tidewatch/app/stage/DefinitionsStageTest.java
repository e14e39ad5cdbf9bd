package io.tidewatch.app.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.definition.PastTexts;
import io.tidewatch.definition.Scope;
import io.tidewatch.model.Checkout;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Problem;
import io.tidewatch.model.SourceDefinitions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DefinitionsStageTest {

    private final List<String> said = new ArrayList<>();

    private final DefinitionsStage stage = new DefinitionsStage(
            new LinkedHashMap<>(new TreeMap<>(Map.of("a", Scope.ALL, "b", Scope.ALL))),
            source -> PastTexts.NONE,
            (read, problems) ->
                    problems.stream().map(Problem::code).forEach(code -> said.add(read.source() + " " + code)));

    /** Whichever moves last would win otherwise, and the two would take turns with each commit. */
    @Test
    void sourcesKeepTheOrderInWhichTheyAreConfigured() {
        stage.keep(stage.read(checkout("b")));
        stage.keep(stage.read(checkout("a")));
        stage.keep(stage.read(checkout("a")));
        stage.keep(stage.read(checkout("b")));
        assertThat(stage.current().sources())
                .extracting(SourceDefinitions::source)
                .containsExactly("a", "b");
    }

    @Test
    void aTargetThatTwoSourcesScheduleIsSaidToWhoeverIsRead() {
        stage.keep(stage.read(checkout("b")));
        assertThat(said).isEmpty();
        stage.keep(stage.read(checkout("a")));
        stage.keep(stage.read(checkout("b")));
        assertThat(said).containsExactly("a second-schedule", "b second-schedule");
    }

    private static Checkout checkout(String source) {
        String text = """
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: checkout, namespace: shop}
                spec: {scaleTargetRef: {name: checkout}, minReplicaCount: 5, triggers: [{type: cpu, metadata: {value: "60"}}]}
                ---
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: night, namespace: shop}
                spec:
                  scaledObjectRef: {name: checkout}
                  timeZone: Asia/Seoul
                  windows:
                    - {name: night, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 7}
                """;
        Map<String, String> files = Map.of("all.yaml", text);
        return new Checkout(
                new Commit(source, "c1", "Dana", Instant.EPOCH, "night"), new TreeMap<>(files), files.keySet());
    }
}
