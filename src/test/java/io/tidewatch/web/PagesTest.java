package io.tidewatch.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidewatch.alert.PassMessages;
import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Claim;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.HopRow;
import io.tidewatch.model.diagnosis.Picture;
import io.tidewatch.model.diagnosis.Progress;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.model.report.Incident;
import io.tidewatch.model.report.IncidentStory;
import io.tidewatch.model.report.LeaderState;
import io.tidewatch.model.report.LoopState;
import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.PastDiagnosis;
import io.tidewatch.model.report.PastEvents;
import io.tidewatch.model.report.Report;
import io.tidewatch.model.report.SourceHealth;
import io.tidewatch.model.report.Standing;
import io.tidewatch.model.report.TargetStatus;
import io.tidewatch.view.Audience;
import io.tidewatch.view.KnownTargets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages as they come over HTTP. */
class PagesTest {

    private static final String HOSTILE = "<script>alert(1)</script>\" onmouseover=\"x";
    private static final int MOST_BYTES = 50_000;

    private final HttpClient client = HttpClient.newHttpClient();

    private static KnownNight night(List<TargetStatus> rows) {
        KnownNight night = new KnownNight(KnownTargets.NOW, KnownTargets.standing(rows));
        StringBuilder schedules = new StringBuilder();
        rows.forEach(row -> schedules.append(KnownTargets.schedule(row.target().name())));
        night.definitions = KnownTargets.definitions(schedules.toString());
        rows.forEach(row -> night.diagnoses.put(
                row.target(),
                new PastDiagnosis(
                        row.target(),
                        KnownTargets.NOW.minusSeconds(2),
                        Optional.of(row.since()),
                        row.state(),
                        Optional.of(Hop.POD),
                        row.cause(),
                        Diagnosis.Certainty.CERTAIN,
                        OptionalInt.of(7),
                        row.message(),
                        List.of(new Evidence("Pod a", "status.phase", HOSTILE)),
                        new Picture(
                                List.of(new HopRow(
                                        "Pod", "7", "5", Optional.of("7"), "late", Optional.of(row.since()))),
                                List.of(new Claim("Argo Rollouts", "Healthy")),
                                "kubectl get pods -o wide -n shop"))));
        return night;
    }

    private HttpResponse<String> get(ServedRoutes routes, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + routes.port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The page, the API, {@code status} and the page of the target take state and words from one record; a message says the same. */
    @Test
    void everyStateAndCauseIsCalledTheSameEverywhere() throws IOException, InterruptedException {
        List<TargetStatus> rows = new ArrayList<>();
        for (State state : State.values()) {
            rows.add(KnownTargets.status("s-" + state.ordinal(), state, Optional.empty()));
        }
        for (Cause cause : Cause.values()) {
            rows.add(KnownTargets.status("c-" + cause.ordinal(), State.AVAILABILITY_LAG, Optional.of(cause)));
        }
        try (ServedRoutes routes = ServedRoutes.of(night(rows), Access.open())) {
            String page = get(routes, "/").body();
            JsonNode status = JsonMapper.builder()
                    .build()
                    .readTree(get(routes, "/api/v1/targets").body());
            JsonNode tonight = JsonMapper.builder()
                    .build()
                    .readTree(get(routes, "/api/v1/tonight").body());
            assertThat(status.path("targets")).hasSameSizeAs(rows);
            for (TargetStatus row : rows) {
                String word = row.state().word()
                        + row.cause().map(cause -> "/" + cause.word()).orElse("");
                String target = get(routes, "/t/" + row.target()).body().replace("<wbr>", "");
                assertThat(page).contains("<b>" + word + "</b>", row.message());
                assertThat(target).contains(row.target() + ": " + word, row.message());
                assertThat(tonight.findValuesAsText("state")).contains(word);
                assertThat(status.findValuesAsText("message")).contains(row.message());
                JsonNode one = JsonMapper.builder()
                        .build()
                        .readTree(get(routes, "/api/v1/targets/" + row.target()).body());
                assertThat(one.path("standing").path("state").asText())
                        .isEqualTo(row.state().word());
                AlertMessage message = message(row);
                assertThat(message.headline()).isEqualTo(row.target() + ": " + row.message());
                assertThat(message.body().lines().skip(1).findFirst())
                        .contains(
                                row.state() == State.WAITING
                                        ? "Preflight"
                                        : row.state().word() + " at Pod"
                                                + row.cause()
                                                        .map(cause -> ": " + cause.word() + " (certain)")
                                                        .orElse(""));
            }
        }
    }

    /** What a receiver is sent of an incident with this state. */
    private static AlertMessage message(TargetStatus row) {
        Diagnosis diagnosis = new Diagnosis(
                row.target(),
                "ScaledObject",
                row.state(),
                row.cause().stream().toList(),
                Optional.of(Hop.POD),
                Diagnosis.Certainty.CERTAIN,
                row.message(),
                OptionalInt.of(7),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Progress.NONE);
        Pass pass = Pass.begin(
                        Definitions.NONE,
                        new DesiredState(KnownTargets.NOW, new TreeMap<>(), new TreeSet<>()),
                        Diagnoses.NONE)
                .with(new Diagnoses(KnownTargets.NOW, new TreeMap<>(Map.of(row.target(), diagnosis))));
        Report report = Report.of(KnownTargets.NOW, List.of()).with(Report.Incidents.opened(List.of(incident(row))));
        Alerting chat = new Alerting(List.of(), List.of(), List.of("chat"), Optional.empty());
        return PassMessages.of(pass, report, chat, List.of(), List.of(), fault -> {
                    throw new AssertionError(fault.summary(), fault.thrown());
                })
                .get(0);
    }

    private static Incident incident(TargetStatus row) {
        return new Incident(
                row.target() + "@1",
                row.target(),
                Optional.empty(),
                row.state(),
                row.cause(),
                Severity.CRITICAL,
                List.of("chat"),
                KnownTargets.NOW,
                Optional.empty(),
                row.message());
    }

    /** The page of an incident, its row, and the message about it have one word for its state; a warning ahead of a raise is a preflight's. */
    @ParameterizedTest
    @EnumSource(State.class)
    void anIncidentIsCalledAsItsMessageCallsIt(State state) throws IOException, InterruptedException {
        TargetStatus row = KnownTargets.status("checkout", state, Optional.empty());
        Incident incident = incident(row);
        KnownNight night = night(List.of(row));
        night.events = Optional.of(new PastEvents(List.of(incident), List.of(), List.of()));
        Incident over = incident.resolved(KnownTargets.NOW.plusSeconds(60), "7 of 7 available");
        String word =
                message(row).body().lines().skip(1).findFirst().orElseThrow().replace(" at Pod", "");
        try (ServedRoutes routes = ServedRoutes.of(night, Access.open())) {
            night.story = Optional.of(new IncidentStory(incident, List.of(), List.of(), false));
            assertThat(get(routes, "/i/1").body()).contains("shop/checkout: " + word + ", open", "<dd>" + word + ",");
            assertThat(get(routes, "/t/shop/checkout").body()).contains("<td>" + word + "</td>");
            assertThat(json(routes, "/api/v1/incidents").findValuesAsText("word"))
                    .containsExactly(word);

            night.story = Optional.of(new IncidentStory(over, List.of(), List.of(), false));
            assertThat(get(routes, "/i/1").body())
                    .contains(
                            state == State.WAITING
                                    ? "preflight warning ended after 60 s: 7 of 7 available"
                                    : "resolved after 60 s: 7 of 7 available");
        }
    }

    @Test
    void textOfStrangersStaysText() throws IOException, InterruptedException {
        TargetStatus row = new TargetStatus(
                new Target("shop", "checkout"),
                Optional.of(HOSTILE),
                TargetStatus.Minimum.UNKNOWN,
                TargetStatus.Pods.UNKNOWN,
                State.BLOCKED,
                Optional.empty(),
                Optional.empty(),
                KnownTargets.NOW,
                HOSTILE,
                Optional.empty(),
                Optional.empty());
        try (ServedRoutes routes = ServedRoutes.of(night(List.of(row)), Access.open())) {
            for (String path : List.of("/", "/?q=%3Cscript%3Ealert(1)%3C/script%3E", "/t/shop/checkout")) {
                assertThat(get(routes, path).body())
                        .as(path)
                        .doesNotContain("<script>alert")
                        .contains("&lt;script&gt;alert(1)");
            }
            assertThat(get(routes, "/?q=%22%20onmouseover=%22x").body()).contains("value=\"&#34; onmouseover=&#34;x\"");
        }
    }

    @Test
    void aPageOfTwoHundredLanesIsSmall() throws IOException, InterruptedException {
        List<TargetStatus> rows = IntStream.range(0, 200)
                .mapToObj(i -> KnownTargets.status("target-" + i, State.CONVERGED, Optional.empty()))
                .toList();
        try (ServedRoutes routes = ServedRoutes.of(night(rows), Access.open())) {
            HttpResponse<byte[]> page = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + routes.port() + "/"))
                            .header("Accept-Encoding", "gzip")
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());

            assertThat(page.headers().firstValue("Content-Encoding")).contains("gzip");
            assertThat(page.body().length).isLessThan(MOST_BYTES);
        }
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() throws IOException, InterruptedException {
        try (ServedRoutes routes = ServedRoutes.of(
                night(List.of(KnownTargets.status("checkout", State.CONVERGED, Optional.empty()))), Access.open())) {
            HttpResponse<String> first = get(routes, "/");
            String tag = first.headers().firstValue("ETag").orElseThrow();

            assertThat(get(routes, "/", "If-None-Match", tag).statusCode()).isEqualTo(304);
            assertThat(get(routes, "/", "If-None-Match", "W/\"other\"").statusCode())
                    .isEqualTo(200);
        }
    }

    /** The instant alone is no change: it stands on every page. */
    @Test
    void aFewSecondsAreNoChange() throws IOException, InterruptedException {
        TargetStatus row = KnownTargets.status("checkout", State.CONVERGED, Optional.empty());
        KnownNight later = new KnownNight(KnownTargets.NOW.plusSeconds(3), KnownTargets.standing(List.of(row)));
        later.definitions = KnownTargets.definitions(KnownTargets.schedule("checkout"));
        try (ServedRoutes first = ServedRoutes.of(night(List.of(row)), Access.open());
                ServedRoutes second = ServedRoutes.of(later, Access.open())) {
            HttpResponse<String> one = get(first, "/");
            HttpResponse<String> other = get(second, "/");

            assertThat(one.body()).isNotEqualTo(other.body());
            assertThat(one.headers().firstValue("ETag"))
                    .isEqualTo(other.headers().firstValue("ETag"));
        }
    }

    @Test
    void noPageLoadsAnythingFromElsewhere() throws IOException, InterruptedException {
        try (ServedRoutes routes = ServedRoutes.of(
                night(List.of(KnownTargets.status("checkout", State.CONVERGED, Optional.empty()))), Access.open())) {
            for (String path :
                    List.of("/", "/t/shop/checkout", "/calendar", "/sources", "/itself", "/t/shop/none", "/i/none")) {
                HttpResponse<String> page = get(routes, path);
                assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                        .startsWith("default-src 'none';")
                        .contains("frame-ancestors 'none'");
                assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
                assertThat(page.body())
                        .as(path)
                        .startsWith("<!DOCTYPE html>")
                        .doesNotContain("http://", "https://", " style=", "javascript:");
            }
        }
    }

    @Test
    void aTokenShowsItsNamespacesAlone() throws IOException, InterruptedException {
        Access tokens = () ->
                Map.of("t0ken-of-bank", Audience.of(Set.of("bank")), "t0ken-of-shop", Audience.of(Set.of("shop")));
        try (ServedRoutes routes = ServedRoutes.of(
                night(List.of(KnownTargets.status("checkout", State.CONVERGED, Optional.empty()))), tokens)) {
            String bank = "Bearer t0ken-of-bank";
            String shop = "Bearer t0ken-of-shop";

            assertThat(get(routes, "/").statusCode()).isEqualTo(401);
            assertThat(get(routes, "/", "Authorization", shop).body()).contains("checkout");
            for (String path : List.of("/", "/calendar", "/api/v1/targets", "/api/v1/history", "/api/v1/calendar")) {
                assertThat(get(routes, path, "Authorization", bank).body())
                        .as(path)
                        .doesNotContain("checkout");
            }
            for (String path : List.of(
                    "/t/shop/checkout", "/api/v1/targets/shop/checkout", "/sources", "/itself", "/api/v1/sources")) {
                assertThat(get(routes, path, "Authorization", bank).statusCode())
                        .as(path)
                        .isEqualTo(404);
            }
        }
    }

    /** An outage, a follower, a start without a commit, a broken source, a journal that cannot be read: every page says what it does not know. */
    @Test
    void whatIsNotKnownIsSaidOnEveryPage() throws IOException, InterruptedException {
        List<String> pages = List.of("/", "/t/shop/checkout", "/itself");
        KnownNight night = night(List.of(KnownTargets.status("checkout", State.CONVERGED, Optional.empty())));
        try (ServedRoutes routes = ServedRoutes.of(night, Access.open())) {
            night.missing = Set.of("API server");
            for (String page : pages) {
                assertThat(get(routes, page).body()).as(page).contains("The API server does not answer");
            }
            assertThat(get(routes, "/").body()).contains("<title>not known · Tidewatch</title>", "unknown.svg");

            night.missing = Set.of();
            night.standing = with(night.standing, follower(), List.of("other"));
            for (String page : pages) {
                assertThat(get(routes, page).body())
                        .as(page)
                        .contains("Nothing is written to the cluster: the Lease cannot be written.")
                        .contains("Source other has not been read yet, so its targets are missing here.")
                        .contains("Source shop: its host cannot be reached.");
            }
            assertThat(get(routes, "/itself").body())
                    .contains("This replica follows and writes nothing: two. one leads.")
                    .contains("one leads and sends; what waits is not known here")
                    .doesNotContain("nothing waits");
            assertThat(get(routes, "/sources").body())
                    .contains("its host cannot be reached", "nothing yet")
                    .contains("<code>tidewatch/reports</code>, the last one of the night that ended on 2026-11-22");

            night.isJournalAway = true;
            for (String page : pages) {
                assertThat(get(routes, page).body()).as(page).contains("The journal cannot be read now");
            }
            assertThat(get(routes, "/i/shop/checkout@1").body()).contains("The journal cannot be read now");
            assertThat(get(routes, "/api/v1/incidents").statusCode()).isEqualTo(503);
        }
        KnownNight start = new KnownNight(
                KnownTargets.NOW,
                new Standing(
                        LoopState.NONE,
                        Duration.ofMinutes(5),
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        List.of("shop")));
        try (ServedRoutes routes = ServedRoutes.of(start, Access.open())) {
            assertThat(get(routes, "/").body()).contains("No pass has run yet");
            assertThat(get(routes, "/itself").body()).contains("No pass has ended yet.");
        }
    }

    private static LeaderState follower() {
        return new LeaderState(
                false, "two", Optional.of("one"), OptionalInt.empty(), Optional.of("the Lease cannot be written"));
    }

    private static Standing with(Standing standing, LeaderState leader, List<String> unread) {
        return new Standing(
                standing.loop(),
                standing.resync(),
                List.of(new SourceHealth(
                        "shop",
                        Optional.of(KnownTargets.NOW),
                        Optional.empty(),
                        KnownTargets.NOW,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("its host cannot be reached"))),
                standing.targetsAt(),
                standing.targets(),
                unread,
                List.of(),
                leader);
    }

    /** 501 incidents and 1,001 steps of another namespace are newer than the one of the bank. */
    @Test
    void aTokenFindsItsRowsHoweverManyOthersThereAre() throws IOException, InterruptedException {
        KnownNight night = night(List.of(KnownTargets.status("checkout", State.CONVERGED, Optional.empty())));
        Target bank = new Target("bank", "ledger");
        Target shop = new Target("shop", "checkout");
        night.steps = IntStream.rangeClosed(0, 1_001)
                .mapToObj(i -> step(i == 1_001 ? bank : shop, KnownTargets.NOW.minusSeconds(i)))
                .toList();
        night.events = Optional.of(new PastEvents(
                IntStream.rangeClosed(0, 501)
                        .mapToObj(i -> incident("i" + i, i == 501 ? bank : shop, KnownTargets.NOW.minusSeconds(i)))
                        .toList(),
                List.of(),
                List.of()));
        Access tokens = () -> Map.of("t0ken-of-bank", Audience.of(Set.of("bank")), "t0ken-of-all", Audience.ALL);
        try (ServedRoutes routes = ServedRoutes.of(night, tokens)) {
            JsonNode incidents = json(routes, "/api/v1/incidents", "Authorization", "Bearer t0ken-of-bank");
            assertThat(incidents.findValuesAsText("id")).containsExactly("i501");
            assertThat(incidents.path("cut").asBoolean(true)).isFalse();
            JsonNode steps = json(routes, "/api/v1/history", "Authorization", "Bearer t0ken-of-bank");
            assertThat(steps.findValuesAsText("target")).containsExactly("bank/ledger");
            assertThat(steps.path("cut").asBoolean(true)).isFalse();

            JsonNode all = json(routes, "/api/v1/incidents", "Authorization", "Bearer t0ken-of-all");
            assertThat(all.path("incidents")).hasSize(500);
            assertThat(all.path("cut").asBoolean(false)).isTrue();
            JsonNode allSteps = json(routes, "/api/v1/history", "Authorization", "Bearer t0ken-of-all");
            assertThat(allSteps.path("steps")).hasSize(1_000);
            assertThat(allSteps.path("cut").asBoolean(false)).isTrue();
        }
    }

    private static Step step(Target target, Instant patched) {
        return new Step(
                target,
                Optional.empty(),
                7,
                Step.Due.EDGE,
                Step.Times.patchedAt(patched),
                State.CONVERGED,
                Step.Change.commit("3f2c1ab").by("Dana"));
    }

    private static Incident incident(String id, Target target, Instant opened) {
        return new Incident(
                id,
                target,
                Optional.empty(),
                State.AVAILABILITY_LAG,
                Optional.empty(),
                Severity.CRITICAL,
                List.of(),
                opened,
                Optional.empty(),
                "5 of 7 available");
    }

    @Test
    void aNamespaceIsLookedAtWithTheFilter() throws IOException, InterruptedException {
        try (ServedRoutes routes = ServedRoutes.of(
                night(List.of(KnownTargets.status("checkout", State.CONVERGED, Optional.empty()))), Access.open())) {
            assertThat(get(routes, "/?q=check").body())
                    .contains("<a href=\"/?q=check&amp;ns=shop&amp;page=1\">shop</a>");
        }
    }

    /** What is kept may be old: nobody looks while the process is down. */
    @Test
    void aPastStateSaysWhenItWasKeptAndIsNotKnownAfterADay() throws IOException, InterruptedException {
        KnownNight night = night(List.of(KnownTargets.status("checkout", State.CONVERGED, Optional.empty())));
        PastDiagnosis kept = night.diagnoses.values().iterator().next();
        night.now = KnownTargets.NOW.plus(Duration.ofDays(3));
        try (ServedRoutes routes = ServedRoutes.of(night, Access.open())) {
            Instant soon = kept.at().plus(Duration.ofHours(23));
            assertThat(get(routes, "/t/shop/checkout?at=" + soon).body())
                    .contains("shop/checkout: Converged</h1>", ", kept at ", ">Sun 22 Nov 22:36:08</time>");
            assertThat(json(routes, "/api/v1/targets/shop/checkout?at=" + soon)
                            .path("keptAt")
                            .asText())
                    .isEqualTo(kept.at().toString());

            Instant late = kept.at().plus(Duration.ofHours(25));
            assertThat(get(routes, "/t/shop/checkout?at=" + late).body())
                    .contains("shop/checkout: not known</h1>", "Nobody looked at this target in the day before")
                    .contains("It was Converged when it was last kept, Sun 22 Nov 22:36:08 Asia/Seoul.");
            JsonNode answer = json(routes, "/api/v1/targets/shop/checkout?at=" + late);
            assertThat(answer.path("standing").isNull()).isTrue();
            assertThat(answer.path("keptAt").asText()).isEqualTo(kept.at().toString());
            JsonNode brief = json(routes, "/diagnosis?target=shop/checkout&at=" + late);
            assertThat(brief.path("diagnosis").isNull()).isTrue();
            assertThat(brief.path("keptAt").asText()).isEqualTo(kept.at().toString());
        }
    }

    private JsonNode json(ServedRoutes routes, String path, String... headers)
            throws IOException, InterruptedException {
        return JsonMapper.builder().build().readTree(get(routes, path, headers).body());
    }

    @Test
    void anInstantThatIsNoneIsExplained() throws IOException, InterruptedException {
        try (ServedRoutes routes = ServedRoutes.of(
                night(List.of(KnownTargets.status("checkout", State.CONVERGED, Optional.empty()))), Access.open())) {
            assertThat(get(routes, "/t/shop/checkout?at=22:36").statusCode()).isEqualTo(400);
            assertThat(get(routes, "/t/shop/checkout?at=2030-01-01T00:00:00Z").body())
                    .contains("at lies ahead.");
            assertThat(get(routes, "/t/shop/checkout?at=2026-11-22T22:36:00+09:00")
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
