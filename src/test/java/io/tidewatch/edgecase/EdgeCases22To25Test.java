package io.tidewatch.edgecase;

import static io.tidewatch.edgecase.PlayedCase.CLOSES;
import static io.tidewatch.edgecase.PlayedCase.LATE;
import static io.tidewatch.edgecase.PlayedCase.OPENS;
import static io.tidewatch.edgecase.PlayedCase.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.cluster.Kinds;
import io.tidewatch.model.Problem;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Note;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.playground.api.Fault;
import io.tidewatch.playground.api.FaultHook.Moment;
import io.tidewatch.playground.api.RequestLog;
import io.tidewatch.playground.sim.PodTrouble;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Edge cases 22 to 25: files that break or go, answers of the API server, Rollouts that stand still, and crowds: docs/edge-cases.md. */
@Execution(ExecutionMode.CONCURRENT)
class EdgeCases22To25Test {

    private static final Files CANARY = Files.USUAL.rollout(
            "strategy: {canary: {maxSurge: 25%, maxUnavailable: 0}}",
            "strategy: {canary: {steps: [{setWeight: 20}, {pause: {}}]}}");

    @Test
    void case22UnreadableDefinitionInsideAWindow() {
        try (PlayedCase played = PlayedCase.applying(Files.USUAL)) {
            played.leapTo(OPENS);
            played.through(STEP);
            played.countFromHere();

            played.commit(Files.USUAL.withSchedule("kind: [\n"));
            played.through(LATE);

            assertThat(played.tidewatch().problems()).extracting(Problem::code).contains("not-yaml");
            assertThat(played.cluster().writes())
                    .as("the last good version stays in force")
                    .isEmpty();
            played.leapTo(CLOSES);
            assertThat(played.minimums()).as("and so does its end").containsExactly(7, 5);
        }
    }

    @Test
    void case22RemovalWhileAnotherFileIsUnreadableDoesNotCount() {
        try (PlayedCase played = PlayedCase.applying(Files.USUAL)) {
            played.leapTo(OPENS);
            played.through(STEP);
            played.countFromHere();

            Map<String, String> files =
                    new LinkedHashMap<>(Files.USUAL.withSchedule("").byPath());
            files.put("other.yaml", "kind: [\n");
            played.commit(files);
            played.through(STEP);
            assertThat(played.cluster().writes()).isEmpty();

            files.remove("other.yaml");
            played.commit(files);
            played.through(STEP);
            assertThat(played.minimums()).as("now it counts").containsExactly(7, 5);
        }
    }

    @Test
    void case22RemovalInsideAWindow() {
        try (PlayedCase played = PlayedCase.applying(Files.USUAL)) {
            played.leapTo(OPENS);
            played.through(STEP);
            played.countFromHere();

            played.commit(Files.USUAL.withSchedule(""));
            played.through(STEP);

            assertThat(played.minimums()).containsExactly(7, 5);
            assertThat(played.tidewatch().told("removed-in-window"))
                    .as("the receivers are told at once")
                    .hasSize(1);
        }
    }

    /** The object's annotations alone tell the new process, and the history of the source confirms the baseline. */
    @Test
    void case22RemovalWhileTidewatchIsDown() {
        try (PlayedCase played = PlayedCase.scheduling(Files.USUAL)) {
            played.leapTo(OPENS);
            played.through(STEP);
            played.stop();
            played.pushed(Files.USUAL.withSchedule("").byPath());
            played.leapTo(OPENS.plus(Duration.ofHours(1)));
            played.countFromHere();

            played.start();
            played.through(STEP);

            assertThat(played.minimums()).containsExactly(7, 5);
            assertThat(played.minimumWrites()).hasSize(1);
        }
    }

    /** A webhook that is down is answered with 500: the same write may work in a moment. */
    @Test
    void case23WebhookIsDown() {
        try (PlayedCase played = PlayedCase.applying(Files.USUAL)) {
            played.leapTo(OPENS.minusSeconds(1));
            played.countFromHere();
            answer(played, Fault.error(500, "failed calling webhook \"vscaledobject.kb.io\": connection refused"));
            played.until(OPENS.plusSeconds(30));

            assertThat(played.minimumWrites())
                    .as("again and again, with growing pauses")
                    .hasSizeBetween(3, 10);
            assertThat(played.cluster().minimum("checkout")).isEqualTo(5);

            answer(played, Fault.NONE);
            played.until(OPENS.plusSeconds(90));
            assertThat(played.cluster().minimum("checkout")).isEqualTo(7);
            assertThat(played.tidewatch().opened()).as("it came in time").isEmpty();
        }
    }

    /** A request that is invalid: an incident at once, and no retry before something changed or a minute has passed. */
    @Test
    void case23InvalidRequest() {
        try (PlayedCase played = PlayedCase.applying(Files.USUAL)) {
            played.leapTo(OPENS.minusSeconds(1));
            played.countFromHere();
            answer(played, Fault.error(422, "minReplicaCount must be less than or equal to maxReplicaCount"));
            played.until(OPENS.plusSeconds(59));

            assertThat(played.minimumWrites()).hasSize(1);
            assertThat(played.tidewatch().opened()).singleElement().satisfies(incident -> {
                assertThat(incident.opened()).isEqualTo(OPENS);
                assertThat(incident.summary()).contains("minReplicaCount must be less than");
            });

            answer(played, Fault.NONE);
            played.until(OPENS.plusSeconds(120));
            assertThat(played.cluster().minimum("checkout")).isEqualTo(7);
            assertThat(played.tidewatch().ended()).hasSize(1);
        }
    }

    /** The object changed since it was observed: the next pass decides anew, at once, and nobody is told. */
    @Test
    void case23ObjectHasChanged() {
        try (PlayedCase played = PlayedCase.applying(Files.USUAL)) {
            played.leapTo(OPENS.minusSeconds(1));
            played.countFromHere();
            played.tidewatch().beforeNextWrite(() -> played.annotate("example.com/touched", "yes"));

            played.until(OPENS.plusSeconds(2));

            assertThat(played.minimumWrites())
                    .extracting(RequestLog.Entry::code)
                    .containsExactly(409, 200);
            assertThat(played.cluster().minimum("checkout")).isEqualTo(7);
            assertThat(played.tidewatch().opened()).isEmpty();
        }
    }

    @Test
    void case23TooManyRequests() {
        try (PlayedCase played = PlayedCase.applying(Files.USUAL)) {
            played.leapTo(OPENS.minusSeconds(1));
            played.countFromHere();
            answer(played, Fault.tooManyRequests(Duration.ofSeconds(1)));
            played.until(OPENS.plusSeconds(30));
            assertThat(played.minimumWrites())
                    .as("growing pauses, because the API server is short of time")
                    .hasSizeBetween(3, 10);

            answer(played, Fault.NONE);
            played.until(OPENS.plusSeconds(90));
            assertThat(played.cluster().minimum("checkout")).isEqualTo(7);
            assertThat(played.tidewatch().opened()).isEmpty();
        }
    }

    /** A permission that is missing: an API server that has just started says so too, so it must last 30 s. */
    @Test
    void case23MissingPermission() {
        try (PlayedCase played = PlayedCase.applying(Files.USUAL)) {
            played.leapTo(OPENS.minusSeconds(1));
            played.countFromHere();
            answer(
                    played,
                    Fault.error(
                            403,
                            "scaledobjects.keda.sh \"checkout\" is forbidden: User \"system:serviceaccount:tidewatch:tidewatch\""
                                    + " cannot patch resource \"scaledobjects\" in API group \"keda.sh\" in the namespace"
                                    + " \"shop\""));
            played.until(OPENS.plusSeconds(29));
            assertThat(played.tidewatch().opened()).isEmpty();
            played.until(OPENS.plusSeconds(60));

            assertThat(played.tidewatch().opened()).hasSize(1);
            assertThat(played.minimumWrites()).as("after 5, 10, 20 s").hasSizeBetween(3, 5);

            answer(played, Fault.NONE);
            played.until(OPENS.plusSeconds(150));
            assertThat(played.cluster().minimum("checkout")).isEqualTo(7);
            assertThat(played.tidewatch().ended()).hasSize(1);
        }
    }

    /** The same code from admission rejects the request and not Tidewatch: an incident at once. */
    @Test
    void case23DeniedByAdmission() {
        try (PlayedCase played = PlayedCase.applying(Files.USUAL)) {
            played.leapTo(OPENS.minusSeconds(1));
            played.countFromHere();
            answer(played, Fault.error(403, "admission webhook \"limits.example.com\" denied the request: at most 6"));
            played.until(OPENS.plusSeconds(59));

            assertThat(played.minimumWrites()).hasSize(1);
            assertThat(played.tidewatch().opened())
                    .singleElement()
                    .satisfies(incident -> assertThat(incident.summary()).contains("at most 6"));
        }
    }

    private static void answer(PlayedCase played, Fault fault) {
        played.cluster()
                .server()
                .strikeWith((moment, call) -> moment == Moment.BEFORE
                                && call.verb().equals("patch")
                                && call.contentType().contains("apply")
                                && call.path().endsWith("/scaledobjects/checkout")
                        ? fault
                        : Fault.NONE);
    }

    @Test
    void case24RolloutAtAStepOfItsCanary() {
        try (PlayedCase played = PlayedCase.applying(CANARY)) {
            played.commit(CANARY.rollout("app:1", "app:2"));
            played.through(STEP);
            played.leapTo(OPENS);
            played.through(LATE);

            assertThat(played.diagnosis().state())
                    .as(played.diagnosis().summary())
                    .isEqualTo(State.CONVERGED_PAUSED);
            assertThat(played.tidewatch().opened())
                    .allSatisfy(incident -> assertThat(incident.isOfPreflight()).isTrue());
        }
    }

    @Test
    void case24RolloutPausedByAPerson() {
        try (PlayedCase played = PlayedCase.scheduling(Files.USUAL)) {
            played.spec(Kinds.ROLLOUT, "{\"paused\":true}");
            played.leapTo(OPENS);
            played.countFromHere();
            played.through(LATE);

            assertThat(played.cluster().readyPods()).isEqualTo(5);
            assertThat(played.diagnosis().state()).isEqualTo(State.BLOCKED);
            assertThat(played.diagnosis().cause()).contains(Cause.ROLLOUT_PAUSED);
            assertThat(played.cluster().writes())
                    .as("nobody asked Tidewatch to resume it")
                    .isEmpty();

            played.spec(Kinds.ROLLOUT, "{\"paused\":null}");
            played.through(STEP);
            assertThat(played.cluster().readyPods()).isEqualTo(7);
        }
    }

    @Test
    void case24RolloutAborted() {
        try (PlayedCase played = PlayedCase.scheduling(CANARY)) {
            played.spec(
                    Kinds.ROLLOUT,
                    "{\"template\":{\"spec\":{\"containers\":[{\"name\":\"app\",\"image\":\"app:2\"}]}}}");
            played.through(STEP);
            played.cluster().patchStatus(Kinds.ROLLOUT, "checkout", "{\"status\":{\"abort\":true}}");
            played.through(STEP);
            played.leapTo(OPENS);
            played.countFromHere();
            played.through(LATE);

            assertThat(played.cluster().readyPods()).isEqualTo(7);
            assertThat(played.diagnosis().state())
                    .as("Argo Rollouts says Degraded, and enough pods serve")
                    .isEqualTo(State.CONVERGED_ABORTED);
            assertThat(played.cluster().writes())
                    .as("nobody asked Tidewatch to retry it")
                    .isEmpty();
        }
    }

    @Test
    void case24BrokenUpdateTakesTheCapacityOfTheWindow() {
        try (PlayedCase played = PlayedCase.scheduling(Files.USUAL)) {
            played.cluster().controllers().faults().breakImage("app:2", PodTrouble.IMAGE_PULL);
            played.spec(
                    Kinds.ROLLOUT,
                    "{\"template\":{\"spec\":{\"containers\":[{\"name\":\"app\",\"image\":\"app:2\"}]}}}");
            played.through(STEP);
            played.leapTo(OPENS);
            played.through(LATE);

            assertThat(played.diagnosis().state()).isEqualTo(State.AVAILABILITY_LAG);
            assertThat(played.diagnosis().cause()).contains(Cause.IMAGE_PULL);
            assertThat(played.diagnosis().notes()).contains(Note.BROKEN_REVISION_TAKES_CAPACITY);
        }
    }

    @Test
    void case25HundredsDueAtTheSameSecond() {
        allAtOnce(300);
    }

    @Test
    @Tag("full")
    void case25ThousandsDueAtTheSameSecond() {
        allAtOnce(3_000);
    }

    /** KEDA carries three minimums a second on, so the last of 3,000 follows after more than a quarter of an hour. */
    private static void allAtOnce(int many) {
        Crowd crowd = new Crowd(many, OPENS.minusSeconds(5));
        crowd.pass();
        crowd.leapTo(OPENS);
        List<Integer> slices = crowd.passUntilAllAreWritten();

        assertThat(slices.stream().mapToInt(Integer::intValue).sum()).isEqualTo(many);
        assertThat(crowd.writesOfEach()).as("one write each").containsOnly(1);
        for (int second = 0; second <= many / 3 + 60; second += 60) {
            crowd.leapTo(OPENS.plusSeconds(second));
            crowd.kedaFollowsUpTo(second * 3);
            crowd.pass();
        }
        crowd.leapTo(OPENS.plusSeconds(many / 3 + 120));
        crowd.pass();
        assertThat(crowd.opened())
                .as("who only waits for KEDA's turn is not late")
                .isEmpty();
        assertThat(crowd.states()).containsOnly(State.CONVERGED);
        assertThat(crowd.writesOfEach()).containsOnly(1);
    }
}
