package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people met elsewhere, by what the dump lacks: absence is not zero, and is no evidence. */
class AbsenceFieldCasesTest {

    private static final String CASES = "src/test/resources/field-cases/";
    private static final String AT = "2026-11-24T10:00:00Z";

    @TempDir
    private Path folder;

    @Test
    void aScheduleWithoutItsScaledObjectIsAHoldWithItsReason() throws IOException {
        String state = CASES + "scaled-object-gone.yaml";
        Typed table = plan(state);

        assertThat(table.exitCode()).isEqualTo(1);
        assertThat(table.out()).contains("bazaar/offers  nothing: ScaledObject bazaar/offers was not observed");

        Typed json = plan(state, "-o", "json");
        assertThat(json.exitCode()).isEqualTo(1);
        JsonNode document = new ObjectMapper().readTree(json.out());
        assertThat(document.path("actions")).isEmpty();
        assertThat(document.path("holds")).singleElement().satisfies(hold -> {
            assertThat(hold.path("target").asText()).isEqualTo("bazaar/offers");
            assertThat(hold.path("reason").asText()).contains("no minimum is written");
        });
    }

    /** Another ScaledObject in the dump proves that the kind was read. */
    @Test
    void aScaledObjectThatIsMissingAmongOthersDoesNotExist() throws IOException {
        Typed answer = plan(state(scaledObject("another", "")));

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out()).contains("ScaledObject bazaar/offers does not exist, so no minimum is written");
    }

    @Test
    void aScaledObjectThatIsBeingDeletedIsNotWritten() throws IOException {
        Typed answer =
                plan(state(scaledObject("offers", ", deletionTimestamp: \"2026-11-24T09:59:00Z\"")), "-o", "json");

        assertThat(answer.exitCode()).isEqualTo(1);
        JsonNode document = new ObjectMapper().readTree(answer.out());
        assertThat(document.path("actions")).isEmpty();
        assertThat(document.path("holds").toString()).contains("ScaledObject bazaar/offers is being deleted");
    }

    @Test
    void aScaledObjectThatIsBeingDeletedIsATargetThatIsGone() throws IOException {
        JsonNode diagnosis = diagnose(state(scaledObject("offers", ", deletionTimestamp: \"2026-11-24T09:59:00Z\"")));

        assertThat(diagnosis.path("state").asText()).isEqualTo("Failed");
        assertThat(diagnosis.path("cause").asText()).isEqualTo("TargetMissing");
        assertThat(diagnosis.path("summary").asText()).contains("the ScaledObject is being deleted");
        assertThat(diagnosis.path("evidence").toString()).contains("metadata.deletionTimestamp");
    }

    @Test
    void aRolloutThatNoControllerHasWrittenIsItsControllersLag() throws IOException {
        JsonNode diagnosis = diagnose(CASES + "rollout-never-observed.yaml");

        assertThat(diagnosis.path("state").asText()).isEqualTo("AvailabilityLag");
        assertThat(diagnosis.path("cause").asText()).isEqualTo("RolloutsControllerNotFollowing");
        assertThat(diagnosis.path("causes").toString()).doesNotContain("HpaNotScaling");
        assertThat(diagnosis.path("hop").asText()).isEqualTo("Rollout");
        assertThat(diagnosis.path("certainty").asText()).isEqualTo("certain");
        assertThat(diagnosis.path("summary").asText())
                .contains("no status", "the Rollouts controller has no ready pod");
        assertThat(diagnosis.path("counters").path("rollout").isObject()).isFalse();
    }

    @Test
    void aDumpWithoutAnyStatusProvesNothing() throws IOException {
        JsonNode diagnosis = diagnose(CASES + "tidied-dump.yaml", "--wanted", "5");

        assertThat(diagnosis.path("state").asText()).isEqualTo("Unknown");
        assertThat(diagnosis.path("cause").isNull()).isTrue();
        assertThat(diagnosis.path("certainty").asText()).isEqualTo("unknown");
        assertThat(diagnosis.path("missing").toString()).contains("status of every object");
        assertThat(diagnosis.path("summary").asText()).contains("no object of the dump has a status");
    }

    @Test
    void aPreviewThatIsLeftBehindIsNoLagOfTheActivePods() throws IOException {
        JsonNode diagnosis = diagnose(CASES + "preview-left-behind.yaml", "--wanted", "7");

        assertThat(diagnosis.path("state").asText()).isEqualTo("ConvergedPaused");
        assertThat(diagnosis.path("cause").isNull()).isTrue();
        assertThat(diagnosis.path("summary").asText())
                .isEqualTo("7 of 7 available, the Rollout is paused; preview ReplicaSet offers-bbb222 is left at 5"
                        + " (argo-rollouts#4200)");
        assertThat(diagnosis.path("advisories").toString()).contains("offers-bbb222", "argo-rollouts#4200");
    }

    private String state(String scaledObject) throws IOException {
        Path file = folder.resolve("state.yaml");
        Files.writeString(file, Files.readString(Path.of(CASES + "scaled-object-gone.yaml")) + "---\n" + scaledObject);
        return file.toString();
    }

    private static String scaledObject(String name, String meta) {
        return """
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: %s, namespace: bazaar, uid: "1", resourceVersion: "2"%s}
                spec: {scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: %s}, minReplicaCount: 5}
                """.formatted(name, meta, name);
    }

    private static Typed plan(String state, String... more) {
        return typed(
                Stream.of(
                        "plan",
                        "--definitions",
                        CASES + "scaled-object-gone-schedule.yaml",
                        "--cluster-state",
                        state,
                        "--at",
                        AT),
                more);
    }

    private static JsonNode diagnose(String state, String... more) throws IOException {
        Typed answer = typed(
                Stream.of("diagnose", "offers", "-n", "bazaar", "--cluster-state", state, "--at", AT, "-o", "json"),
                more);
        assertThat(answer.exitCode()).as(answer.err()).isLessThan(2);
        JsonNode diagnosis =
                new ObjectMapper().readTree(answer.out()).path("diagnoses").path(0);
        boolean isFine = diagnosis.path("state").asText().matches("Converged.*|Waiting|Deferred");
        assertThat(answer.exitCode()).isEqualTo(isFine ? 0 : 1);
        return diagnosis;
    }

    private static Typed typed(Stream<String> arguments, String... more) {
        return Typed.of(Stream.concat(arguments, Stream.of(more)).toArray(String[]::new));
    }
}
