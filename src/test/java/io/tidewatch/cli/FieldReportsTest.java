package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Reports of other projects, made again with small inputs. Their sources are in {@code docs/verification.md}. */
class FieldReportsTest {

    private static final String CASES = "src/test/resources/field-cases/";

    @Test
    void aDailyEndEndsAWindowOfWeekdaysOnFridayEvening() throws IOException {
        assertThat(edges("weekday-start-daily-end.yaml", "2026-11-26T23:00:00+01:00", 4))
                .containsExactly(
                        "2026-11-27T06:30:00+01:00 0 → 3",
                        "2026-11-27T22:10:00+01:00 3 → 0",
                        "2026-11-30T06:30:00+01:00 0 → 3",
                        "2026-11-30T22:10:00+01:00 3 → 0");
    }

    @Test
    void aWeekdayIsTheOneOfTheScheduleNotOfUtc() throws IOException {
        assertThat(edges("weekday-far-east.yaml", "2026-11-28T00:00:00+13:00", 3))
                .containsExactly("2026-11-30T06:30:00+13:00 1 → 4", "2026-11-30T19:30:00+13:00 4 → 1");
    }

    /** A CronJob reads a step as a list of days, so the two day fields are alternatives. */
    @Test
    void aStepOfDaysBesideAWeekdayMatchesEither() throws IOException {
        assertThat(starts("cron-both-day-fields.yaml", "bazaar/stepped", "2026-12-01T00:00:00Z", 7))
                .containsExactly(
                        "2026-12-01T16:00:00Z", "2026-12-03T16:00:00Z", "2026-12-05T16:00:00Z", "2026-12-07T16:00:00Z");
        assertThat(starts("cron-both-day-fields.yaml", "bazaar/stepped", "2026-12-12T00:00:00Z", 1))
                .containsExactly("2026-12-12T16:00:00Z");
    }

    @Test
    void aListOfDaysBesideAWeekdayMatchesEither() throws IOException {
        assertThat(starts("cron-both-day-fields.yaml", "bazaar/listed", "2026-12-06T00:00:00Z", 11))
                .containsExactly(
                        "2026-12-06T00:00:00Z",
                        "2026-12-07T00:00:00Z",
                        "2026-12-09T00:00:00Z",
                        "2026-12-15T00:00:00Z",
                        "2026-12-16T00:00:00Z");
    }

    @Test
    void anExcludedDateExcludesATimedEventOfThatDate() throws IOException {
        assertThat(starts("ics-date-exdate", "bazaar/offers", "2027-03-01T00:00:00+01:00", 60))
                .containsExactly(
                        "2027-03-14T10:00:00+01:00",
                        "2027-03-21T10:00:00+01:00",
                        "2027-04-04T10:00:00+02:00",
                        "2027-04-11T10:00:00+02:00");
    }

    @Test
    void anExcludedTimeExcludesAnAllDayEventOfItsLocalDate() throws IOException {
        assertThat(starts("ics-office-exdate", "bazaar/offers", "2027-02-01T00:00:00+01:00", 60))
                .containsExactly(
                        "2027-02-15T10:00:00+01:00",
                        "2027-02-16T10:00:00+01:00",
                        "2027-02-18T10:00:00+01:00",
                        "2027-02-19T10:00:00+01:00",
                        "2027-02-20T10:00:00+01:00");
    }

    /** Without a ScaledObject the certainty is {@code likely} at most. */
    @Test
    void anHpaWithoutKedaIsDisabledByAManualZero() throws IOException {
        JsonNode diagnosis = diagnose("scaling-disabled-at-zero.yaml", 1);

        assertThat(diagnosis.path("state").asText()).isEqualTo("AvailabilityLag");
        assertThat(diagnosis.path("cause").asText()).isEqualTo("HpaNotScaling");
        assertThat(diagnosis.path("hop").asText()).isEqualTo("HPA");
        assertThat(diagnosis.path("certainty").asText()).isEqualTo("likely");
        assertThat(diagnosis.path("summary").asText())
                .contains("spec.replicas is 0", "kube-downscaler owns spec.replicas", "set spec.replicas to at least 1")
                .doesNotContain("KEDA");
        assertThat(diagnosis.path("evidence").findValuesAsText("value").toString())
                .contains("ScalingDisabled", "kube-downscaler");
    }

    @Test
    void aPauseAtZeroIsTheUsersWillThoughAnHpaStands() throws IOException {
        JsonNode diagnosis = diagnose("paused-at-zero-with-hpa.yaml", 0);

        assertThat(diagnosis.path("state").asText()).isEqualTo("Deferred");
        assertThat(diagnosis.path("cause").asText()).isEqualTo("ScaledObjectPaused");
        assertThat(diagnosis.path("hop").asText()).isEqualTo("ScaledObject");
        assertThat(diagnosis.path("certainty").asText()).isEqualTo("certain");
        assertThat(diagnosis.path("summary").asText()).contains("1 of 7 available", "paused at 0");
    }

    @Test
    void aSidecarWithoutARequestHoldsTheReplicas() throws IOException {
        JsonNode diagnosis = diagnose("sidecar-without-request.yaml", 0);

        assertThat(diagnosis.path("state").asText()).isEqualTo("Converged");
        assertThat(diagnosis.path("notes").toString())
                .contains("MetricsFailingHoldReplicas")
                .doesNotContain("LoadHoldsReplicas");
    }

    @Test
    void crashingPodsOfAnotherOwnerAreNotCounted() throws IOException {
        JsonNode diagnosis = diagnose("pods-of-a-namesake.yaml", 0);

        assertThat(diagnosis.path("state").asText()).isEqualTo("Converged");
        assertThat(diagnosis.path("certainty").asText()).isEqualTo("certain");
        assertThat(diagnosis.path("causes")).isEmpty();
        assertThat(diagnosis.path("summary").asText()).isEqualTo("7 of 7 available");
    }

    @Test
    void failingTriggersAreNoLagWhereTheMinimumIsServed() throws IOException {
        JsonNode diagnosis = diagnose("trigger-error-at-minimum.yaml", 0);

        assertThat(diagnosis.path("state").asText()).isEqualTo("Converged");
        assertThat(diagnosis.path("certainty").asText()).isEqualTo("certain");
        assertThat(diagnosis.path("causes")).isEmpty();
    }

    @Test
    void failingTriggersKeepATargetAtZeroWhateverItsMinimum() throws IOException {
        JsonNode diagnosis = diagnose("trigger-error-at-zero.yaml", 1);

        assertThat(diagnosis.path("state").asText()).isEqualTo("AvailabilityLag");
        assertThat(diagnosis.path("cause").asText()).isEqualTo("KedaNotFollowing");
        assertThat(diagnosis.path("hop").asText()).isEqualTo("HPA");
        assertThat(diagnosis.path("certainty").asText()).isEqualTo("certain");
        assertThat(diagnosis.path("summary").asText())
                .contains("TriggerError", "from 0", "set spec.replicas to at least 1")
                .doesNotContain("HPA still");
        assertThat(diagnosis.path("evidence").findValuesAsText("value").toString())
                .contains("False/TriggerError");
    }

    private static List<String> edges(String input, String from, int days) throws IOException {
        return preview(input, from, days)
                .map(edge -> edge.path("at").asText() + " " + edge.path("from").asText() + " → "
                        + edge.path("to").asText())
                .toList();
    }

    private static List<String> starts(String input, String schedule, String from, int days) throws IOException {
        return preview(input, from, days)
                .filter(edge -> edge.path("schedule").asText().equals(schedule))
                .filter(edge -> edge.path("edge").asText().equals("start"))
                .map(edge -> edge.path("at").asText())
                .toList();
    }

    private static Stream<JsonNode> preview(String input, String from, int days) throws IOException {
        Typed answer =
                Typed.of("preview", CASES + input, "--from", from, "--days", Integer.toString(days), "-o", "json");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        return StreamSupport.stream(
                new ObjectMapper().readTree(answer.out()).path("edges").spliterator(), false);
    }

    private static JsonNode diagnose(String dump, int exitCode) throws IOException {
        Typed answer = Typed.of(
                "diagnose",
                "offers",
                "-n",
                "bazaar",
                "--cluster-state",
                CASES + dump,
                "--wanted",
                "7",
                "--at",
                "2026-11-24T10:00:00Z",
                "-o",
                "json");
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(exitCode);
        return new ObjectMapper().readTree(answer.out()).path("diagnoses").path(0);
    }
}
