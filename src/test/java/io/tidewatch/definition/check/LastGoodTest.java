package io.tidewatch.definition.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.definition.DefinitionReader;
import io.tidewatch.definition.check.PastTexts.PastText;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.SourceDefinitions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LastGoodTest {

    private static final String BROKEN = "kind: [\n";

    private final DefinitionReader reader = new DefinitionReader();

    @Test
    void aBrokenFileKeepsItsLastGoodVersionUnderThatCommit() {
        SourceDefinitions good = read("c1", Map.of("a.yaml", scaledObject("a", 5), "b.yaml", scaledObject("b", 5)));
        SourceDefinitions broken = after(good, "c2", Map.of("a.yaml", BROKEN, "b.yaml", scaledObject("b", 6)));

        assertThat(minimums(broken)).isEqualTo(Map.of("a", 5, "b", 6));
        assertThat(broken.files().get("a.yaml").commit()).isEqualTo("c1");
        assertThat(broken.files().get("b.yaml").commit()).isEqualTo("c2");
        assertThat(codes(broken)).containsExactly("not-yaml");
    }

    @Test
    void aFileThatStaysBrokenKeepsWhatItLastWas() {
        SourceDefinitions good = read("c1", Map.of("a.yaml", scaledObject("a", 5)));
        SourceDefinitions twice = after(after(good, "c2", Map.of("a.yaml", BROKEN)), "c3", Map.of("a.yaml", BROKEN));
        assertThat(minimums(twice)).isEqualTo(Map.of("a", 5));
    }

    @Test
    void oneWrongFieldKeepsTheWholeFileBack() {
        String two = scaledObject("a", 5) + "---\n" + scaledObject("b", 5);
        SourceDefinitions good = read("c1", Map.of("a.yaml", two));
        SourceDefinitions broken = after(
                good,
                "c2",
                Map.of(
                        "a.yaml",
                        scaledObject("a", 6) + "---\n" + scaledObject("b", 5).replace("5", "five")));
        assertThat(minimums(broken)).isEqualTo(Map.of("a", 5, "b", 5));
    }

    @Test
    void noRemovalCountsWhileAnotherFileIsBroken() {
        SourceDefinitions good = read("c1", Map.of("a.yaml", scaledObject("a", 5), "b.yaml", scaledObject("b", 5)));
        SourceDefinitions broken = after(good, "c2", Map.of("a.yaml", BROKEN));
        assertThat(minimums(broken)).isEqualTo(Map.of("a", 5, "b", 5));
        assertThat(codes(broken)).containsExactly("not-yaml", "removal-waits");

        SourceDefinitions mended = after(broken, "c3", Map.of("a.yaml", scaledObject("a", 5)));
        assertThat(minimums(mended)).isEqualTo(Map.of("a", 5));
        assertThat(mended.problems()).isEmpty();
    }

    @Test
    void aDocumentTakenOutOfAGoodFileStaysWhileAnotherFileIsBroken() {
        String two = scaledObject("a", 5) + "---\n" + scaledObject("b", 5);
        SourceDefinitions good = read("c1", Map.of("a.yaml", two, "c.yaml", scaledObject("c", 5)));
        SourceDefinitions broken = after(good, "c2", Map.of("a.yaml", scaledObject("a", 6), "c.yaml", BROKEN));
        assertThat(minimums(broken)).isEqualTo(Map.of("a", 6, "b", 5, "c", 5));
    }

    @Test
    void aFileThatWasRenamedIsNoRemoval() {
        SourceDefinitions good = read("c1", Map.of("a.yaml", scaledObject("a", 5), "c.yaml", scaledObject("c", 5)));
        SourceDefinitions renamed = after(good, "c2", Map.of("z.yaml", scaledObject("a", 6), "c.yaml", BROKEN));
        assertThat(minimums(renamed)).isEqualTo(Map.of("a", 6, "c", 5));
        assertThat(codes(renamed)).containsExactly("not-yaml");
    }

    @Test
    void aRemovalCountsWhereAllIsRight() {
        SourceDefinitions good = read("c1", Map.of("a.yaml", scaledObject("a", 5), "b.yaml", scaledObject("b", 5)));
        assertThat(minimums(after(good, "c2", Map.of("a.yaml", scaledObject("a", 5)))))
                .isEqualTo(Map.of("a", 5));
    }

    @Test
    void theReferredScaledObjectStaysWhenItsFileIsBrokenAndTheScheduleIsNotBlamed() {
        SourceDefinitions good = read("c1", Map.of("a.yaml", scaledObject("a", 5), "s.yaml", schedule("s", "a", 7)));
        SourceDefinitions broken = after(good, "c2", Map.of("a.yaml", BROKEN, "s.yaml", schedule("s", "a", 8)));
        assertThat(codes(broken)).containsExactly("not-yaml");
        assertThat(broken.schedules()).hasSize(1);
        assertThat(broken.files().get("s.yaml").commit()).isEqualTo("c2");
    }

    @Test
    void removingWhatAScheduleRefersToBlamesTheScheduleAndKeepsBoth() {
        SourceDefinitions good = read("c1", Map.of("a.yaml", scaledObject("a", 5), "s.yaml", schedule("s", "a", 7)));
        SourceDefinitions removed = after(good, "c2", Map.of("s.yaml", schedule("s", "a", 8)));
        assertThat(codes(removed)).containsExactly("removal-waits", "missing-scaled-object");
        assertThat(minimums(removed)).isEqualTo(Map.of("a", 5));
        assertThat(removed.files().get("s.yaml").commit()).isEqualTo("c1");
    }

    @Test
    void anObjectThatABrokenFileStillDefinesIsNotTakenByAnother() {
        SourceDefinitions good = read("c1", Map.of("m.yaml", scaledObject("a", 5)));
        SourceDefinitions taken = after(good, "c2", Map.of("m.yaml", BROKEN, "b.yaml", scaledObject("a", 9)));
        assertThat(minimums(taken)).isEqualTo(Map.of("a", 5));
        assertThat(codes(taken)).containsExactly("duplicate-object", "not-yaml");
    }

    @Test
    void afterARestartTheHistoryIsSearchedForTheNewestGoodVersion() {
        PastTexts past = path -> Stream.of(
                new PastText("c3", BROKEN),
                new PastText("c2", scaledObject("a", 6)),
                new PastText("c1", scaledObject("a", 5)));
        SourceDefinitions read = reader.read(checkout("c3", Map.of("a.yaml", BROKEN)), Optional.empty(), past);
        assertThat(minimums(read)).isEqualTo(Map.of("a", 6));
        assertThat(read.files().get("a.yaml").commit()).isEqualTo("c2");
    }

    @Test
    void theHistoryIsReadNoFurtherThanNeeded() {
        PastTexts past =
                path -> Stream.concat(Stream.of(new PastText("c2", scaledObject("a", 6))), Stream.generate(() -> {
                    throw new AssertionError("read on past the newest good version");
                }));
        SourceDefinitions read = reader.read(checkout("c3", Map.of("a.yaml", BROKEN)), Optional.empty(), past);
        assertThat(minimums(read)).isEqualTo(Map.of("a", 6));
    }

    @Test
    void aVersionOfTheHistoryThatRefersToNothingIsNotTaken() {
        PastTexts past = path -> Stream.of(
                new PastText("c3", schedule("s", "nothing", 7)),
                new PastText("c2", schedule("s", "nowhere", 7)),
                new PastText("c1", schedule("s", "a", 7)));
        SourceDefinitions read = reader.read(
                checkout("c3", Map.of("a.yaml", scaledObject("a", 5), "s.yaml", schedule("s", "nothing", 7))),
                Optional.empty(),
                past);
        assertThat(codes(read)).containsExactly("missing-scaled-object");
        assertThat(read.files().get("s.yaml").commit()).isEqualTo("c1");
    }

    private SourceDefinitions read(String commit, Map<String, String> files) {
        return reader.read(checkout(commit, files), Optional.empty(), PastTexts.NONE);
    }

    private SourceDefinitions after(SourceDefinitions previous, String commit, Map<String, String> files) {
        return reader.read(checkout(commit, files), Optional.of(previous), PastTexts.NONE);
    }

    private static Checkout checkout(String commit, Map<String, String> files) {
        return new Checkout(
                new Commit("shop", commit, "Dana", Instant.EPOCH, "a commit"), new TreeMap<>(files), files.keySet());
    }

    private static Map<String, Integer> minimums(SourceDefinitions read) {
        Map<String, Integer> minimums = new TreeMap<>();
        for (Manifest manifest : read.manifests()) {
            Map<?, ?> spec = (Map<?, ?>) manifest.content().get("spec");
            minimums.put(manifest.key().name(), (Integer) spec.get("minReplicaCount"));
        }
        return minimums;
    }

    private static List<String> codes(SourceDefinitions read) {
        return read.problems().stream().map(Problem::code).toList();
    }

    private static String scaledObject(String name, int min) {
        return """
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: %1$s}
                spec: {scaleTargetRef: {name: %1$s}, minReplicaCount: %2$d, triggers: [{type: cron, metadata: {}}]}
                """.formatted(name, min);
    }

    private static String schedule(String name, String scaledObject, int min) {
        return """
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: %s}
                spec:
                  scaledObjectRef: {name: %s}
                  timeZone: Asia/Seoul
                  windows:
                    - {name: w, start: "30 22 * * *", end: "0 2 * * *", minReplicas: %d}
                """.formatted(name, scaledObject, min);
    }
}
