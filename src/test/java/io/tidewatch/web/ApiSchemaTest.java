package io.tidewatch.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Claim;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.HopRow;
import io.tidewatch.model.diagnosis.Picture;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Promise;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.DiaryEntry;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.LeaderState;
import io.tidewatch.model.report.PastDiagnosis;
import io.tidewatch.model.report.PastEvents;
import io.tidewatch.model.report.SourceHealth;
import io.tidewatch.model.report.Standing;
import io.tidewatch.view.KnownTargets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** {@code docs/api.schema.json} describes every answer of the API, and nothing that is not there. */
class ApiSchemaTest {

    private static final Target CHECKOUT = new Target("shop", "checkout");
    private static final Instant RAISE = Instant.parse("2026-11-22T13:30:00Z");

    private static final Map<String, String> ANSWERS = Map.of(
            "/api/v1/tonight", "tonight",
            "/api/v1/targets", "targets",
            "/api/v1/targets/shop/checkout", "target",
            "/api/v1/targets/shop/checkout?at=2026-11-22T13:36:00Z", "target",
            "/api/v1/targets/shop/none", "error",
            "/api/v1/history", "history",
            "/api/v1/incidents", "incidents",
            "/api/v1/sources", "sources",
            "/api/v1/calendar", "calendar",
            "/nowhere", "error");

    @Test
    void everyAnswerIsAsTheSchemaSays() throws IOException, InterruptedException {
        JsonNode schema = JsonMapper.builder().build().readTree(Files.readString(Path.of("docs/api.schema.json")));
        try (ServedRoutes routes = ServedRoutes.of(night(), Access.open())) {
            for (Map.Entry<String, String> one : ANSWERS.entrySet()) {
                String answer = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + routes.port() + one.getKey()))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
                assertThat(part(schema, one.getValue())
                                .validate(JsonMapper.builder().build().readTree(answer)))
                        .as(one.getKey() + ": " + answer)
                        .isEmpty();
            }
        }
    }

    private static JsonSchema part(JsonNode schema, String name) {
        ObjectNode one = JsonMapper.builder().build().createObjectNode();
        one.set("$defs", schema.path("$defs"));
        one.put("$ref", "#/$defs/" + name);
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(one);
    }

    private static KnownNight night() {
        Standing standing = new Standing(
                KnownTargets.standing(List.of()).loop(),
                Duration.ofMinutes(5),
                List.of(new SourceHealth(
                        "shop",
                        Optional.of(RAISE),
                        Optional.of(RAISE),
                        RAISE.plusSeconds(20),
                        Optional.of("3f2c1ab9"),
                        Optional.empty(),
                        Optional.of("rejected the login"))),
                Optional.of(KnownTargets.NOW),
                List.of(KnownTargets.status("checkout", State.AVAILABILITY_LAG, Optional.of(Cause.QUOTA_EXCEEDED))),
                List.of("other"),
                List.of("a warning"),
                LeaderState.alone("one"));
        KnownNight night = new KnownNight(KnownTargets.NOW, standing);
        night.definitions =
                KnownTargets.definitions(KnownTargets.schedule("checkout") + "kind: ScaleSchedule\nspec: {}\n");
        Step step = new Step(
                CHECKOUT,
                Optional.of("midnight-peak"),
                7,
                Step.Due.EDGE,
                Step.Times.patchedAt(RAISE).withReady(Optional.of(RAISE.plusSeconds(360))),
                State.AVAILABILITY_LAG,
                Step.Change.commit("3f2c1ab").by("Dana"),
                Optional.of(new Promise(Promise.Reach.PODS, RAISE.plusSeconds(300))));
        night.steps = List.of(step);
        night.events = Optional.of(new PastEvents(
                List.of(new Incident(
                        "shop/checkout@1",
                        CHECKOUT,
                        Optional.of("midnight-peak"),
                        State.AVAILABILITY_LAG,
                        Optional.of(Cause.QUOTA_EXCEEDED),
                        Severity.CRITICAL,
                        List.of("slack"),
                        RAISE.plusSeconds(300),
                        Optional.empty(),
                        "5 of 7 available")),
                List.of(
                        new DiaryEntry(RAISE, Optional.of(CHECKOUT), "nudged", "nudged"),
                        new DiaryEntry(RAISE, Optional.empty(), "commit-read", "commit 3f2c1ab")),
                List.of(step)));
        night.diagnoses.put(
                CHECKOUT,
                new PastDiagnosis(
                        CHECKOUT,
                        RAISE,
                        Optional.of(RAISE),
                        State.AVAILABILITY_LAG,
                        Optional.of(Hop.POD),
                        Optional.of(Cause.QUOTA_EXCEEDED),
                        Diagnosis.Certainty.CERTAIN,
                        OptionalInt.of(7),
                        "5 of 7 available",
                        List.of(new Evidence("Pod a", "status.phase", "Pending")),
                        new Picture(
                                List.of(
                                        new HopRow("HPA", "7", "7", Optional.empty(), "ok", Optional.empty()),
                                        new HopRow("Pod", "7", "5", Optional.of("7"), "late", Optional.of(RAISE))),
                                List.of(new Claim("Argo Rollouts", "Healthy")),
                                "kubectl get pods")));
        return night;
    }
}
