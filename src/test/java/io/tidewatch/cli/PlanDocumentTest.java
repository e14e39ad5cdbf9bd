package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.cli.Documents.Format;
import io.tidewatch.definition.check.Scope;
import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.definition.SourcePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code plan -o json} says of a dump of real controllers, in the names of the contract. */
class PlanDocumentTest {

    private static final String UP = "up-converged";

    @TempDir
    private Path folder;

    @Test
    void anActionHasItsReasonAndNumbers() throws IOException {
        JsonNode document = plan("12", "2026-11-23T14:00:00Z");

        assertThat(document.fieldNames())
                .toIterable()
                .containsExactly(
                        "at",
                        "commit",
                        "actions",
                        "holds",
                        "findings",
                        "notes",
                        "unchecked",
                        "unseen",
                        "leads",
                        "next");
        assertThat(document.path("at").asText()).isEqualTo("2026-11-23T14:00:00Z");
        assertThat(document.path("commit").isNull()).isTrue();
        assertThat(document.path("actions").toString())
                .isEqualTo("[{\"type\":\"SetMinReplicas\",\"target\":\"x-up-converged/checkout\",\"from\":7,"
                        + "\"to\":12,\"reason\":\"window midnight-peak opens, 30 min late\"}]");
        assertThat(document.path("holds")).isEmpty();
    }

    @Test
    void skippedWritesHaveTheirReason() throws IOException {
        JsonNode document = plan("7", "2026-11-23T18:00:00Z");

        assertThat(document.path("actions")).isEmpty();
        assertThat(document.path("holds").toString())
                .isEqualTo("[{\"target\":\"x-up-converged/checkout\","
                        + "\"reason\":\"minimum was raised manually to 7, above the desired 5; it stays\"}]");
    }

    @Test
    void whereNothingIsToDoTheNextEdgeIsShown() throws IOException {
        JsonNode document = plan("7", "2026-11-23T14:00:00Z");

        assertThat(document.path("actions")).isEmpty();
        assertThat(document.path("holds")).isEmpty();
        assertThat(document.path("next").asText()).isEqualTo("2026-11-23T17:00:00Z");
    }

    @Test
    void whatThePreflightOfARaiseFindsIsARowWithItsProof() throws IOException {
        JsonNode near = plan("9", "2026-11-24T13:20:00Z", "", "user-paused");
        JsonNode far = plan("9", "2026-11-24T13:14:59Z", "", "user-paused");

        assertThat(near.path("findings").toString())
                .isEqualTo(
                        "[{\"target\":\"x-user-paused/checkout\",\"risk\":\"RolloutPaused\",\"certainty\":\"certain\","
                                + "\"message\":\"the canary is paused by spec.paused, and Argo Rollouts does not scale it until it"
                                + " is resumed\",\"advice\":\"resume Rollout checkout (spec.paused: false)\","
                                + "\"evidence\":[{\"object\":\"Rollout checkout\",\"field\":\"spec.paused\",\"value\":\"true\"}],"
                                + "\"window\":\"midnight-peak\",\"at\":\"2026-11-24T13:30:00Z\",\"from\":7,\"to\":9}]");
        assertThat(near.path("unchecked")).isEmpty();
        assertThat(far.path("findings")).isEmpty();
    }

    /** A dump of a real StatefulSet of five pods with whenScaled: Delete, whose minimum is 5. */
    @Test
    void whatALoweringDeletesIsARowOfTheNotes() throws IOException {
        String file = """
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: day, namespace: v-statefulset-retention-2}
                spec:
                  scaledObjectRef: {name: checkout}
                  timeZone: UTC
                  baseline: {minReplicas: 3, maxReplicas: 20}
                  windows:
                    - {name: day, start: "0 5 * * *", end: "15 6 * * *", minReplicas: 5}
                """;
        JsonNode near = planOf(file, "2026-11-30T06:05:00Z", "statefulset-claims-deleted");
        JsonNode far = planOf(file, "2026-11-30T05:59:59Z", "statefulset-claims-deleted");

        assertThat(near.path("notes").toString())
                .isEqualTo(
                        "[{\"target\":\"v-statefulset-retention-2/checkout\",\"note\":\"ClaimsDeleted\","
                                + "\"message\":\"the end of window day lowers 5 → 3 at 06:15:00 UTC, and up to 2 pods of StatefulSet"
                                + " checkout may go; Kubernetes then deletes their claims"
                                + " (persistentVolumeClaimRetentionPolicy.whenScaled: Delete), and the data unless the volumes have the"
                                + " reclaim policy Retain: data-checkout-3 and data-checkout-4\","
                                + "\"advice\":\"write persistentVolumeClaimRetentionPolicy: {whenScaled: Retain} into"
                                + " StatefulSet checkout to keep them\",\"window\":\"day\",\"at\":\"2026-11-30T06:15:00Z\",\"from\":5,\"to\":3}]");
        assertThat(near.path("findings")).isEmpty();
        assertThat(far.path("notes")).isEmpty();
    }

    @Test
    void anApplyOfAScaledObjectNamesTheStepThatFollows() throws IOException {
        JsonNode document = plan("12", "2026-11-23T14:00:00Z", scaledObject("checkout", 5));

        assertThat(document.path("actions")).hasSize(1);
        JsonNode apply = document.path("actions").get(0);
        assertThat(apply.path("type").asText()).isEqualTo("ApplyManifest");
        assertThat(apply.path("from").asInt()).isEqualTo(7);
        assertThat(apply.path("to").asInt()).isEqualTo(12);
        assertThat(apply.path("reason").asText())
                .contains("; the next pass sets the minimum 7 → 12: window midnight-peak opens, 30 min late");
    }

    @Test
    void aScaledObjectThatIsCreatedNamesItsMinimum() throws IOException {
        JsonNode document = plan("7", "2026-11-23T14:00:00Z", scaledObject("cart", 3));

        JsonNode create = document.path("actions").get(0);
        assertThat(create.path("target").asText()).isEqualTo("x-up-converged/cart");
        assertThat(create.path("from").isNull()).isTrue();
        assertThat(create.path("to").asInt()).isEqualTo(3);
        assertThat(create.path("reason").asText()).endsWith("; it carries the minimum 3");
    }

    private static String scaledObject(String name, int minimum) {
        return """
                ---
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: %s, namespace: x-up-converged}
                spec:
                  scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: checkout}
                  minReplicaCount: %d
                  maxReplicaCount: 20
                  pollingInterval: 30
                  triggers: [{type: cron, metadata: {}}]
                """.formatted(name, minimum);
    }

    private JsonNode plan(String minimum, String at) throws IOException {
        return plan(minimum, at, "");
    }

    private JsonNode plan(String minimum, String at, String more) throws IOException {
        return plan(minimum, at, more, UP);
    }

    private JsonNode plan(String minimum, String at, String more, String dump) throws IOException {
        return planOf("""
                apiVersion: tidewatch.io/v1alpha1
                kind: ScaleSchedule
                metadata: {name: checkout-midnight, namespace: x-%s}
                spec:
                  scaledObjectRef: {name: checkout}
                  timeZone: Asia/Seoul
                  baseline: {minReplicas: 5, maxReplicas: 20}
                  windows:
                    - {name: midnight-peak, start: "30 22 * * *", end: "0 2 * * *", minReplicas: %s}
                """.formatted(dump, minimum) + more, at, dump);
    }

    private JsonNode planOf(String definitions, String at, String dump) throws IOException {
        Path file = folder.resolve("schedule.yaml");
        Files.writeString(file, definitions);
        Instant now = Instant.parse(at);
        Sources sources = Sources.offline(
                Offline.read(List.of(file.toString()), Scope.ALL, Schemas.NEWEST)
                        .definitions(),
                new SourcePolicy("shop", true, true),
                Set.of());
        ClusterState state = Dumps.read(List.of("src/test/resources/cases/" + dump + ".yaml"))
                .read(now);
        PlanVerb.Decided decided = PlanVerb.decide(sources, state, now);
        MinimumSteps steps = PlanVerb.steps(decided.plan(), sources, state, now);
        return new ObjectMapper()
                .readTree(Documents.text(PlanDocument.of(decided, steps, sources.commit()), Format.json));
    }
}
