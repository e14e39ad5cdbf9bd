package io.tidewatch.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.LearnedLead;
import io.tidewatch.model.definition.ReplacedText;
import io.tidewatch.model.definition.SecretText;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.Picture;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Step;
import io.tidewatch.model.report.LoopState;
import io.tidewatch.model.report.PastDiagnosis;
import io.tidewatch.model.report.SourceHealth;
import io.tidewatch.model.report.Standing;
import io.tidewatch.model.report.TargetStatus;
import io.tidewatch.view.Audience;
import io.tidewatch.view.Facts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebServerTest {

    private static final Instant NOW = Instant.parse("2026-11-22T13:40:00Z");
    private static final Instant PASS = Instant.parse("2026-11-22T13:38:00Z");
    private static final Target CHECKOUT = new Target("shop", "checkout");
    private static final TargetStatus STATUS = new TargetStatus(
            CHECKOUT,
            Optional.of("midnight-peak"),
            TargetStatus.Minimum.UNKNOWN.withLive(OptionalInt.of(7)).withDesired(OptionalInt.of(7)),
            TargetStatus.Pods.UNKNOWN.withAvailable(OptionalInt.of(6)),
            State.WAITING,
            Optional.empty(),
            Optional.of(Instant.parse("2026-11-22T17:00:00Z")),
            Instant.parse("2026-11-22T13:30:18Z"),
            "6 of 7 available",
            Optional.empty(),
            LearnedLead.read("6m30s p90 of 14 raises until 2026-11-21"));

    @Test
    void aStatusHasInstantsWithOffsetAndDurationsThatProgramsRead() throws IOException {
        try (ServedRoutes door = door(Optional.empty())) {
            JsonNode row = body(ask(door, "GET /status HTTP/1.1\r\nHost: localhost\r\n"))
                    .path("targets")
                    .path(0);

            assertThat(row.path("target").asText()).isEqualTo("shop/checkout");
            assertThat(row.path("next").asText()).isEqualTo("2026-11-22T17:00:00Z");
            assertThat(row.path("since").asText()).isEqualTo("2026-11-22T13:30:18Z");
            assertThat(row.path("at").asText()).isEqualTo("2026-11-22T13:38:00Z");
            assertThat(row.path("age").asText()).isEqualTo("PT7M42S");
            assertThat(row.get("replicas").isNull()).isTrue();
        }
    }

    @Test
    void aStatusSaysHowThePassesAndTheSourcesGo() throws IOException {
        try (ServedRoutes door = door(Optional.empty())) {
            JsonNode answer = body(ask(door, "GET /status HTTP/1.1\r\nHost: localhost\r\n"));

            assertThat(answer.path("at").asText()).isEqualTo("2026-11-22T13:40:00Z");
            assertThat(answer.path("lastPass")).hasToString("""
                    {"ended":"2026-11-22T13:38:00Z","took":"PT0.2S","failed":"2026-11-22T13:39:00Z",\
                    "why":"plan: index 3 is out of bounds","failedInARow":1,"runningSince":null,"stage":null}""");
            assertThat(answer.path("sources").path(0)).hasToString("""
                    {"source":"shop","lastAsked":"2026-11-22T13:39:40Z","due":"2026-11-22T13:40:40Z",\
                    "commitSeen":"bf3e0450","commitInForce":"273253c0","trouble":"a commit cannot be read"}""");
        }
    }

    /** The page shows what a run printed once. */
    @Test
    void theStatusOnThePageAboutCommandsHasTheKeysOfAnAnswer() throws IOException {
        String page = Files.readString(Path.of("docs/commands.md"));
        String shown = page.substring(page.indexOf("$ tidewatch status -n shop -o json\n"));
        JsonNode onPage =
                JsonMapper.builder().build().readTree(shown.substring(shown.indexOf('{'), shown.indexOf("```")));

        try (ServedRoutes door = door(Optional.empty())) {
            JsonNode answer = body(ask(door, "GET /status HTTP/1.1\r\nHost: localhost\r\n"));

            assertThat(keys("", onPage)).isEqualTo(keys("", answer)).contains(".targets.state", ".warnings");
        }
    }

    private static Set<String> keys(String path, JsonNode node) {
        Set<String> keys = new TreeSet<>();
        node.properties().forEach(field -> {
            keys.add(path + "." + field.getKey());
            keys.addAll(keys(path + "." + field.getKey(), field.getValue()));
        });
        if (node.isArray()) {
            node.forEach(item -> keys.addAll(keys(path, item)));
        }
        return keys;
    }

    @Test
    void anEdgeOfSeveralStepsStartedWithItsFirst() throws IOException {
        Instant scheduled = Instant.parse("2026-11-22T13:30:00Z");
        KnownNight night = new KnownNight(NOW, standing(List.of()));
        night.steps = List.of(step(scheduled, scheduled.plusSeconds(30)), step(scheduled, scheduled.plusSeconds(1)));
        try (ServedRoutes door = ServedRoutes.of(night, Access.open())) {
            JsonNode steps = body(ask(door, "GET /history HTTP/1.1\r\nHost: localhost\r\n"))
                    .path("steps");

            assertThat(steps.path(0).path("started").asText()).isEqualTo("2026-11-22T13:30:01Z");
            assertThat(steps.path(0).path("patched").asText()).isEqualTo("2026-11-22T13:30:30Z");
            assertThat(steps.path(1).path("lag").asText()).isEqualTo("PT21S");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /status | 200",
                "GET /history?x=1 | 200",
                "GET / | 200",
                "GET /nowhere | 404",
                "GET /files/../secret | 404",
                "GET /files/good.svg | 200",
                "PUT / | 405",
                "GET /status/ | 404",
                "GET /../etc/passwd | 404",
                "POST /status | 405",
                "DELETE /history | 405"
            })
    void onlyWhatIsServedIsPresentAndOnlyForReading(String request, int code) throws IOException {
        try (ServedRoutes door = door(Optional.empty())) {
            assertThat(ask(door, request + " HTTP/1.1\r\nHost: 127.0.0.1:8710\r\nContent-Length: 0\r\n"))
                    .startsWith("HTTP/1.1 " + code + " ");
        }
    }

    @Test
    void aHeadIsTheSameWithoutABody() throws IOException {
        try (ServedRoutes door = door(Optional.empty())) {
            String head = ask(door, "HEAD /status HTTP/1.1\r\nHost: localhost\r\n");
            String got = ask(door, "GET /status HTTP/1.1\r\nHost: localhost\r\n");

            assertThat(head).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
            assertThat(length(head)).isPositive().isEqualTo(length(got));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Authorization: Bearer t0ke\r\n",
                "Authorization: Bearer t0kenn\r\n",
                "Authorization: t0ken\r\n"
            })
    void whoHasNotTheTokenLearnsNothing(String header) throws IOException {
        try (ServedRoutes door = door(Optional.of(SecretText.of("t0ken")))) {
            assertThat(ask(door, "GET /status HTTP/1.1\r\nHost: localhost\r\n" + header))
                    .startsWith("HTTP/1.1 401 ")
                    .containsIgnoringCase("WWW-Authenticate: Bearer")
                    .doesNotContain("checkout", "t0ken");
            assertThat(ask(door, "GET /nowhere HTTP/1.1\r\nHost: localhost\r\n" + header))
                    .startsWith("HTTP/1.1 401 ");
        }
    }

    @Test
    void whoHasTheTokenMayAskByAnyName() throws IOException {
        try (ServedRoutes door = door(Optional.of(SecretText.of("t0ken")))) {
            assertThat(ask(
                            door,
                            "GET /status HTTP/1.1\r\nHost: tidewatch.ops.svc:8710\r\nAuthorization: Bearer t0ken\r\n"))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aReplacedTokenCountsAtTheNextRequest() throws IOException {
        AtomicReference<String> file = new AtomicReference<>("t0ken");
        try (ServedRoutes door = door(Optional.of(new ReplacedText(file)))) {
            file.set("r0tated");

            assertThat(ask(door, "GET /status HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer t0ken\r\n"))
                    .startsWith("HTTP/1.1 401 ");
            assertThat(ask(door, "GET /status HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer r0tated\r\n"))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void behindAProxyItsHeaderIsNeededOnLoopbackToo() throws IOException {
        Access proxy = new Access() {
            @Override
            public Map<String, Audience> tokens() {
                return Map.of();
            }

            @Override
            public Optional<String> userHeader() {
                return Optional.of("X-Forwarded-User");
            }

            @Override
            public boolean trusts(InetAddress address) {
                return address.isLoopbackAddress();
            }

            @Override
            public Optional<String> publicHost() {
                return Optional.of("t.example.com");
            }
        };
        try (ServedRoutes door = ServedRoutes.of(new KnownNight(NOW, standing(List.of(STATUS))), proxy)) {
            assertThat(ask(door, "GET /status HTTP/1.1\r\nHost: localhost\r\n"))
                    .startsWith("HTTP/1.1 403 ")
                    .doesNotContain("checkout");
            assertThat(ask(door, "GET /status HTTP/1.1\r\nHost: t.example.com\r\nX-Forwarded-User: dana\r\n"))
                    .startsWith("HTTP/1.1 200 ");
            assertThat(ask(door, "GET /status HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-User: dana\r\n"))
                    .startsWith("HTTP/1.1 403 ");
            assertThat(ask(
                            door,
                            "GET /status HTTP/1.1\r\nHost: t\r\nX-Forwarded-User: dana\r\nX-Forwarded-User: eve\r\n"))
                    .startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void theHeaderOfAStrangerIsNobody() throws IOException {
        Access proxy = new Access() {
            @Override
            public Map<String, Audience> tokens() {
                return Map.of();
            }

            @Override
            public Optional<String> userHeader() {
                return Optional.of("X-Forwarded-User");
            }
        };
        try (ServedRoutes door = ServedRoutes.of(new KnownNight(NOW, standing(List.of(STATUS))), proxy)) {
            assertThat(ask(door, "GET /status HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-User: dana\r\n"))
                    .startsWith("HTTP/1.1 403 ");
        }
    }

    /** DNS rebinding: evil.example resolves to 127.0.0.1, and the browser lets its page read what comes back. */
    @Test
    void withoutATokenAPageOfAnotherNameLearnsNothing() throws IOException {
        try (ServedRoutes door = door(Optional.empty())) {
            assertThat(ask(door, "GET /status HTTP/1.1\r\nHost: evil.example:8710\r\n"))
                    .startsWith("HTTP/1.1 403 ")
                    .doesNotContain("checkout");
        }
    }

    @Test
    void diagnosisOfAnInstantIsAnswered() throws IOException {
        PastDiagnosis kept = new PastDiagnosis(
                CHECKOUT,
                Instant.parse("2026-11-22T13:36:08Z"),
                Optional.empty(),
                State.AVAILABILITY_LAG,
                Optional.of(Hop.POD),
                Optional.of(Cause.UNSCHEDULABLE),
                Diagnosis.Certainty.CERTAIN,
                OptionalInt.of(7),
                "5 of 7 available",
                List.of(new Evidence("Pod checkout-1", "status.phase", "Pending")),
                Picture.NONE);
        KnownNight night = new KnownNight(NOW, standing(List.of()));
        night.diagnoses.put(CHECKOUT, kept);
        try (ServedRoutes door = ServedRoutes.of(night, Access.open())) {
            JsonNode answer = body(
                    ask(
                            door,
                            "GET /diagnosis?target=shop%2Fcheckout&at=2026-11-22T22:40:00+09:00 HTTP/1.1\r\nHost: localhost\r\n"));
            assertThat(answer).hasToString("""
                    {"target":"shop/checkout","at":"2026-11-22T13:40:00Z","keptAt":"2026-11-22T13:36:08Z",\
                    "diagnosis":{"since":"2026-11-22T13:36:08Z",\
                    "state":"AvailabilityLag","cause":"Unschedulable","hop":"Pod","certainty":"certain",\
                    "summary":"5 of 7 available","wanted":7,\
                    "evidence":[{"object":"Pod checkout-1","field":"status.phase","value":"Pending"}]}}""");
            assertThat(body(ask(
                                    door,
                                    "GET /diagnosis?target=shop/cart&at=2026-11-22T13:40:00Z HTTP/1.1\r\nHost: localhost\r\n"))
                            .path("diagnosis")
                            .isNull())
                    .isTrue();
            night.isJournalAway = true;
            assertThat(ask(
                            door,
                            "GET /diagnosis?target=shop/cart&at=2026-11-20T13:40:00Z HTTP/1.1\r\nHost: localhost\r\n"))
                    .startsWith("HTTP/1.1 503 ")
                    .contains("the journal cannot be read now");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?",
                "?target=shop/checkout",
                "?target=checkout&at=2026-11-22T13:40:00Z",
                "?target=/checkout&at=2026-11-22T13:40:00Z",
                "?target=shop/&at=2026-11-22T13:40:00Z",
                "?target=shop/checkout&at=22:40",
                "?target=shop/checkout&at=2026-11-22T13:40:00",
                "?target=shop%2&at=2026-11-22T13:40:00Z",
                "?target=shop/checkout&at=2026-11-22T13:40:01Z",
            })
    void diagnosisOfNoTargetOrNoInstantIsNotAnswered(String query) throws IOException {
        try (ServedRoutes door = door(Optional.empty())) {
            assertThat(ask(door, "GET /diagnosis" + query + " HTTP/1.1\r\nHost: localhost\r\n"))
                    .matches("(?s)HTTP/1.1 400 .*")
                    .doesNotContain("internal");
        }
    }

    @Test
    void anAnswerThatCannotBeGivenHandsOutAnIdAndNoInsides() throws IOException {
        KnownNight night = new KnownNight(NOW, standing(List.of())) {
            @Override
            public Facts facts() {
                throw new IllegalStateException("the journal cannot be read");
            }
        };
        try (ServedRoutes door = ServedRoutes.of(night, Access.open())) {
            assertThat(ask(door, "GET /status HTTP/1.1\r\nHost: localhost\r\n"))
                    .startsWith("HTTP/1.1 500 ")
                    .contains("see the log")
                    .doesNotContain("journal");
        }
    }

    @Test
    void aBodyHoweverLargeIsNotKept() throws IOException {
        try (ServedRoutes door = door(Optional.empty())) {
            assertThat(ask(
                            door,
                            "POST /status HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n"
                                    + "x".repeat(200_000)))
                    .startsWith("HTTP/1.1 405 ");
            assertThat(ask(door, "GET /status HTTP/1.1\r\nHost: localhost\r\n")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void manyWhoNeverFinishTheirRequestAreCutOffAndTheNextIsAnswered() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try (ServedRoutes door = door(Optional.empty())) {
            for (int i = 0; i < 60; i++) {
                Socket one = new Socket(InetAddress.getLoopbackAddress(), door.port());
                one.getOutputStream().write("GET /status HTTP/1.1\r\nHost: loc".getBytes(StandardCharsets.US_ASCII));
                slow.add(one);
            }
            assertThat(answeredWithin(door, Duration.ofSeconds(120))).startsWith("HTTP/1.1 200 ");
        } finally {
            for (Socket one : slow) {
                one.close();
            }
        }
    }

    @Test
    void aTakenPortIsReportedWithItsSetting() throws IOException {
        try (ServedRoutes door = door(Optional.empty())) {
            InetSocketAddress taken = new InetSocketAddress("127.0.0.1", door.port());

            assertThatThrownBy(() -> WebServer.open(taken, Access.open()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("tidewatch.http.address: nothing can listen at 127.0.0.1:" + door.port()
                            + ": Address already in use");
        }
    }

    private static String answeredWithin(ServedRoutes door, Duration bound) {
        long end = System.nanoTime() + bound.toNanos();
        while (System.nanoTime() < end) {
            try {
                String answer = ask(door, "GET /status HTTP/1.1\r\nHost: localhost\r\n");
                if (!answer.isEmpty()) {
                    return answer;
                }
            } catch (IOException cutOff) {
                // the queue is full of those who are slow; their time runs out
            }
        }
        return "";
    }

    private static int length(String answer) {
        return answer.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length: "))
                .mapToInt(line -> Integer.parseInt(line.substring("content-length: ".length())))
                .findFirst()
                .orElse(-1);
    }

    private static Step step(Instant scheduled, Instant patched) {
        return new Step(
                CHECKOUT,
                Optional.of("midnight-peak"),
                7,
                Step.Due.EDGE,
                Step.Times.patchedAt(patched)
                        .withScheduled(scheduled)
                        .withHpa(Optional.of(patched.plusSeconds(1)))
                        .withReady(Optional.of(patched.plusSeconds(20))),
                State.CONVERGED,
                Step.Change.commit("3f2c1ab").by("Dana"));
    }

    private static Standing standing(List<TargetStatus> targets) {
        return new Standing(
                LoopState.NONE
                        .begun(PASS.minusSeconds(1), "pass")
                        .ended(PASS, Duration.ofMillis(200))
                        .failed(PASS.plusSeconds(60), "plan: index 3 is out of bounds"),
                Duration.ofMinutes(5),
                List.of(new SourceHealth(
                        "shop",
                        Optional.of(NOW.minusSeconds(20)),
                        Optional.of(NOW.minusSeconds(20)),
                        NOW.plusSeconds(40),
                        Optional.of("bf3e0450"),
                        Optional.of("273253c0"),
                        Optional.of("a commit cannot be read"))),
                Optional.of(PASS),
                targets,
                List.of());
    }

    private static ServedRoutes door(Optional<SecretText> token) {
        return ServedRoutes.of(new KnownNight(NOW, standing(List.of(STATUS))), Access.token(token));
    }

    private static JsonNode body(String answer) throws IOException {
        return JsonMapper.builder().build().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }

    /** Byte for byte, for a client would mend what a server must withstand. */
    private static String ask(ServedRoutes door, String head) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
            socket.setSoTimeout(60_000);
            boolean whole = head.contains("\r\n\r\n");
            try {
                socket.getOutputStream()
                        .write((whole ? head : head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            } catch (IOException cutOff) {
                if (!whole) {
                    throw cutOff; // otherwise the server has answered already, and wants no more of the body
                }
            }
            InputStream in = socket.getInputStream();
            byte[] first = in.readNBytes(whole ? 20 : Integer.MAX_VALUE);
            return new String(first, StandardCharsets.UTF_8);
        }
    }
}
