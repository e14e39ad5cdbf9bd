package io.tidewatch.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.FileChange;
import io.tidewatch.model.definition.FileChange.Flaw;
import io.tidewatch.model.definition.FileChange.Flawed;
import io.tidewatch.model.definition.FreezeOverride;
import io.tidewatch.model.definition.SourceDefinitions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which commits brought what is in force, and what is wrong with their trailers. */
class ChangesTest {

    private static final String GOOD = """
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata: {name: checkout, namespace: shop}
            spec:
              progressDeadlineSeconds: 600
              selector: {matchLabels: {app: checkout}}
              template:
                metadata: {labels: {app: checkout}}
                spec: {containers: [{name: app, image: "checkout:1"}]}
              strategy: {canary: {}}
            """;

    private final DefinitionReader reader = new DefinitionReader();

    @Test
    void changesOfACommitComeIntoForceWithItsFiles() {
        FileChange change = overriding("c2");

        assertThat(read("c2", GOOD, change, Optional.empty()).changes()).containsOnly(Map.entry("a.yaml", change));
    }

    /** The override belongs to a text that is not in force, so it lets nothing through. */
    @Test
    void brokenFileKeepsTheChangesOfItsLastGoodVersion() {
        FileChange good = FileChange.by(commit("c2"));
        SourceDefinitions first = read("c2", GOOD, good, Optional.empty());

        SourceDefinitions broken = read("c3", "kind: [\n", overriding("c3"), Optional.of(first));

        assertThat(broken.hasErrors()).isTrue();
        assertThat(broken.changes()).containsOnly(Map.entry("a.yaml", good));
    }

    @Test
    void brokenFileWhoseLastGoodVersionIsNotKnownHasNoChanges() {
        assertThat(read("c3", "kind: [\n", overriding("c3"), Optional.empty()).changes())
                .isEmpty();
    }

    @Test
    void emptyReasonIsAWarningThatSaysWhatToWrite() {
        SourceDefinitions read = read("c2", GOOD, flawed(Flaw.EMPTY), Optional.empty());

        assertThat(read.problems())
                .containsExactly(
                        warning(
                                "commit c2 by Dana gives no reason, so it overrides no freeze;"
                                        + " commit a change of this file whose message ends with the line 'Tidewatch-Override: REASON'"));
        assertThat(read.files()).containsKey("a.yaml");
    }

    @Test
    void trailerInTheMiddleOfAMessageIsAWarning() {
        assertThat(read("c2", GOOD, flawed(Flaw.MISPLACED), Optional.empty()).problems())
                .containsExactly(
                        warning(
                                "commit c2 by Dana has this line in the middle of its message, so it overrides no"
                                        + " freeze; commit a change of this file with the line in the last paragraph of the message"));
    }

    private static Problem warning(String message) {
        return new Problem("a.yaml", 1, "Tidewatch-Override", Problem.Severity.WARNING, "no-override", message);
    }

    private static FileChange flawed(Flaw flaw) {
        return new FileChange(commit("c2"), Optional.empty(), Optional.of(new Flawed(commit("c2"), flaw)));
    }

    private static FileChange overriding(String id) {
        return new FileChange(
                commit(id), Optional.of(new FreezeOverride(commit(id), "payments fail")), Optional.empty());
    }

    private SourceDefinitions read(String id, String text, FileChange change, Optional<SourceDefinitions> previous) {
        TreeMap<String, String> files = new TreeMap<>(Map.of("a.yaml", text));
        Checkout checkout = new Checkout(commit(id), files, files.keySet(), new TreeMap<>(Map.of("a.yaml", change)));
        return reader.read(checkout, previous, PastTexts.NONE);
    }

    private static Commit commit(String id) {
        return new Commit("shop", id, "Dana", Instant.EPOCH, "a commit");
    }
}
