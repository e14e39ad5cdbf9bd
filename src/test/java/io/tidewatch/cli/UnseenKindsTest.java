package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan says which kinds it did not see, and "nothing to do" only where it saw all that it needs. */
class UnseenKindsTest {

    private static final String SCHEDULE = """
            apiVersion: tidewatch.io/v1alpha1
            kind: ScaleSchedule
            metadata: {name: night, namespace: shop}
            spec:
              scaledObjectRef: {name: checkout}
              timeZone: Asia/Seoul
              baseline: {minReplicas: 5, maxReplicas: 20}
              windows: [{name: peak, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 7}]
            """;
    private static final String ROLLOUT_IN_GIT = """
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata: {name: checkout, namespace: shop}
            spec:
              selector: {matchLabels: {app: checkout}}
              strategy: {canary: {}}
              template:
                metadata: {labels: {app: checkout}}
                spec: {containers: [{name: c, image: "app:1"}]}
            """;
    private static final String SCALED_OBJECT = """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: checkout, namespace: shop, uid: "1", resourceVersion: "2"}
            spec: {scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: checkout}, minReplicaCount: 5, maxReplicaCount: 20}
            """;
    private static final String HPA = """
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: keda-hpa-checkout, namespace: shop, uid: "2", resourceVersion: "2"}
            spec: {minReplicas: 5, maxReplicas: 20, scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: checkout}}
            """;

    @TempDir
    private Path folder;

    private Path definitions;
    private Path dump;

    @BeforeEach
    void files() throws IOException {
        definitions = folder.resolve("definitions");
        Files.createDirectories(definitions);
        Files.writeString(definitions.resolve("night.yaml"), SCHEDULE);
        dump = folder.resolve("dump.yaml");
        Files.writeString(dump, SCALED_OBJECT + HPA);
    }

    @Test
    void kindsThatTheDumpLacksAreNamedForEachTarget() throws IOException {
        Typed table = plan("--apply", "none");

        assertThat(table.exitCode()).as(table.err()).isZero();
        assertThat(table.out()).isEqualTo("""
                        nothing to do for what was seen
                        shop/checkout  not seen: Pod, ReplicaSet, Rollout; what depends on them is not planned
                        """);
        JsonNode document = new ObjectMapper()
                .readTree(plan("--apply", "none", "-o", "json").out());
        assertThat(document.path("unseen").toString())
                .isEqualTo("[{\"target\":\"shop/checkout\",\"kinds\":[\"Pod\",\"ReplicaSet\",\"Rollout\"]}]");
    }

    /** A source that applies a Rollout cannot say that there is nothing to apply. */
    @Test
    void aDeclaredObjectWhoseKindWasNotSeenIsNamed() throws IOException {
        Files.writeString(definitions.resolve("night.yaml"), SCHEDULE + ROLLOUT_IN_GIT);

        Typed table = plan("--apply", "all");

        assertThat(table.out()).contains("shop/checkout  not seen: ", "Rollout").doesNotContain("nothing to do\n");
    }

    /** An HPA of a schedule that the dump lacks may exist all the same. */
    @Test
    void anHpaThatTheDumpLacksIsNotCalledMissing() throws IOException {
        Files.writeString(definitions.resolve("night.yaml"), SCHEDULE.replace("scaledObjectRef", "hpaRef"));
        Files.writeString(dump, SCALED_OBJECT);

        assertThat(plan("--apply", "none").out())
                .contains("HorizontalPodAutoscaler shop/checkout was not observed, so no minimum is written")
                .contains("not seen: HorizontalPodAutoscaler; what depends on it is not planned");
    }

    @Test
    void aPlanThatSawAllSaysNothingOfIt() throws IOException {
        String namespace = "x-up-converged";
        Files.writeString(
                definitions.resolve("night.yaml"),
                SCHEDULE.replace("namespace: shop", "namespace: " + namespace)
                        .replace("minReplicas: 5", "minReplicas: 7"));
        Files.copy(Path.of("src/test/resources/cases/up-converged.yaml"), dump, StandardCopyOption.REPLACE_EXISTING);

        assertThat(plan("--apply", "none").out()).isEqualTo("nothing to do\n");
    }

    private Typed plan(String... more) {
        return Typed.of(Stream.concat(
                        Stream.of(
                                "plan",
                                "--definitions",
                                definitions.toString(),
                                "--cluster-state",
                                dump.toString(),
                                "--at",
                                "2026-11-24T12:00:00Z"),
                        Stream.of(more))
                .toArray(String[]::new));
    }
}
